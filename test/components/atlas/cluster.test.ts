import * as mongodbatlas from '@pulumi/mongodbatlas';
import { record } from '../../../cli/offline/recorder';
import { AtlasCluster, type AtlasClusterArgs } from '../../../components/atlas/cluster';
import { counts, messageOf, one, parentName } from '../recorded';

const prod: AtlasClusterArgs = {
  projectId: '0123456789abcdef01234567',
  cloudProvider: 'AWS',
  regions: ['us-east-1'],
  tier: 'M30',
  maxTier: 'M40',
  electableNodes: 3,
  readOnlyNodesPerRegion: 0,
  continuousBackup: true,
  mongoVersion: '8.0',
  database: 'pulse',
  terminationProtection: true,
  protect: true,
  tags: { System: 'pulse' },
};
const dev: AtlasClusterArgs = {
  ...prod,
  maxTier: undefined,
  tier: 'M0',
  continuousBackup: false,
  terminationProtection: false,
  protect: false,
};
const clusterType = 'mongodbatlas:index/advancedCluster:AdvancedCluster';
const scheduleType = 'mongodbatlas:index/cloudBackupSchedule:CloudBackupSchedule';

const endpoint = () =>
  new mongodbatlas.PrivateLinkEndpointService('endpoint', {
    projectId: prod.projectId,
    privateLinkId: 'link',
    endpointServiceId: 'vpce-home',
    providerName: 'AWS',
  });

/** What became of the URL, which a recording shows as `<secret>` only. */
let url = '';
function recordCluster(args: AtlasClusterArgs, withEndpoint = false) {
  return record(() => {
    const endpoints = withEndpoint ? [endpoint()] : undefined;
    const cluster = new AtlasCluster('pulse-db', { ...args, endpoints });
    cluster.url.apply((value) => (url = value));
    return { host: cluster.host, url: cluster.url, username: cluster.username };
  });
}

test('production: three electable nodes, continuous backup, room to grow, one owner of the size', async () => {
  const recording = await recordCluster(prod);
  expect(counts(recording)).toEqual({
    'stackladder:atlas:AtlasCluster': 1,
    [clusterType]: 1,
    [scheduleType]: 1,
    'mongodbatlas:index/databaseUser:DatabaseUser': 1,
    'random:index/randomPassword:RandomPassword': 1,
  });
  const cluster = one(recording, clusterType);
  expect(cluster.protect).toBe(true);
  expect(parentName(cluster)).toBe('pulse-db');
  expect(cluster.ignoreChanges).toEqual([]);
  expect(cluster.inputs).toEqual({
    projectId: prod.projectId,
    clusterType: 'REPLICASET',
    replicationSpecs: [
      {
        regionConfigs: [
          {
            providerName: 'AWS',
            regionName: 'US_EAST_1',
            priority: 7,
            electableSpecs: { instanceSize: 'M30', nodeCount: 3 },
            autoScaling: {
              diskGbEnabled: true,
              computeEnabled: true,
              computeScaleDownEnabled: true,
              computeMinInstanceSize: 'M30',
              computeMaxInstanceSize: 'M40',
            },
          },
        ],
      },
    ],
    useEffectiveFields: true,
    mongoDbMajorVersion: '8.0',
    backupEnabled: true,
    pitEnabled: true,
    terminationProtectionEnabled: true,
    advancedConfiguration: { minimumEnabledTlsProtocol: 'TLS1_2' },
    tags: { System: 'pulse' },
  });
  expect(one(recording, scheduleType).inputs).toMatchObject({
    clusterName: '<unknown:pulse-db.name>',
    restoreWindowDays: 7,
  });
});

test('development: a free tenant, and nothing that a tenant does not have', async () => {
  const recording = await recordCluster({ ...dev, regions: ['us-east-1', 'us-west-2'] });
  const cluster = one(recording, clusterType);
  expect(cluster.inputs).toEqual({
    projectId: prod.projectId,
    clusterType: 'REPLICASET',
    replicationSpecs: [
      {
        regionConfigs: [
          {
            providerName: 'TENANT',
            backingProviderName: 'AWS',
            regionName: 'US_EAST_1',
            priority: 7,
            electableSpecs: { instanceSize: 'M0' },
          },
        ],
      },
    ],
    tags: { System: 'pulse' },
  });
  expect(cluster.protect).toBe(false);
  // The phase is among the tags, and Atlas refuses every change of a free cluster.
  expect(cluster.ignoreChanges).toEqual(['tags']);
  expect(counts(recording)).not.toHaveProperty(scheduleType);
});

