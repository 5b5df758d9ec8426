import { record } from '../../../cli/offline/recorder';
import { lifeOf } from '../../../components/digitalocean/relational/adoption';
import { ConnectionPool } from '../../../components/digitalocean/relational/connection-pool';
import { sqlUrl } from '../../../components/digitalocean/relational/engines';
import { SqlCluster, type SqlClusterArgs } from '../../../components/digitalocean/relational/sql-cluster';
import { storageAutoscale, storageMib } from '../../../components/digitalocean/relational/storage';
import { all, counts, messageOf, one, parentName } from '../recorded';

const clients = [{ type: 'tag' as const, value: 'clients' }];
const args: SqlClusterArgs = {
  region: 'nyc3',
  vpcId: 'vpc-1',
  engine: 'postgres',
  version: '17',
  size: 'db-s-2vcpu-4gb',
  database: 'app',
  standby: false,
  storage: { initialGb: 20, freePercent: 20 },
  maintenance: { day: 7, startsAt: '04:30' },
  readers: [],
  trustedSources: clients,
  protect: true,
  tags: ['system:sv-sdk'],
};
const clusterType = 'digitalocean:index/databaseCluster:DatabaseCluster';
const replicaType = 'digitalocean:index/databaseReplica:DatabaseReplica';
const firewallType = 'digitalocean:index/databaseFirewall:DatabaseFirewall';

function recordCluster(change: Partial<SqlClusterArgs> = {}) {
  return record(() => {
    const { host, readers } = new SqlCluster('sv-sdk-prod-app', { ...args, ...change });
    return { host, readers };
  });
}

test('one private, protected cluster with the application’s database, let in by tag; storage has one owner', async () => {
  const recording = await recordCluster();
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:SqlCluster': 1,
    [clusterType]: 1,
    [firewallType]: 1,
    'digitalocean:index/databaseDb:DatabaseDb': 1,
  });
  const cluster = one(recording, clusterType);
  expect(parentName(cluster)).toBe('sv-sdk-prod-app');
  expect(cluster).toMatchObject({ protect: true, ignoreChanges: ['storageSizeMib'] });
  expect(cluster.inputs).toEqual({
    engine: 'pg',
    version: '17',
    region: 'nyc3',
    privateNetworkUuid: 'vpc-1',
    size: 'db-s-2vcpu-4gb',
    nodeCount: 1,
    storageAutoscale: { enabled: true, thresholdPercent: 80, incrementGib: 10 },
    maintenanceWindows: [{ day: 'sunday', hour: '04:30' }],
    tags: ['system:sv-sdk'],
  });
  expect(one(recording, 'digitalocean:index/databaseDb:DatabaseDb')).toMatchObject({
    protect: true,
    inputs: { name: 'app' },
  });
  expect(one(recording, firewallType).inputs.rules).toEqual(clients);
});

test('MySQL, a standby and another window are changes of the same cluster', async () => {
  const cluster = one(
    await recordCluster({
      engine: 'mysql',
      version: '8.4',
      standby: true,
      maintenance: { day: 1, startsAt: '23:00' },
      storage: { initialGb: 200, freePercent: 20 },
    }),
    clusterType,
  );
  expect(cluster.inputs).toMatchObject({
    engine: 'mysql',
    version: '8',
    nodeCount: 2,
    storageSizeMib: '204800',
    maintenanceWindows: [{ day: 'monday', hour: '23:00' }],
  });
});

test('readers stand in their regions with their networks, each closed by a list of its own, and wear no tags', async () => {
  const recording = await recordCluster({
    readers: [
      { region: 'nyc3', vpcId: 'vpc-1', count: 2, trustedSources: clients },
      { region: 'sfo3', vpcId: 'vpc-2', count: 1, trustedSources: [{ type: 'ip_addr', value: '10.1.0.0/16' }] },
    ],
  });
  const readers = all(recording, replicaType);
  expect(readers.map(({ inputs }) => inputs)).toEqual(
    [
      ['nyc3', 'vpc-1'],
      ['nyc3', 'vpc-1'],
      ['sfo3', 'vpc-2'],
    ].map(([region, privateNetworkUuid]) => ({
      clusterId: '<unknown:sv-sdk-prod-app.id>',
      region,
      privateNetworkUuid,
      size: 'db-s-2vcpu-4gb',
      // Left out, the provider would send what the copy has already when its size changes.
      storageSizeMib: '<unknown:sv-sdk-prod-app.storageSizeMib>',
    })),
  );
  expect(readers.map(({ ignoreChanges }) => ignoreChanges)).toEqual([[], [], []]);
  const closed = all(recording, firewallType).map(({ inputs }) => [inputs.clusterId, inputs.rules]);
  expect(closed).toContainEqual(['<unknown:sv-sdk-prod-app-read-nyc3-2.uuid>', clients]);
  expect(closed).toContainEqual([
    '<unknown:sv-sdk-prod-app-read-sfo3-1.uuid>',
    [{ type: 'ip_addr', value: '10.1.0.0/16' }],
  ]);
  expect(recording.outputs.readers).toEqual({
    nyc3: [1, 2].map((at) => `<unknown:sv-sdk-prod-app-read-nyc3-${at}.privateHost>`),
    sfo3: ['<unknown:sv-sdk-prod-app-read-sfo3-1.privateHost>'],
  });
});

