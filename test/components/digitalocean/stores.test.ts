import { record } from '../../../cli/offline/recorder';
import { MongoCluster, type MongoClusterArgs } from '../../../components/digitalocean/database/mongodb';
import { ValkeyCluster, type ValkeyClusterArgs } from '../../../components/digitalocean/database/valkey';
import { StoreAccess } from '../../../components/digitalocean/object-store/access';
import { ObjectBucket } from '../../../components/digitalocean/object-store/bucket';
import { counts, messageOf, one, parentName } from '../recorded';

const common = {
  region: 'nyc3',
  vpcId: 'vpc-1',
  version: '8.0',
  trustedSources: [{ type: 'tag' as const, value: 'clients' }],
  protect: true,
  tags: ['system:pulse'],
};
const documents: MongoClusterArgs = { ...common, size: 'db-s-2vcpu-4gb', nodes: 3, database: 'pulse' };
const cache: ValkeyClusterArgs = { ...common, size: 'db-s-1vcpu-1gb', standby: false, evictionPolicy: 'allkeys-lru' };
const clusterType = 'digitalocean:index/databaseCluster:DatabaseCluster';
const firewallType = 'digitalocean:index/databaseFirewall:DatabaseFirewall';

test('documents: a private replica set of three, let in by tag, with a user and a database of its own', async () => {
  const recording = await record(() => ({ url: new MongoCluster('pulse-prod-pulse', documents).host }));
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:MongoCluster': 1,
    [clusterType]: 1,
    [firewallType]: 1,
    'digitalocean:index/databaseDb:DatabaseDb': 1,
    'digitalocean:index/databaseUser:DatabaseUser': 1,
  });
  const cluster = one(recording, clusterType);
  expect(cluster.protect).toBe(true);
  expect(parentName(cluster)).toBe('pulse-prod-pulse');
  expect(cluster.inputs).toEqual({
    engine: 'mongodb',
    version: '8',
    region: 'nyc3',
    privateNetworkUuid: 'vpc-1',
    size: 'db-s-2vcpu-4gb',
    nodeCount: 3,
    maintenanceWindows: [{ day: 'sunday', hour: '05:00' }],
    tags: ['system:pulse'],
  });
  expect(one(recording, firewallType).inputs).toEqual({
    clusterId: '<unknown:pulse-prod-pulse.id>',
    rules: [{ type: 'tag', value: 'clients' }],
  });
  expect(one(recording, 'digitalocean:index/databaseUser:DatabaseUser').protect).toBe(true);
});

test('documents get more disk in MiB', async () => {
  const recording = await record(() => ({ url: new MongoCluster('documents', { ...documents, diskGb: 80 }).host }));
  expect(one(recording, clusterType).inputs.storageSizeMib).toBe('81920');
});

test.each([
  [{ standby: false }, 1],
  [{ standby: true, size: 'db-s-8vcpu-32gb' }, 2],
])('cache: %j is %s nodes, and nothing else of it changes', async (change, nodeCount) => {
  const recording = await record(() => ({ host: new ValkeyCluster('cache', { ...cache, ...change }).host }));
  expect(one(recording, clusterType)).toMatchObject({
    protect: true,
    inputs: { engine: 'valkey', version: '8', nodeCount, evictionPolicy: 'allkeys_lru', privateNetworkUuid: 'vpc-1' },
  });
  expect(one(recording, firewallType).inputs.rules).toEqual([{ type: 'tag', value: 'clients' }]);
});

test('faults of a store are said all at once', () => {
  const open = { trustedSources: [{ type: 'ip_addr' as const, value: '0.0.0.0/0' }] };
  const bad = { ...cache, ...open, version: 'newest', standby: true, evictionPolicy: 'allkeys-lfu' };
  const message = messageOf(() => new ValkeyCluster('cache', bad));
  expect(message.split('\n').map((line) => line.trim().split(':')[0])).toEqual([
    'ValkeyCluster "cache" cannot be created',
    'version',
    'trustedSources',
    'evictionPolicy',
    'standby',
  ]);
  const without = { ...documents, nodes: 2, size: 'M30', trustedSources: [], database: 'a b', diskGb: 1 };
  expect(messageOf(() => new MongoCluster('documents', without))).toMatch(
    /size: .*\n.*trustedSources: none.*\n.*nodes: .*\n.*diskGb: .*\n.*database: /,
  );
});

test('a bucket is private, versioned and tidied up, and has no policy beside its limited keys', async () => {
  const recording = await record(() => {
    const args = { region: 'nyc3', noncurrentVersionDays: 30, emptyOnDelete: false, protect: true };
    const bucket = new ObjectBucket('pulse-prod-recordings', args);
    new StoreAccess('pulse-prod-api-spaces', { buckets: { recordings: bucket.name } });
    return {};
  });
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:ObjectBucket': 1,
    'stackladder:digitalocean:StoreAccess': 1,
    'digitalocean:index/spacesBucket:SpacesBucket': 1,
    'digitalocean:index/spacesKey:SpacesKey': 1,
  });
  expect(one(recording, 'digitalocean:index/spacesBucket:SpacesBucket')).toMatchObject({
    protect: true,
    inputs: {
      acl: 'private',
      versioning: { enabled: true },
      forceDestroy: false,
      lifecycleRules: [
        { enabled: true, noncurrentVersionExpiration: { days: 30 }, abortIncompleteMultipartUploadDays: 7 },
      ],
    },
  });
  expect(one(recording, 'digitalocean:index/spacesKey:SpacesKey').inputs.grants).toEqual([
    { bucket: '<unknown:pulse-prod-recordings.name>', permission: 'readwrite' },
  ]);
});

test('no key is made that would open every bucket, and no bucket where there is no Spaces', () => {
  expect(messageOf(() => new StoreAccess('key', { buckets: {} }))).toMatch(/one bucket is needed/);
  expect(messageOf(() => new StoreAccess('key', { buckets: { all: '' } }))).toMatch(/every bucket/);
  const args = { region: 'nyc1', noncurrentVersionDays: 0, emptyOnDelete: false, protect: true };
  expect(messageOf(() => new ObjectBucket('bucket', args))).toMatch(/region: .*\n.*noncurrentVersionDays: /);
});
