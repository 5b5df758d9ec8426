import { record } from '../../../cli/offline/recorder';
import { editionOf, isTier } from '../../../components/gcp/relational/machine';
import { CloudSql, type CloudSqlArgs } from '../../../components/gcp/relational/cloud-sql';
import { all, messageOf, one } from '../recorded';
import { joinedNetwork, projectId } from './given';

const type = 'gcp:sql/databaseInstance:DatabaseInstance';
const given = (args: Partial<CloudSqlArgs> = {}): CloudSqlArgs => {
  const { network, privateServices } = joinedNetwork();
  return {
    projectId,
    region: 'us-central1',
    zones: ['us-central1-a', 'us-central1-b', 'us-central1-c'],
    network,
    privateServices,
    engine: 'postgres',
    engineVersion: '17',
    tier: 'db-custom-2-8192',
    database: 'shop',
    user: 'shop',
    standby: false,
    readers: { min: 0, max: 0, further: [] },
    storage: { initialGb: 20, maxGb: 100 },
    backup: { retentionDays: 14, startsAt: '03:00' },
    maintenance: { day: 7, hour: 4 },
    insights: true,
    maxConnections: 500,
    passwordVersion: 1,
    deletionProtection: true,
    finalBackup: true,
    recoveryDays: 30,
    protect: true,
    labels: { system: 'shop' },
    ...args,
  };
};
const made = (args: Partial<CloudSqlArgs> = {}) =>
  record(() => {
    const database = new CloudSql('shop-prod-sql', given(args));
    return {
      url: database.url.value,
      readers: Object.keys(database.readers),
      hosts: Object.values(database.readers).map(({ host }) => host),
    };
  });
const settingsOf = (resource: { inputs: Record<string, unknown> }) =>
  resource.inputs.settings as Record<string, unknown>;

test('a private address, TLS, copies and any moment, and refusals to be deleted', async () => {
  const recording = await made();
  const instance = one(recording, type);
  expect(instance.inputs).toMatchObject({
    region: 'us-central1',
    databaseVersion: 'POSTGRES_17',
    deletionProtection: true,
    settings: {
      tier: 'db-custom-2-8192',
      edition: 'ENTERPRISE',
      availabilityType: 'ZONAL',
      diskSize: 20,
      diskAutoresize: true,
      diskAutoresizeLimit: 100,
      deletionProtectionEnabled: true,
      ipConfiguration: { ipv4Enabled: false, privateNetwork: '<unknown:net.id>', sslMode: 'ENCRYPTED_ONLY' },
      backupConfiguration: {
        enabled: true,
        startTime: '03:00',
        pointInTimeRecoveryEnabled: true,
        transactionLogRetentionDays: 7,
        backupRetentionSettings: { retainedBackups: 14, retentionUnit: 'COUNT' },
      },
      maintenanceWindow: { day: 7, hour: 4, updateTrack: 'stable' },
      finalBackupConfig: { enabled: true, retentionDays: 30 },
      retainBackupsOnDelete: true,
      insightsConfig: { queryInsightsEnabled: true },
    },
  });
  expect(settingsOf(instance).databaseFlags).toContainEqual({ name: 'max_connections', value: '500' });
  expect([instance.protect, instance.dependsOn.join().includes('servicenetworking/connection')]).toEqual([true, true]);
  // What it has grown to, and where it has failed over to, is left alone.
  expect(instance.ignoreChanges).toEqual(['settings.diskSize', 'settings.locationPreference']);
});

test('without a last copy nothing is said of one: Cloud SQL tells nothing of what is off', async () => {
  const primary = all(await made({ finalBackup: false }), type).find(({ name }) => name === 'shop-prod-sql')!;
  expect(settingsOf(primary)).toMatchObject({ retainBackupsOnDelete: false });
  expect(settingsOf(primary)).not.toHaveProperty('finalBackupConfig');
});