test('further regions have read-only nodes of the same size, which never become primary', async () => {
  const recording = await recordCluster({
    ...prod,
    regions: ['us-east-1', 'us-west-2'],
    readOnlyNodesPerRegion: 2,
    diskGb: 40,
  });
  const specs = one(recording, clusterType).inputs.replicationSpecs as { regionConfigs: Record<string, unknown>[] }[];
  const [home, far] = specs[0]!.regionConfigs;
  expect(home).toMatchObject({ electableSpecs: { instanceSize: 'M30', nodeCount: 3, diskSizeGb: 40 } });
  expect(far).toMatchObject({
    regionName: 'US_WEST_2',
    priority: 0,
    readOnlySpecs: { instanceSize: 'M30', nodeCount: 2, diskSizeGb: 40 },
  });
  expect(far).not.toHaveProperty('electableSpecs');
  expect(far!.autoScaling).toEqual(home!.autoScaling); // Atlas refuses two different ones
});

test('without a larger ceiling the tier stays; without continuous backup there are still snapshots', async () => {
  for (const maxTier of [undefined, 'M30']) {
    const recording = await recordCluster({ ...prod, maxTier, continuousBackup: false });
    const { inputs } = one(recording, clusterType);
    const [home] = (inputs.replicationSpecs as { regionConfigs: Record<string, unknown>[] }[])[0]!.regionConfigs;
    expect(home!.autoScaling).toEqual({ diskGbEnabled: true, computeEnabled: false });
    expect(inputs).toMatchObject({ backupEnabled: true, pitEnabled: false });
    expect(one(recording, scheduleType).inputs).not.toHaveProperty('restoreWindowDays');
  }
});

test('the user may read and write one database of one cluster, and its password is in no input', async () => {
  const recording = await recordCluster(prod);
  expect(one(recording, 'mongodbatlas:index/databaseUser:DatabaseUser').inputs).toEqual({
    projectId: prod.projectId,
    username: 'pulse-db-app',
    password: '<secret>',
    authDatabaseName: 'admin',
    roles: [{ roleName: 'readWrite', databaseName: 'pulse' }],
    scopes: [{ type: 'CLUSTER', name: '<unknown:pulse-db.name>' }],
  });
  expect(one(recording, 'random:index/randomPassword:RandomPassword').inputs).toEqual({ length: 32, special: false });
});

test('with endpoints the cluster waits for them and the URL goes through them', async () => {
  const open = await recordCluster(prod);
  expect(url).toContain('@<unknown:pulse-db.connectionStrings.standardSrv>/pulse?');
  expect(open.outputs).toEqual({
    host: '<unknown:pulse-db.connectionStrings.standardSrv>',
    url: '<secret>',
    username: 'pulse-db-app',
  });
  const closed = await recordCluster(prod, true);
  expect(url).toContain('@<unknown:pulse-db.connectionStrings.privateEndpoints[0].srvConnectionString>/pulse?');
  expect(one(closed, clusterType).dependsOn).toEqual([
    one(closed, 'mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService').urn,
  ]);
});

test('all faults of a dedicated cluster in one message', () => {
  const wrong: AtlasClusterArgs = {
    ...prod,
    regions: ['us-east-1', 'us-east-1', 'us-central1'],
    maxTier: 'M20',
    electableNodes: 4,
    diskGb: 5,
    mongoVersion: 'latest',
    database: 'pul se',
  };
  expect(messageOf(() => new AtlasCluster('c', wrong)).split('\n')).toEqual([
    'AtlasCluster "c" cannot be created:',
    '  regions[2]: "us-central1" is not a region of AWS',
    '  regions: "us-east-1" stands there more than once',
    '  database: "pul se" is not the name of a database',
    '  maxTier: M20 is smaller than M30',
    '  electableNodes: 4 must be 3, 5 or 7',
    '  readOnlyNodesPerRegion: a further region needs one node at least',
    '  diskGb: 5 must be a whole number from 10 to 4096',
    '  mongoVersion: "latest" must look like 8.0',
  ]);
  expect(messageOf(() => new AtlasCluster('c', { ...prod, tier: 'M31', maxTier: 'M0.5' }))).toMatch(
    /tier: "M31" must be one of M0, M10.*\n.*maxTier: "M0.5" must be one of/,
  );
});

test('what the free tier does not have is refused, not ignored', () => {
  const wrong: AtlasClusterArgs = {
    ...prod,
    tier: 'M0',
    diskGb: 20,
    endpoints: [{} as mongodbatlas.PrivateLinkEndpointService],
  };
  const faults = messageOf(() => new AtlasCluster('c', wrong))
    .split('\n')
    .slice(1);
  expect(faults.map((fault) => fault.trim().split(':')[0])).toEqual([
    'maxTier',
    'continuousBackup',
    'diskGb',
    'terminationProtection',
    'endpoints',
  ]);
});
