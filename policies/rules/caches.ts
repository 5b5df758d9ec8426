import { fromLarge } from '../context';
import { inspect } from '../judge';
import type { ResourceRule } from '../rule';
import { flag, numeric, present, show, text } from '../values';

const types = ['aws:elasticache/replicationGroup:ReplicationGroup'];
const memorystore = 'gcp:memorystore/instance:Instance';
const redisCluster = 'gcp:redis/cluster:Cluster';
const redis = 'gcp:redis/instance:Instance';
const google = [memorystore, redisCluster, redis];

export const cacheAtRest: ResourceRule = {
  id: 'cache-encrypted-at-rest',
  title: 'A cache is encrypted at rest',
  why: 'Snapshots and swap hold sessions and copies of data. It cannot be turned on later without a new cache.',
  mend: 'Set atRestEncryptionEnabled to true before the cache is created.',
  severity: 'mandatory',
  controls: ['AWS FSBP ElastiCache.4', 'Checkov CKV_AWS_29'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['atRestEncryptionEnabled'], (enabled) =>
      flag(enabled) ? undefined : `atRestEncryptionEnabled is ${show(enabled)}`,
    ),
  ],
};

export const cacheInTransit: ResourceRule = {
  id: 'cache-encrypted-in-transit',
  title: 'A cache accepts connections over TLS only',
  why: 'The password of the cache travels over the network with each connection.',
  mend: "Set transitEncryptionEnabled to true, and transitEncryptionMode to 'required' or leave it out.",
  severity: 'mandatory',
  controls: ['AWS FSBP ElastiCache.5', 'Checkov CKV_AWS_30'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['transitEncryptionEnabled'], (enabled) =>
      flag(enabled) ? undefined : `transitEncryptionEnabled is ${show(enabled)}`,
    ),
    inspect(resource, ['transitEncryptionMode'], (mode) =>
      !present(mode) || mode === 'required' ? undefined : `transitEncryptionMode is ${show(mode)}`,
    ),
  ],
};

export const cacheAuth: ResourceRule = {
  id: 'cache-auth',
  title: 'A cache asks for a password or a user',
  why: 'Without it whatever reaches the port reads and flushes the cache. The way to log in is fixed at creation.',
  mend: 'Set authToken to a generated secret, or userGroupIds.',
  severity: 'mandatory',
  controls: ['AWS FSBP ElastiCache.6', 'Checkov CKV_AWS_31'],
  scope: 'resource',
  types,
  // Whether one is set is known even where its value is not.
  check: (resource) => [
    inspect(resource, [], () =>
      ['authToken', 'authTokenWo', 'userGroupIds'].some((property) => present(resource.props[property]))
        ? undefined
        : 'neither authToken nor userGroupIds is set',
    ),
  ],
};

export const cacheSubnetGroup: ResourceRule = {
  id: 'cache-subnet-group',
  title: 'A cache has a subnet group of its own',
  why: "The default group puts it into the account's default network, whose subnets are public.",
  mend: 'Set subnetGroupName to a group of the data subnets.',
  severity: 'mandatory',
  controls: ['AWS FSBP ElastiCache.7', 'Checkov CKV_AWS_323'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['subnetGroupName'], (name) =>
      present(name) && name !== 'default' ? undefined : `subnetGroupName is ${show(name)}`,
    ),
  ],
};

export const cacheFailover: ResourceRule = {
  id: 'cache-failover',
  title: 'From Large, a cache survives the loss of a node and of a zone',
  why: 'At this size the database behind cannot take the whole load while a lost node is rebuilt.',
  mend: 'Set automaticFailoverEnabled and multiAzEnabled to true, with one replica or more in each shard.',
  severity: 'mandatory',
  controls: ['AWS FSBP ElastiCache.3', 'Checkov CKV2_AWS_50'],
  scope: 'resource',
  types,
  where: fromLarge,
  check: (resource) => [
    ...['automaticFailoverEnabled', 'multiAzEnabled'].map((property) =>
      inspect(resource, [property], (enabled) => (flag(enabled) ? undefined : `${property} is ${show(enabled)}`)),
    ),
    inspect(resource, ['replicasPerNodeGroup', 'numCacheClusters'], (replicas, clusters) => {
      const spare = Math.max(numeric(replicas) ?? 0, (numeric(clusters) ?? 0) - 1);
      return spare >= 1 ? undefined : 'its shards have no replica';
    }),
  ],
};

export const googleInTransit: ResourceRule = {
  ...cacheInTransit,
  id: 'gcp-cache-encrypted-in-transit',
  title: 'A Memorystore cache accepts connections over TLS only',
  mend: "Set transitEncryptionMode to 'SERVER_AUTHENTICATION' before the cache is created.",
  controls: ['Checkov CKV_GCP_97'],
  types: google,
  check: (resource) => [
    inspect(resource, ['transitEncryptionMode'], (mode) =>
      /(^|_)SERVER_AUTHENTICATION$/.test(text(mode)) ? undefined : `transitEncryptionMode is ${show(mode)}`,
    ),
  ],
};

export const googleAuth: ResourceRule = {
  ...cacheAuth,
  id: 'gcp-cache-auth',
  title: 'A Memorystore cache asks for a password or an identity',
  mend: "Set authorizationMode to 'IAM_AUTH' (authEnabled to true on a Redis instance) before the cache is created.",
  controls: ['Checkov CKV_GCP_95'],
  types: google,
  check: (resource) => [
    resource.type === redis
      ? inspect(resource, ['authEnabled'], (on) => (flag(on) ? undefined : `authEnabled is ${show(on)}`))
      : inspect(resource, ['authorizationMode'], (mode) =>
          present(mode) && !/DISABLED$/.test(text(mode)) ? undefined : `authorizationMode is ${show(mode)}`,
        ),
  ],
};

export const googleFailover: ResourceRule = {
  ...cacheFailover,
  id: 'gcp-cache-failover',
  title: 'From Large, a Memorystore cache survives the loss of a node and of a zone',
  mend: 'Set replicaCount to 1 or more, over several zones (tier STANDARD_HA on a Redis instance).',
  controls: [],
  types: google,
  check: (resource) => [
    inspect(resource, ['replicaCount', 'tier'], (replicas, tier) =>
      (numeric(replicas) ?? 0) >= 1 || tier === 'STANDARD_HA' ? undefined : `replicaCount is ${show(replicas)}`,
    ),
    inspect(resource, ['zoneDistributionConfig.mode'], (mode) =>
      mode === 'SINGLE_ZONE' ? 'all its nodes are in one zone' : undefined,
    ),
  ],
};

export const cacheRules = [
  cacheAtRest,
  cacheInTransit,
  cacheAuth,
  cacheSubnetGroup,
  cacheFailover,
  googleInTransit,
  googleAuth,
  googleFailover,
];