test('the URL is in Secret Manager, with TLS, and the password apart', async () => {
  const recording = await made();
  const versions = all(recording, 'gcp:secretmanager/secretVersion:SecretVersion').map(({ name }) => name);
  expect(versions).toEqual(['shop-prod-sql-password', 'shop-prod-sql-url']);
  const words = one(recording, 'random:index/randomPassword:RandomPassword').inputs;
  expect(words).toEqual({ length: 32, special: false, keepers: { version: '1' } });
  expect(recording.outputs.url).toBe('<secret>');
});

test('small to enterprise changes machine, standby, disk and readers of the one instance, and adds readers', async () => {
  const small = await made();
  const grown = await made({
    tier: 'db-custom-4-16384',
    standby: true,
    storage: { initialGb: 200, maxGb: 1_000 },
    readers: { min: 2, max: 2, further: [{ region: 'us-west1', code: 'usw1' }] },
  });
  const [before] = all(small, type);
  const [after, ...readers] = all(grown, type);
  const { settings: old, ...rest } = before!.inputs;
  expect(after!.inputs).toEqual({
    ...rest,
    settings: {
      ...(old as object),
      tier: 'db-custom-4-16384',
      availabilityType: 'REGIONAL',
      diskSize: 200,
      diskAutoresizeLimit: 1_000,
    },
  });
  expect(readers.map(({ name, inputs }) => [name, inputs.region, inputs.instanceType])).toEqual([
    ['shop-prod-sql-read-0', 'us-central1', 'READ_REPLICA_INSTANCE'],
    ['shop-prod-sql-read-1', 'us-central1', 'READ_REPLICA_INSTANCE'],
    ['shop-prod-sql-read-usw1', 'us-west1', 'READ_REPLICA_INSTANCE'],
  ]);
  expect(readers.map((reader) => settingsOf(reader).locationPreference)).toEqual([
    { zone: 'us-central1-b' },
    { zone: 'us-central1-c' },
    undefined,
  ]);
  for (const reader of readers) {
    expect([reader.protect, reader.inputs.masterInstanceName]).toEqual([true, '<unknown:shop-prod-sql.name>']);
    expect(settingsOf(reader)).not.toHaveProperty('backupConfiguration');
  }
});

test('several readers have one name that the network alone knows; the other region has its own', async () => {
  const recording = await made({ readers: { min: 2, max: 2, further: [{ region: 'us-west1', code: 'usw1' }] } });
  expect(one(recording, 'gcp:dns/managedZone:ManagedZone').inputs).toMatchObject({
    dnsName: 'shop-prod-sql.internal.',
    visibility: 'private',
    privateVisibilityConfig: { networks: [{ networkUrl: '<unknown:net.id>' }] },
  });
  expect(one(recording, 'gcp:dns/recordSet:RecordSet').inputs).toMatchObject({
    name: 'read.shop-prod-sql.internal.',
    type: 'A',
    rrdatas: ['<unknown:shop-prod-sql-read-0.privateIpAddress>', '<unknown:shop-prod-sql-read-1.privateIpAddress>'],
  });
  expect(recording.outputs).toMatchObject({
    readers: ['us-central1', 'us-west1'],
    hosts: ['read.shop-prod-sql.internal', '<unknown:shop-prod-sql-read-usw1.privateIpAddress>'],
  });
});

