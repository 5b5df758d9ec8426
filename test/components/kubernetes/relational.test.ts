import { record } from '../../../cli/offline/recorder';
import {
  PostgresDatabase,
  type PostgresDatabaseArgs,
} from '../../../components/kubernetes/relational/postgres-database';
import { all, counts, messageOf, one } from '../recorded';

const small: PostgresDatabaseArgs = {
  identity: { name: 'svsdk-db', instance: 'sv-sdk-prod' },
  namespace: 'sv-sdk',
  database: 'svsdk',
  user: 'svsdk',
  engineVersion: '17',
  instanceClass: '1000m/2Gi',
  standby: false,
  replicas: 0,
  storageGb: 20,
  maxConnections: 225,
  passwordVersion: 1,
  clients: [{ 'app.kubernetes.io/name': 'svsdk-pooler' }],
  monitored: false,
  backupTimes: { retentionDays: 14, startsAt: '03:00' },
  protect: true,
};
const enterprise: PostgresDatabaseArgs = {
  ...small,
  instanceClass: '2000m/8Gi',
  standby: true,
  replicas: 2,
  storageGb: 200,
  maxConnections: 901,
};
const backup = {
  bucket: 'sv-sdk-backups',
  region: 'eu-central-1',
  endpoint: 'https://minio.example.com:9000',
  accessKeyId: 'canary',
  secretAccessKey: 'canary',
};
const clusterType = 'kubernetes:postgresql.cnpg.io/v1:Cluster';
const policyType = 'kubernetes:networking.k8s.io/v1:NetworkPolicy';
const storeType = 'kubernetes:barmancloud.cnpg.io/v1:ObjectStore';
const nightlyType = 'kubernetes:postgresql.cnpg.io/v1:ScheduledBackup';
const recordDatabase = (args: PostgresDatabaseArgs = small) =>
  record(() => {
    const { host, readHost, url, readUrl, password, authority } = new PostgresDatabase('sv-sdk-prod-svsdk-db', args);
    return { host, readHost, url, readUrl, password, authority };
  });
type Spec = Record<string, unknown> & { postgresql: { parameters: Record<string, string>; pg_hba: string[] } };
const specOf = async (args?: PostgresDatabaseArgs) => one(await recordDatabase(args), clusterType).inputs.spec as Spec;

test('what a database is made of; what it keeps is protected', async () => {
  const recording = await recordDatabase();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:PostgresDatabase': 1,
    'random:index/randomPassword:RandomPassword': 1,
    'kubernetes:core/v1:Secret': 1,
    [policyType]: 1,
    [clusterType]: 1,
  });
  // The password itself may be replaced by another: that is how it is changed.
  const kept = recording.resources.filter(({ protect }) => protect).map(({ type }) => type);
  expect(kept).toEqual([clusterType]);
  expect(recording.outputs).toEqual({
    host: 'svsdk-db-rw.sv-sdk.svc.cluster.local',
    readHost: 'svsdk-db-ro.sv-sdk.svc.cluster.local',
    url: '<secret>',
    readUrl: '<secret>',
    password: '<secret>',
    authority: { secretName: 'svsdk-db-ca', key: 'ca.crt' },
  });
});

test('Small to Enterprise is one object that changes, and nothing in it that the operator refuses to change', async () => {
  const [before, after] = [
    one(await recordDatabase(), clusterType),
    one(await recordDatabase(enterprise), clusterType),
  ];
  expect([after.urn, after.inputs.metadata]).toEqual([before.urn, before.inputs.metadata]);
  const [one_, two] = [before.inputs.spec as Spec, after.inputs.spec as Spec];
  const changed = Object.keys(two).filter((key) => JSON.stringify(two[key]) !== JSON.stringify(one_[key]));
  expect(changed.sort()).toEqual([
    'enablePDB',
    'instances',
    'postgresql',
    'primaryUpdateMethod',
    'resources',
    'storage',
  ]);
  // Whoever reads can take over too: a primary, the one that stands by, and two readers.
  expect([one_.instances, two.instances]).toEqual([1, 4]);
  expect([one_.storage, two.storage]).toEqual([
    { size: '20Gi', resizeInUseVolumes: true },
    { size: '200Gi', resizeInUseVolumes: true },
  ]);
  expect([one_.enablePDB, two.enablePDB]).toEqual([false, true]);
  expect([one_.primaryUpdateMethod, two.primaryUpdateMethod]).toEqual(['restart', 'switchover']);
});

test('the class gives memory to PostgreSQL, and the plan its connections', async () => {
  const { postgresql, resources } = await specOf(enterprise);
  expect(postgresql.parameters).toMatchObject({
    max_connections: '901',
    shared_buffers: '2048MB',
    effective_cache_size: '6144MB',
  });
  expect(resources).toEqual({ requests: { cpu: '2000m', memory: '8Gi' }, limits: { cpu: '2000m', memory: '8Gi' } });
});

test('nobody comes in without TLS: the first line that fits decides', async () => {
  const { postgresql, enableSuperuserAccess } = await specOf();
  expect(postgresql.pg_hba).toEqual(['hostssl all all all scram-sha-256', 'hostnossl all all all reject']);
  expect(enableSuperuserAccess).toBe(false);
});

test.each([
  [true, { method: 'any', number: 1, dataDurability: 'preferred' }],
  [false, undefined],
])('with a standby (%s) a commit waits for a second disk, as long as there is one', async (standby, expected) => {
  const { postgresql } = await specOf({ ...small, standby, replicas: 2 });
  expect((postgresql as Record<string, unknown>).synchronous).toEqual(expected);
});

