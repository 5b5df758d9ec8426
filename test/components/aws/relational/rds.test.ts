import { RdsDatabase } from '../../../../components/aws/relational/rds-database';
import { all, messageOf, one } from '../../recorded';
import { enterprise, recordRds, small } from './given';

const INSTANCE = 'aws:rds/instance:Instance';
const GROUP = 'aws:rds/parameterGroup:ParameterGroup';

test('one small instance: private, encrypted, watched, kept', async () => {
  const recording = await recordRds(small);
  const primary = one(recording, INSTANCE);
  expect(primary.protect).toBe(true);
  expect(primary.ignoreChanges).toEqual(['availabilityZone']);
  expect(primary.inputs).toEqual({
    region: 'us-east-1',
    identifier: 'shop-prod-database-<unknown:shop-prod-database-own.hex>',
    engine: 'postgres',
    engineVersion: '17',
    instanceClass: 'db.t3.small',
    dbName: 'shop',
    username: 'shop',
    password: '<secret>',
    port: 5432,
    allocatedStorage: 20,
    maxAllocatedStorage: 100,
    storageType: 'gp3',
    storageEncrypted: true,
    publiclyAccessible: false,
    multiAz: false,
    availabilityZone: 'us-east-1a',
    iamDatabaseAuthenticationEnabled: true,
    caCertIdentifier: 'rds-ca-rsa2048-g1',
    dbSubnetGroupName: '<unknown:shop-prod-database.name>',
    vpcSecurityGroupIds: ['<unknown:shop-prod-database.id>'],
    parameterGroupName: '<unknown:shop-prod-database.name>',
    enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    backupRetentionPeriod: 7,
    backupWindow: '03:00-03:30',
    maintenanceWindow: 'sun:05:00-sun:06:00',
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: true,
    applyImmediately: true,
    monitoringInterval: 60,
    monitoringRoleArn: '<unknown:shop-prod-database-monitoring.arn>',
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 7,
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: 'shop-prod-database-final-<unknown:shop-prod-database-own.hex>',
    tags: { System: 'shop' },
  });
});

test.each([
  [399, undefined, undefined],
  [400, 12_000, 500],
])('storage of %i GiB says its speed where it has one of its own', async (initialGb, iops, storageThroughput) => {
  const { inputs } = one(await recordRds({ ...small, storage: { initialGb, maxGb: 1000, freePercent: 20 } }), INSTANCE);
  expect([inputs.iops, inputs.storageThroughput]).toEqual([iops, storageThroughput]);
});

test('grown to a standby, replicas and another region: the primary changes by nothing that would replace it', async () => {
  const before = one(await recordRds(small), INSTANCE);
  const recording = await recordRds(enterprise);
  const [after, ...replicas] = all(recording, INSTANCE);
  expect(after!.urn).toBe(before.urn);
  const changed = Object.keys({ ...before.inputs, ...after!.inputs }).filter(
    (key) => JSON.stringify(after!.inputs[key]) !== JSON.stringify(before.inputs[key]),
  );
  expect(changed.filter((key) => !after!.ignoreChanges.includes(key)).sort()).toEqual([
    'allocatedStorage',
    'instanceClass',
    'maxAllocatedStorage',
    'multiAz',
  ]);
  expect(replicas.map(({ name, inputs }) => [name, inputs.availabilityZone, inputs.region])).toEqual([
    ['shop-prod-database-readers-1', 'us-east-1b', 'us-east-1'],
    ['shop-prod-database-readers-2', 'us-east-1c', 'us-east-1'],
    ['shop-prod-database-readers-usw2-1', 'us-west-2b', 'us-west-2'],
  ]);
});

test.each([small, enterprise])(
  'no change deletes the instance: it is ready for a green copy, and makes none',
  async (args) => {
    const recording = await recordRds({ ...args, blueGreen: true });
    for (const { inputs } of all(recording, INSTANCE)) expect(inputs).not.toHaveProperty('blueGreenUpdate');
    const [parameters] = all(recording, 'aws:rds/parameterGroup:ParameterGroup');
    expect(JSON.stringify(parameters!.inputs.parameters)).toContain('rds.logical_replication');
  },
);

