import type { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { lowerAlphanumeric, uuid } from '../model/ids';
import { number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { StoredResource } from '../store/record';
import type { Bag } from '../model/values';
import { matching, named, ocean, regions, toCluster, toVpc } from './parts';

/** GiB of memory of a node, by its size. */
export function memoryOf(inputs: Bag): number {
  return Number(/-(\d+)gb/.exec(text(inputs, 'size') ?? '')?.[1] ?? 1);
}

/** MiB that a node of a size begins with: 15 GiB for each GiB of memory (price page). */
export const storageOf = (inputs: Bag): number => memoryOf(inputs) * 15 * 1024;

export const nodeSize = /^(db-s|db-intel|db-amd|gd|m|so1_5|c2?|g)-\d+vcpu-\d+gb(-\d+gb)?$/;

/** A node of a database is resized up alone (PostgreSQL limits). */
export function refuseSmaller(before: Bag, after: Bag): void {
  if (memoryOf(after) < memoryOf(before)) {
    throw new CloudError('422 unprocessable_entity', 'cluster nodes cannot be resized to smaller sizes');
  }
}

/** A copy of a cluster that answers reads. Its id is of the provider's making; DigitalOcean calls it by its `uuid`. */
export const databaseReplica: ResourceType = {
  token: ocean('DatabaseReplica'),
  naming: named({
    max: 63,
    pattern: /^[a-z][a-z0-9-]*[a-z0-9]$/,
    rule: '422 unprocessable_entity: a name holds lower-case letters, digits and hyphens',
    taken: { code: '409 conflict', sentence: (name) => `${name} exists`, within: 'clusterId' },
  }),
  required: ['clusterId'],
  enumerations: { region: regions },
  references: [toCluster(), toVpc('privateNetworkUuid')],
  replaceOn: ['clusterId', 'name', 'privateNetworkUuid', 'region', 'tags'],
  sets: ['tags'],
  keeps: ['privateNetworkUuid', 'region', 'storageSizeMib'],
  secrets: ['password', 'privateUri', 'uri'],
  computed: [
    ...['database', 'host', 'password', 'port', 'privateHost', 'privateNetworkUuid', 'privateUri', 'storageSizeMib'],
    ...['uri', 'user', 'uuid'],
  ],
  check: (inputs, cloud) => [
    ...matching(inputs, 'size', nodeSize, '422 unprocessable_entity: invalid size'),
    ...clusterProblems(inputs, cloud),
    ...placeProblems(inputs, cloud),
  ],
  create: ({ inputs, cloud }) => {
    const cluster = clusterOf(inputs, cloud);
    if (!cluster) throw new CloudError('404 not_found', 'cluster not found');
    const [id, name] = [uuid(), text(inputs, 'name') ?? ''];
    return {
      id: `${cluster.id}/replicas/${name}`,
      state: {
        ...connection(name, cluster),
        uuid: id,
        ...(inputs.storageSizeMib === undefined && { storageSizeMib: String(storageOf(inputs)) }),
        ...(inputs.privateNetworkUuid === undefined && { privateNetworkUuid: '' }),
      },
      // What lets somebody in names it by this.
      actual: { alsoKnownAs: [id] },
    };
  },
  update: ({ record, inputs, changed }) => {
    refuseSmaller(record.inputs, inputs);
    // With the size the provider sends the storage, too: what the program says, or else what the copy has already.
    const asked = number(inputs, 'storageSizeMib') ?? number(record.state, 'storageSizeMib') ?? 0;
    if (changed.includes('size') && asked < storageOf(inputs)) {
      const sentence = `invalid storage size: ${text(inputs, 'size')} begins with ${storageOf(inputs)} MiB, not with ${asked}`;
      throw new CloudError('422 unprocessable_entity', sentence);
    }
  },
};

function clusterOf(inputs: Bag, cloud: Cloud): StoredResource | undefined {
  return cloud.find([ocean('DatabaseCluster')], text(inputs, 'clusterId') ?? '');
}

/** A copy is at least as large as what it copies, and not every engine has copies. */
function clusterProblems(inputs: Bag, cloud: Cloud): Problem[] {
  const cluster = clusterOf(inputs, cloud);
  if (!cluster) return [];
  const engine = text(cluster.inputs, 'engine') ?? '';
  if (!['pg', 'mysql', 'mongodb'].includes(engine)) {
    return [problem('clusterId', `422 unprocessable_entity: ${engine} has no read-only nodes`)];
  }
  if (text(inputs, 'size') === undefined || memoryOf(inputs) >= memoryOf(cluster.inputs)) return [];
  return [problem('size', '422 unprocessable_entity: a read-only node must be as large as the primary node or larger')];
}

/** A copy and its private network are in one region. */
function placeProblems(inputs: Bag, cloud: Cloud): Problem[] {
  const vpc = cloud.find([ocean('Vpc')], text(inputs, 'privateNetworkUuid') ?? '');
  if (!vpc || text(vpc.inputs, 'region') === text(inputs, 'region')) return [];
  return [problem('privateNetworkUuid', `422 unprocessable_entity: the VPC ${vpc.id} is in another region`)];
}

/** Users and passwords are the cluster's own. */
function connection(name: string, { inputs, state }: StoredResource): Bag {
  const [scheme, query] =
    text(inputs, 'engine') === 'mysql' ? ['mysql', 'ssl-mode=REQUIRED'] : ['postgresql', 'sslmode=require'];
  const host = `${name}-do-user-1234567-0.${lowerAlphanumeric(1)}.db.ondigitalocean.com`;
  const [user, password] = [text(state, 'user') ?? '', text(state, 'password') ?? ''];
  const address = (at: string) => `${scheme}://${user}:${password}@${at}:25060/defaultdb?${query}`;
  return {
    database: 'defaultdb',
    host,
    password,
    port: 25_060,
    privateHost: `private-${host}`,
    privateUri: address(`private-${host}`),
    uri: address(host),
    user,
  };
}