test('another password is in another Secret, which the database then names', async () => {
  const of = async (passwordVersion: number) => {
    const recording = await recordDatabase({ ...small, passwordVersion });
    return {
      secret: one(recording, 'kubernetes:core/v1:Secret').inputs,
      keepers: one(recording, 'random:index/randomPassword:RandomPassword').inputs.keepers,
    };
  };
  const [first, second] = [await of(1), await of(2)];
  expect(first.secret).toMatchObject({ type: 'kubernetes.io/basic-auth', immutable: true });
  expect((first.secret.metadata as { name?: string }).name).toBeUndefined();
  expect([first.keepers, second.keepers]).toEqual([{ version: '1' }, { version: '2' }]);
  const secret = { name: '<unknown:sv-sdk-prod-svsdk-db-user.metadata.name>' };
  expect((await specOf()).bootstrap).toMatchObject({ initdb: { database: 'svsdk', owner: 'svsdk', secret } });
});

describe('the network policy', () => {
  const policyOf = async (change: Partial<PostgresDatabaseArgs> = {}) =>
    one(await recordDatabase({ ...small, ...change }), policyType).inputs.spec as {
      podSelector: unknown;
      ingress: { from: { podSelector?: { matchLabels: Record<string, string> } }[]; ports: { port: number }[] }[];
      egress: { to?: unknown; ports: { port: number }[] }[];
    };
  const comers = async (change?: Partial<PostgresDatabaseArgs>) =>
    (await policyOf(change)).ingress.flatMap(({ from, ports }) =>
      from.map(({ podSelector }) => [Object.values(podSelector!.matchLabels)[0], ports.map(({ port }) => port)]),
    );

  test('lets in clients, instances and the operator', async () => {
    expect((await policyOf()).podSelector).toEqual({ matchLabels: { 'cnpg.io/cluster': 'svsdk-db' } });
    expect(await comers()).toEqual([
      ['svsdk-pooler', [5432]],
      ['svsdk-db', [5432, 8000]],
      ['cloudnative-pg', [5432, 8000]],
    ]);
  });

  test('and Prometheus where it watches', async () => {
    expect((await comers({ monitored: true })).at(-1)).toEqual(['prometheus', [9187]]);
    const recording = await recordDatabase({ ...small, monitored: true });
    expect(one(recording, 'kubernetes:monitoring.coreos.com/v1:PodMonitor').inputs.spec).toEqual({
      selector: { matchLabels: { 'cnpg.io/cluster': 'svsdk-db' } },
      podMetricsEndpoints: [{ port: 'metrics', interval: '30s' }],
    });
  });

  test.each([
    [undefined, [443, 6443]],
    [backup, [443, 6443, 9000]],
  ])('lets instances out to the API, and to where backups go', async (given, expected) => {
    const anywhere = (await policyOf({ backup: given })).egress.filter(({ to }) => to === undefined);
    expect(anywhere.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(expected);
  });
});

test('backups go through the plugin: the log all along, a copy at the hour of the plan, kept for its days', async () => {
  const recording = await recordDatabase({
    ...small,
    backup,
    backupTimes: { retentionDays: 14, startsAt: '03:05' },
  });
  expect(one(recording, storeType).inputs).toMatchObject({
    metadata: { name: 'svsdk-db' },
    spec: {
      retentionPolicy: '14d',
      configuration: { destinationPath: 's3://sv-sdk-backups/sv-sdk-prod', endpointURL: backup.endpoint },
    },
  });
  expect(one(recording, nightlyType).inputs.spec).toMatchObject({
    schedule: '0 5 3 * * *',
    cluster: { name: 'svsdk-db' },
    method: 'plugin',
    pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
  });
  expect((one(recording, clusterType).inputs.spec as Spec).plugins).toEqual([
    {
      name: 'barman-cloud.cloudnative-pg.io',
      isWALArchiver: true,
      parameters: { barmanObjectName: 'svsdk-db' },
    },
  ]);
  expect(JSON.stringify(recording)).not.toContain('canary');
  expect(all(await recordDatabase(), storeType)).toEqual([]);
});

describe('ten wrong arguments, and each is told', () => {
  test.each<[string, Partial<PostgresDatabaseArgs>]>([
    ['identity.name', { identity: { name: 'SvSdk', instance: 's' } }],
    ['database', { database: 'sv-sdk' }],
    ['user', { user: 'postgres' }],
    ['engineVersion', { engineVersion: '9.6' }],
    ['image', { image: 'ghcr.io/cloudnative-pg/postgresql:latest' }],
    ['instanceClass', { instanceClass: 'db.t3.small' }],
    ['replicas', { replicas: -1 }],
    ['storageGb', { storageGb: 0.5 }],
    ['maxConnections', { maxConnections: 5 }],
    ['passwordVersion', { passwordVersion: 0 }],
    ['backupTimes.retentionDays', { backupTimes: { retentionDays: 0, startsAt: '03:00' } }],
    ['backupTimes.startsAt', { backupTimes: { retentionDays: 1, startsAt: '3 am' } }],
    ['clients', { clients: [] }],
  ])('%s', (path, wrong) => {
    const message = messageOf(() => new PostgresDatabase('d', { ...small, ...wrong }));
    expect(message.split('\n').slice(1)).toEqual([expect.stringContaining(`  ${path}: `)]);
  });

  test('all in one message', () => {
    const wrong = { ...small, database: '', user: '', instanceClass: '', replicas: 99, clients: [] };
    expect(messageOf(() => new PostgresDatabase('d', wrong)).split('\n')).toHaveLength(6);
  });
});
