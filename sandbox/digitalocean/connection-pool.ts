import type { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { memoryOf } from './database-replica';
import { between, named, ocean, toCluster } from './parts';

/** A pool of PostgreSQL's own PgBouncer; nothing of it is changed in place. */
export const databaseConnectionPool: ResourceType = {
  token: ocean('DatabaseConnectionPool'),
  naming: named({
    max: 63,
    pattern: /^[\w-]+$/,
    taken: { code: '409 conflict', sentence: (name) => `${name} exists`, within: 'clusterId' },
  }),
  required: ['clusterId', 'dbName', 'mode', 'size'],
  enumerations: { mode: ['session', 'transaction', 'statement'] },
  references: [toCluster()],
  replaceOn: ['clusterId', 'dbName', 'mode', 'name', 'size', 'user'],
  secrets: ['password', 'privateUri', 'uri'],
  computed: ['host', 'password', 'port', 'privateHost', 'privateUri', 'uri'],
  check: (inputs, cloud) => [...between(inputs, 'size', 1, 1_000), ...engineProblems(inputs, cloud)],
  create: ({ inputs, cloud }) => {
    const cluster = clusterOf(inputs, cloud);
    if (!cluster) throw new CloudError('404 not_found', 'cluster not found');
    const name = text(inputs, 'name') ?? '';
    refuseTooMany(inputs, cloud);
    const [host, privateHost] = [text(cluster.state, 'host') ?? '', text(cluster.state, 'privateHost') ?? ''];
    const [user, password] = [text(inputs, 'user') ?? 'doadmin', text(cluster.state, 'password') ?? ''];
    const address = (at: string) => `postgresql://${user}:${password}@${at}:25061/${name}?sslmode=require`;
    return {
      id: `${cluster.id}/pool/${name}`,
      state: { host, password, port: 25_061, privateHost, privateUri: address(privateHost), uri: address(host) },
    };
  },
};

function clusterOf(inputs: Bag, cloud: Cloud) {
  return cloud.find([ocean('DatabaseCluster')], text(inputs, 'clusterId') ?? '');
}

function engineProblems(inputs: Bag, cloud: Cloud): Problem[] {
  const cluster = clusterOf(inputs, cloud);
  if (!cluster || text(cluster.inputs, 'engine') === 'pg') return [];
  return [problem('clusterId', '422 unprocessable_entity: connection pools are only supported for PostgreSQL')];
}

/** @throws CloudError where the pools of a cluster are larger than what it accepts */
function refuseTooMany(inputs: Bag, cloud: Cloud): void {
  const clusterId = text(inputs, 'clusterId') ?? '';
  const others = cloud
    .all(ocean('DatabaseConnectionPool'))
    .filter((pool) => text(pool.inputs, 'clusterId') === clusterId)
    .reduce((sum, pool) => sum + (number(pool.inputs, 'size') ?? 0), 0);
  const accepted = memoryOf(clusterOf(inputs, cloud)?.inputs ?? {}) * 25 - 3;
  if (others + (number(inputs, 'size') ?? 0) > accepted) {
    throw new CloudError('422 unprocessable_entity', `the pools of a cluster may have ${accepted} connections`);
  }
}