test('a replica beside the primary takes its subnets; one in another region has a key and a source by ARN', async () => {
  const replicas = all(await recordRds(enterprise), INSTANCE).slice(1);
  expect(replicas[0]!.inputs).toMatchObject({
    replicateSourceDb: 'shop-prod-database-<unknown:shop-prod-database-own.hex>',
    instanceClass: 'db.m5.large',
    storageEncrypted: true,
    skipFinalSnapshot: true,
  });
  for (const key of ['dbSubnetGroupName', 'kmsKeyId', 'password', 'username', 'engine', 'blueGreenUpdate']) {
    expect(replicas[0]!.inputs).not.toHaveProperty(key);
  }
  expect(replicas[2]!.inputs).toMatchObject({
    replicateSourceDb: '<unknown:shop-prod-database.arn>',
    dbSubnetGroupName: '<unknown:shop-prod-database-usw2.name>',
    kmsKeyId: '<unknown:shop-prod-database-usw2.arn>',
  });
});

test('two readers share a private name, one has its own address', async () => {
  const recording = await recordRds(enterprise);
  expect(one(recording, 'aws:route53/zone:Zone').inputs).toMatchObject({
    name: 'shop-prod-database-readers.internal',
    vpcs: [{ vpcId: 'vpc-1', vpcRegion: 'us-east-1' }],
  });
  expect(all(recording, 'aws:route53/record:Record').map(({ inputs }) => inputs)).toEqual(
    ['1', '2'].map((at) => ({
      zoneId: '<unknown:shop-prod-database-readers.zoneId>',
      name: 'all.shop-prod-database-readers.internal',
      type: 'CNAME',
      ttl: 60,
      records: [`<unknown:shop-prod-database-readers-${at}.address>`],
      setIdentifier: at,
      weightedRoutingPolicies: [{ weight: 1 }],
    })),
  );
  expect(recording.outputs.readers).toEqual({
    'us-east-1': '<unknown:shop-prod-database-readers-1.fqdn>',
    'us-west-2': '<unknown:shop-prod-database-readers-usw2-1.address>',
  });
});

test('nobody connects without TLS, and nobody but the clients', async () => {
  const recording = await recordRds({ ...small, clientCidrs: ['10.1.0.0/16'] });
  expect(one(recording, GROUP).inputs).toMatchObject({
    family: 'postgres17',
    // As RDS tells what is the engine's own default: as anything else it would be a difference at every update.
    parameters: expect.arrayContaining([
      { name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' },
    ]) as unknown,
  });
  const rules = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
  expect(rules.map(({ inputs }) => [inputs.referencedSecurityGroupId ?? inputs.cidrIpv4, inputs.fromPort])).toEqual([
    ['10.1.0.0/16', 5432],
    ['sg-services', 5432],
  ]);
  expect(one(recording, 'aws:ec2/securityGroup:SecurityGroup').inputs).not.toHaveProperty('egress');
});

test('MySQL: its own family, TLS, logs and URL', async () => {
  const mysql = { ...small, engine: 'mysql', engineVersion: '8.4', insightsDays: 0, port: 3306 } as const;
  const recording = await recordRds(mysql);
  expect(one(recording, GROUP).inputs).toMatchObject({
    family: 'mysql8.4',
    parameters: expect.arrayContaining([
      { name: 'require_secure_transport', value: 'ON', applyMethod: 'pending-reboot' },
    ]) as unknown,
  });
  expect(one(recording, INSTANCE).inputs.enabledCloudwatchLogsExports).toEqual(['error', 'slowquery']);
});

test('logs are kept as long as ours are, under the names that RDS writes to, and before it writes', async () => {
  const recording = await recordRds(small);
  const groups = all(recording, 'aws:cloudwatch/logGroup:LogGroup');
  expect(groups.map(({ inputs }) => inputs.retentionInDays)).toEqual([90, 90]);
  expect(groups.map(({ inputs }) => inputs.name)).toEqual(
    ['postgresql', 'upgrade'].map(
      (log) => `/aws/rds/instance/shop-prod-database-<unknown:shop-prod-database-own.hex>/${log}`,
    ),
  );
  const { dependsOn } = one(recording, INSTANCE);
  for (const { urn } of groups) expect(dependsOn).toContain(urn);
});

test('a proxy stands in front, with TLS on both sides, and clients get its address', async () => {
  const recording = await recordRds({ ...small, proxy: true });
  const proxy = one(recording, 'aws:rds/proxy:Proxy');
  expect(proxy.inputs).toMatchObject({
    engineFamily: 'POSTGRESQL',
    requireTls: true,
    auths: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: '<unknown:shop-prod-database-login.arn>' }],
  });
  expect(one(recording, 'aws:rds/proxyTarget:ProxyTarget').inputs).toMatchObject({
    dbInstanceIdentifier: 'shop-prod-database-<unknown:shop-prod-database-own.hex>',
  });
  expect(recording.outputs.host).toBe('<unknown:shop-prod-database-proxy.endpoint>');
  const into = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule').map(({ name }) => name);
  expect(into).toContain('shop-prod-database-proxy-into-database');
});