test('one to five readers by CPU are a pool of the edition that has pools, and its autoscaler owns its size', async () => {
  const readers = { min: 1, max: 5, cpuPercent: 70, further: [] };
  const recording = await made({ tier: 'db-perf-optimized-N-2', readers });
  const [primary, pool, ...more] = all(recording, type);
  expect(more).toEqual([]);
  expect(settingsOf(primary!)).toMatchObject({
    edition: 'ENTERPRISE_PLUS',
    backupConfiguration: { transactionLogRetentionDays: 14 },
  });
  expect(pool!.inputs).toMatchObject({ instanceType: 'READ_POOL_INSTANCE', nodeCount: 1 });
  expect(settingsOf(pool!).readPoolAutoScaleConfig).toMatchObject({
    enabled: true,
    minNodeCount: 1,
    maxNodeCount: 5,
    targetMetrics: [{ metric: 'AVERAGE_CPU_UTILIZATION', targetValue: 0.7 }],
  });
  expect(pool!.ignoreChanges).toContain('nodeCount');
  // On the usual edition there is the least of them.
  const fixed = all(await made({ readers }), type).map(({ inputs }) => inputs.instanceType);
  expect(fixed).toEqual([undefined, 'READ_REPLICA_INSTANCE']);
});

test('MySQL has its own way of going back, its own flags, and a user from everywhere', async () => {
  const recording = await made({ engine: 'mysql', engineVersion: '8.4' });
  const instance = one(recording, type);
  expect(instance.inputs.databaseVersion).toBe('MYSQL_8_4');
  const { backupConfiguration } = settingsOf(instance);
  expect(backupConfiguration).toMatchObject({ binaryLogEnabled: true });
  expect(backupConfiguration).not.toHaveProperty('pointInTimeRecoveryEnabled');
  expect(one(recording, 'gcp:sql/user:User').inputs).toMatchObject({ name: 'shop', host: '%' });
});

test('a database that is taken over is imported and not changed, and then changed but never replaced', async () => {
  const first = one(await made({ adopted: { name: 'old-db', imported: false } }), type);
  expect([first.inputs.name, first.importId]).toEqual(['old-db', `projects/${projectId}/instances/old-db`]);
  expect(first.ignoreChanges).toEqual(expect.arrayContaining(['*']));
  const later = one(await made({ adopted: { name: 'old-db', imported: true } }), type);
  expect([later.inputs.name, later.importId]).toEqual(['old-db', '']);
  expect(later.ignoreChanges).toEqual(expect.arrayContaining(['region', 'settings.collation']));
  expect(later.ignoreChanges).not.toContain('*');
});

test('machines and their editions', () => {
  const machines = ['db-g1-small', 'db-custom-1-3840', 'db-custom-2-8192', 'db-perf-optimized-N-4'];
  expect(machines.map((tier) => [isTier(tier), editionOf(tier)])).toEqual([
    [true, 'ENTERPRISE'],
    [true, 'ENTERPRISE'],
    [true, 'ENTERPRISE'],
    [true, 'ENTERPRISE_PLUS'],
  ]);
  const wrong = ['db.t3.small', 'db-custom-3-8192', 'db-custom-2-8000', 'db-custom-2-2048', 'db-custom-2-16384'];
  expect(wrong.map(isTier)).toEqual(wrong.map(() => false));
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    const wrong: Partial<CloudSqlArgs> = {
      zones: [],
      engineVersion: '9.6',
      tier: 'db.t3.small',
      database: 'Shop!',
      user: 'postgres',
      readers: { min: 3, max: 2, cpuPercent: 95, further: [] },
      storage: { initialGb: 5, maxGb: 4 },
      backup: { retentionDays: 0, startsAt: '3 am' },
      maintenance: { day: 0, hour: 24 },
      maxConnections: 1,
      passwordVersion: 0,
    };
    message = messageOf(() => new CloudSql('db', given(wrong)));
  });
  expect(message.split('\n').map((line) => line.replace(/: .*/, '').trim())).toEqual([
    'CloudSql "db" cannot be created:',
    'zones',
    'engineVersion',
    'tier',
    'database',
    'user',
    'readers.max',
    'readers.cpuPercent',
    'storage.initialGb',
    'storage.maxGb',
    'storage.maxGb',
    'backup.retentionDays',
    'backup.startsAt',
    'maintenance.day',
    'maintenance.hour',
    'maxConnections',
    'passwordVersion',
  ]);
});
