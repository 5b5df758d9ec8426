import type { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { lowerAlphanumeric, uuid } from '../model/ids';
import { list, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag, Value } from '../model/values';
import { databaseConnectionPool } from './connection-pool';
import { databaseReplica, memoryOf, nodeSize, refuseSmaller, storageOf } from './database-replica';
import { between, matching, named, ocean, regions, toCluster, toProject, toVpc, urn } from './parts';

/** What differs by engine. */
interface Engine {
  port: number;
  user: string;
  database: string;
  versions: string[];
  nodes: number[];
  scheme: string;
  host: string;
  options: (name: string) => string;
}

const plain = {
  user: 'doadmin',
  database: 'defaultdb',
  host: 'db.ondigitalocean.com',
  options: () => '?sslmode=require',
};
const engines: Record<string, Engine> = {
  mongodb: {
    port: 27_017,
    user: 'doadmin',
    database: 'admin',
    versions: ['6', '7', '8'],
    nodes: [1, 3],
    scheme: 'mongodb+srv',
    host: 'mongo.ondigitalocean.com',
    options: (name) => `?authSource=admin&replicaSet=${name}&tls=true`,
  },
  valkey: {
    ...plain,
    port: 25_061,
    user: 'default',
    database: '',
    versions: ['7', '8'],
    nodes: [1, 2],
    scheme: 'rediss',
    options: () => '',
  },
  pg: {
    ...plain,
    port: 25_060,
    versions: ['13', '14', '15', '16', '17', '18'],
    nodes: [1, 2, 3],
    scheme: 'postgresql',
  },
  mysql: { ...plain, port: 25_060, versions: ['8'], nodes: [1, 2, 3], scheme: 'mysql' },
};

const evictionPolicies = [
  ...['noeviction', 'allkeys_lru', 'allkeys_random', 'volatile_lru', 'volatile_random', 'volatile_ttl'],
] as const;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const databaseCluster: ResourceType = {
  token: ocean('DatabaseCluster'),
  naming: {
    property: 'name',
    max: 63,
    pattern: /^[a-z][a-z0-9-]*[a-z0-9]$/,
    rule: '422 unprocessable_entity: a name holds lower-case letters, digits and hyphens',
    taken: { code: '409 conflict', sentence: () => 'cluster name is not available' },
  },
  required: ['engine', 'nodeCount', 'region', 'size'],
  enumerations: {
    region: regions,
    engine: [...Object.keys(engines), 'kafka', 'opensearch'],
    evictionPolicy: evictionPolicies,
    'maintenanceWindows.*.day': days,
  },
  references: [toVpc('privateNetworkUuid'), toProject('projectId')],
  replaceOn: ['engine', 'name', 'privateNetworkUuid', 'projectId'],
  sets: ['tags'],
  keeps: ['privateNetworkUuid', 'projectId', 'storageSizeMib'],
  secrets: ['password', 'privateUri', 'uiPassword', 'uiUri', 'uri'],
  computed: [
    ...[
      'clusterUrn',
      'database',
      'host',
      'metricsEndpoints',
      'password',
      'port',
      'privateHost',
      'privateUri',
      'uiDatabase',
    ],
    ...['uiHost', 'uiPassword', 'uiPort', 'uiUri', 'uiUser', 'uri', 'user', 'storageSizeMib'],
  ],
  check: (inputs, cloud) => [
    ...engineProblems(inputs),
    ...sizeProblems(inputs),
    ...storageProblems(inputs),
    ...placeProblems(inputs, cloud),
  ],
  create: ({ inputs }) => {
    const id = uuid();
    return {
      id,
      state: {
        ...connection(inputs),
        clusterUrn: urn('dbaas', id),
        metricsEndpoints: [],
        ...(inputs.storageSizeMib === undefined && { storageSizeMib: String(storageOf(inputs)) }),
      },
    };
  },
  update: ({ record, inputs, changed }) => {
    if (changed.includes('version') && (number(inputs, 'version') ?? 0) < (number(record.inputs, 'version') ?? 0)) {
      throw new CloudError('422 unprocessable_entity', 'a cluster cannot be brought to a lower version');
    }
    refuseSmaller(record.inputs, inputs);
    const [before, after] = [record.inputs, inputs].map((bag) => number(bag, 'storageSizeMib'));
    if (before !== undefined && after !== undefined && after < before) {
      throw new CloudError('422 unprocessable_entity', 'storage cannot be made smaller');
    }
    // A larger size brings more storage by itself.
    const had = number(record.state, 'storageSizeMib');
    return had === undefined ? {} : { state: { storageSizeMib: String(Math.max(had, storageOf(inputs))) } };
  },
};

function connection(inputs: Bag): Bag {
  const engine = engines[text(inputs, 'engine') ?? ''] ?? engines.pg!;
  const name = text(inputs, 'name') ?? '';
  const password = `AVNS_${lowerAlphanumeric(19)}`;
  const host = `${name}-do-user-1234567-0.${lowerAlphanumeric(1)}.${engine.host}`;
  const privateHost = `private-${host}`;
  const port = engine.scheme === 'mongodb+srv' ? '' : `:${engine.port}`;
  const path = engine.database === '' ? '' : `/${engine.database}`;
  const address = (at: string): Value =>
    `${engine.scheme}://${engine.user}:${password}@${at}${port}${path}${engine.options(name)}`;
  const none = { uiDatabase: '', uiHost: '', uiPassword: '', uiPort: 0, uiUri: '', uiUser: '' };
  return {
    ...none,
    database: engine.database,
    host,
    password,
    port: engine.port,
    privateHost,
    privateUri: address(privateHost),
    uri: address(host),
    user: engine.user,
  };
}

function engineProblems(inputs: Bag): Problem[] {
  const [engine, version] = [text(inputs, 'engine') ?? '', text(inputs, 'version')];
  const known = engines[engine];
  const problems: Problem[] = [];
  if (version === undefined) {
    problems.push(problem('version', 'The argument "version" is required, but no definition was found.'));
  } else if (known && !known.versions.includes(version)) {
    problems.push(problem('version', `422 unprocessable_entity: invalid version ${version} for engine ${engine}`));
  }
  if (inputs.evictionPolicy !== undefined && !['redis', 'valkey'].includes(engine)) {
    problems.push(
      problem('evictionPolicy', 'eviction_policy is only supported for Redis and Valkey Database Clusters'),
    );
  }
  const nodes = number(inputs, 'nodeCount');
  if (known && nodes !== undefined && !known.nodes.includes(nodes)) {
    problems.push(problem('nodeCount', `422 unprocessable_entity: ${engine} has ${known.nodes.join(' or ')} nodes`));
  }
  return problems;
}

function sizeProblems(inputs: Bag): Problem[] {
  const problems = matching(inputs, 'size', nodeSize, '422 unprocessable_entity: invalid size');
  // A replica set has three members of any size.
  if (text(inputs, 'engine') === 'mongodb') return problems;
  if ((number(inputs, 'nodeCount') ?? 1) > 1 && memoryOf(inputs) < 2) {
    problems.push(problem('nodeCount', '422 unprocessable_entity: the smallest size has no standby nodes'));
  }
  return problems;
}

/** Ranges of storage autoscaling (Databases, API reference); caches have no storage to scale. */
function storageProblems(inputs: Bag): Problem[] {
  const problems = [
    ...between(inputs, 'storageAutoscale.thresholdPercent', 15, 95),
    ...between(inputs, 'storageAutoscale.incrementGib', 10, 500),
  ];
  if (inputs.storageAutoscale !== undefined && text(inputs, 'engine') === 'valkey') {
    problems.push(problem('storageAutoscale', '422 unprocessable_entity: storage autoscaling is not supported'));
  }
  return problems;
}

/** A cluster and its private network are in one region. */
function placeProblems(inputs: Bag, cloud: Cloud): Problem[] {
  const vpc = cloud.find([ocean('Vpc')], text(inputs, 'privateNetworkUuid') ?? '');
  if (!vpc || text(vpc.inputs, 'region') === text(inputs, 'region')) return [];
  return [problem('privateNetworkUuid', `422 unprocessable_entity: the VPC ${vpc.id} is in another region`)];
}

/** What belongs to a cluster goes with it; the cluster waits for nobody. */
export const databaseDb: ResourceType = {
  token: ocean('DatabaseDb'),
  naming: named({
    max: 63,
    pattern: /^[\w-]+$/,
    taken: { code: '409 conflict', sentence: (name) => `${name} exists`, within: 'clusterId' },
  }),
  required: ['clusterId'],
  references: [toCluster()],
  replaceOn: ['clusterId', 'name'],
  computed: [],
  create: ({ inputs }) => ({ id: `${text(inputs, 'clusterId')}/database/${text(inputs, 'name')}`, state: {} }),
};

export const databaseUser: ResourceType = {
  token: ocean('DatabaseUser'),
  naming: named({
    max: 63,
    pattern: /^[\w-]+$/,
    taken: { code: '409 conflict', sentence: (name) => `${name} exists`, within: 'clusterId' },
  }),
  required: ['clusterId'],
  references: [toCluster()],
  replaceOn: ['clusterId', 'name'],
  secrets: ['accessCert', 'accessKey', 'password'],
  computed: ['accessCert', 'accessKey', 'password', 'role'],
  create: ({ inputs, cloud }) => {
    const cluster = cloud.find([ocean('DatabaseCluster')], text(inputs, 'clusterId') ?? '');
    if (cluster && ['redis', 'valkey'].includes(text(cluster.inputs, 'engine') ?? '')) {
      throw new CloudError(
        '422 unprocessable_entity',
        'user management is not supported for Caching or Valkey clusters',
      );
    }
    return {
      id: `${text(inputs, 'clusterId')}/user/${text(inputs, 'name')}`,
      state: { accessCert: '', accessKey: '', password: `AVNS_${lowerAlphanumeric(19)}`, role: 'normal' },
    };
  },
};

export const databaseFirewall: ResourceType = {
  token: ocean('DatabaseFirewall'),
  required: ['clusterId', 'rules'],
  enumerations: { 'rules.*.type': ['droplet', 'k8s', 'ip_addr', 'tag', 'app'] },
  references: [{ ...toCluster(), to: [ocean('DatabaseCluster'), ocean('DatabaseReplica')] }],
  replaceOn: ['clusterId'],
  sets: ['rules'],
  computed: [],
  check: (inputs) =>
    Array.isArray(inputs.rules) && inputs.rules.length === 0
      ? [problem('rules', 'Attribute rule requires 1 item minimum, but config has only 0 declared.')]
      : [],
  create: ({ inputs, cloud }) => {
    refuseUnknownSources(inputs, cloud);
    return { id: `${text(inputs, 'clusterId')}-${lowerAlphanumeric(26)}`, state: {} };
  },
  update: ({ inputs, cloud }) => refuseUnknownSources(inputs, cloud),
};

const kinds: Record<string, string> = { tag: 'Tag', k8s: 'KubernetesCluster', droplet: 'Droplet' };

/** @throws CloudError for a tag, cluster or droplet that does not exist */
function refuseUnknownSources(inputs: Bag, cloud: Cloud): void {
  for (const rule of list(inputs, 'rules')) {
    const kind = kinds[text(rule, 'type') ?? ''];
    const value = text(rule, 'value') ?? '';
    if (kind && !cloud.find([ocean(kind)], value) && !cloud.store.existing().includes(value)) {
      throw new CloudError('422 unprocessable_entity', `firewall rule: the ${kind} ${value} does not exist`);
    }
  }
}

export const databases = [
  databaseCluster,
  databaseReplica,
  databaseConnectionPool,
  databaseDb,
  databaseUser,
  databaseFirewall,
];