describe('adopted', () => {
  test('first: nothing that the program says is said; its logs are its own', async () => {
    const recording = await recordRds({ ...small, adopted: { id: 'old', imported: false } });
    const primary = one(recording, INSTANCE);
    expect(primary.inputs.identifier).toBe('old');
    expect(primary.ignoreChanges).toContain('*');
    expect(all(recording, 'aws:cloudwatch/logGroup:LogGroup')).toEqual([]);
  });

  test('then: all but what would replace it', async () => {
    const { ignoreChanges } = one(await recordRds({ ...small, adopted: { id: 'old', imported: true } }), INSTANCE);
    expect(ignoreChanges).toEqual(expect.arrayContaining(['identifier', 'engine', 'username', 'storageEncrypted']));
    expect(ignoreChanges).not.toEqual(expect.arrayContaining(['instanceClass']));
    expect(ignoreChanges).not.toContain('password');
  });
});

test('all faults in one message', () => {
  const wrong = {
    ...small,
    name: '1shop',
    user: 'rdsadmin',
    engineVersion: 'newest',
    instanceClass: 't3.small',
    port: 80,
    backup: { retentionDays: 0, startsAt: '3:00' },
    maintenance: { day: 8, startsAt: '03:00', hours: 1 },
    replicas: { min: 1, max: 5, perFurtherRegion: 6 },
    storage: { initialGb: 10, maxGb: 12, freePercent: 20 },
    monitoringSeconds: 7,
    insightsDays: 10,
    subnetIds: ['subnet-1'],
    zones: ['us-east-1a'],
    clientSecurityGroupIds: {},
    recoveryDays: 3,
    passwordVersion: 0,
    rotationDays: 2_000,
  };
  const lines = messageOf(() => new RdsDatabase('x', wrong))
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
    'name',
    'user',
    'engineVersion',
    'instanceClass',
    'port',
    'replicas.perFurtherRegion',
    'backup.retentionDays',
    'backup.startsAt',
    'maintenance.day',
    'maintenance',
    'monitoringSeconds',
    'insightsDays',
    'subnetIds',
    'zones',
    'clientSecurityGroupIds',
    'recoveryDays',
    'passwordVersion',
    'rotationDays',
    'storage.initialGb',
    'storage.maxGb',
    'storage.maxGb',
    'replicas.max',
  ]);
  expect(messageOf(() => new RdsDatabase('x', { ...small, storage: { ...small.storage, maxGb: 25 } }))).toContain(
    'storage.maxGb: 25 must be at least 126 % of storage.initialGb (20)',
  );
});