describe('a cluster that was there before', () => {
  test('is taken over as it is: nothing of it is changed by the import', async () => {
    const recording = await recordCluster({ adopted: { id: '9cc1', imported: false } });
    const { inputs, ignoreChanges } = one(recording, clusterType);
    // An import is refused where an input differs from what is there.
    expect(Object.keys(inputs).filter((input) => !ignoreChanges.includes(input))).toEqual([]);
    expect(lifeOf({ id: '9cc1', imported: false })).toMatchObject({ import: '9cc1' });
    expect(all(recording, 'digitalocean:index/databaseDb:DatabaseDb')).toEqual([]);
  });

  test('is changed like any other from then on, save for what would replace it', async () => {
    const { ignoreChanges } = one(await recordCluster({ adopted: { id: '9cc1', imported: true } }), clusterType);
    expect([...ignoreChanges].sort()).toEqual([
      ...['engine', 'name', 'privateNetworkUuid', 'projectId', 'region', 'storageSizeMib'],
    ]);
    expect(lifeOf({ id: '9cc1', imported: true }).import).toBeUndefined();
  });
});

test('networks of others are peered with the cluster’s own', async () => {
  const recording = await recordCluster({ adopted: { id: '9cc1', imported: true }, peers: { nyc3: 'vpc-9' } });
  // The cluster's own is `vpc-1` here.
  expect(one(recording, 'digitalocean:index/vpcPeering:VpcPeering').inputs.vpcIds).toEqual(['vpc-9', 'vpc-1']);
});

test.each([
  ['db-s-2vcpu-4gb', 60, undefined],
  ['db-s-2vcpu-4gb', 61, '62464'],
  ['db-s-1vcpu-2gb', 50, '51200'],
])('%s at %s GiB asks for %s MiB', (size, gib, mib) => expect(storageMib(size, gib)).toBe(mib));

test.each([
  [20, 20, 80, 10],
  [100, 10, 90, 20],
  [5_000, 1, 95, 500],
  [200, 90, 15, 40],
])(
  '%s GiB of which %s %% stay free grow at %s %% by %s GiB',
  (initialGb, freePercent, thresholdPercent, incrementGib) =>
    expect(storageAutoscale({ initialGb, freePercent })).toEqual({ enabled: true, thresholdPercent, incrementGib }),
);

test('an address names owner, password, port and database, and asks for TLS', () => {
  const url = new URL(sqlUrl('postgres', 'private-db.example', 'AVNS_x', 'app'));
  expect([url.protocol, url.host, url.username, url.password, url.pathname, url.search]).toEqual([
    'postgresql:',
    'private-db.example:25060',
    'doadmin',
    'AVNS_x',
    '/app',
    '?sslmode=require',
  ]);
  expect(sqlUrl('mysql', 'h', 'p', 'app')).toMatch(/^mysql:.*\?ssl-mode=REQUIRED$/);
});

test('every fault is said at once, by its path', () => {
  const bad: SqlClusterArgs = {
    ...args,
    version: 'newest',
    size: 'db-s-1vcpu-1gb',
    trustedSources: [{ type: 'ip_addr', value: '0.0.0.0/0' }],
    database: 'a b',
    standby: true,
    storage: { initialGb: 1, freePercent: 90 },
    maintenance: { day: 0, startsAt: '4:30' },
    readers: [
      { region: 'mars', vpcId: '', count: 0, trustedSources: [] },
      { region: 'mars', vpcId: '', count: 11, trustedSources: clients },
    ],
    adopted: { id: '', imported: false },
  };
  const lines = messageOf(() => new SqlCluster('app', bad))
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
    'version',
    'trustedSources',
    'database',
    'standby',
    'storage.initialGb',
    'storage.freePercent',
    'maintenance.day',
    'maintenance.startsAt',
    'readers',
    'readers[0].region',
    'readers[0].count',
    'readers[0].trustedSources',
    'readers[1].region',
    'readers[1].count',
    'readers',
    'adopted.id',
  ]);
});

test('a pool of DigitalOcean’s own lends connections for a transaction, and refuses what it cannot have', async () => {
  const pool = { clusterId: '9cc1', database: 'app', user: 'doadmin', size: 10 };
  const recording = await record(() => ({ host: new ConnectionPool('reports', pool).host }));
  expect(one(recording, 'digitalocean:index/databaseConnectionPool:DatabaseConnectionPool').inputs).toEqual({
    clusterId: '9cc1',
    dbName: 'app',
    user: 'doadmin',
    size: 10,
    mode: 'transaction',
  });
  expect(recording.outputs.host).toBe('<unknown:reports.privateHost>');
  const bad = { ...pool, database: 'a b', user: '', size: 0 };
  expect(messageOf(() => new ConnectionPool('reports', bad))).toMatch(/database: .*\n.*user: .*\n.*size: /);
});
