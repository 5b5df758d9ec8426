import { rotationPolicy } from '../../../../components/aws/relational/rotation/policy';
import { urlOf } from '../../../../components/aws/relational/engine';
import { all, one } from '../../recorded';
import { auroraArgs, enterprise, recordAurora, recordRds, small } from './given';

const VERSION = 'aws:secretsmanager/secretVersion:SecretVersion';
const SECRET = 'aws:secretsmanager/secret:Secret';
const PASSWORD = 'random:index/randomPassword:RandomPassword';

describe('without a rotation the program owns the password', () => {
  test('it counts by its version, and every secret has its value from here', async () => {
    const recording = await recordRds(small);
    expect(one(recording, PASSWORD).inputs).toEqual({ length: 40, special: false, keepers: { version: '1' } });
    expect(all(recording, SECRET).map(({ name }) => name)).toEqual([
      'shop-prod-database-password',
      'shop-prod-database-primary-url',
    ]);
    expect(all(recording, VERSION).map(({ inputs }) => inputs.secretString)).toEqual(['<secret>', '<secret>']);
    expect(all(recording, 'aws:lambda/function:Function')).toEqual([]);
    const next = await recordRds({ ...small, passwordVersion: 2 });
    expect(one(next, PASSWORD).inputs.keepers).toEqual({ version: '2' });
  });

  test('each region’s readers have a URL, and every region a copy of all', async () => {
    const secrets = all(await recordRds(enterprise), SECRET);
    expect(secrets.map(({ name }) => name).sort()).toEqual([
      'shop-prod-database-password',
      'shop-prod-database-primary-url',
      'shop-prod-database-readers-us-east-1-url',
      'shop-prod-database-readers-us-west-2-url',
    ]);
    for (const { inputs, protect } of secrets) {
      expect(inputs.replicas).toEqual([{ region: 'us-west-2' }]);
      expect(protect).toBe(true);
    }
  });
});

describe('with a rotation the function owns it', () => {
  const rotating = { ...small, rotationDays: 30 };

  test('the program writes no value, and no later update puts an old password back', async () => {
    const recording = await recordRds(rotating);
    expect(all(recording, VERSION)).toEqual([]);
    expect(one(recording, 'aws:rds/instance:Instance').ignoreChanges).toContain('password');
    expect(one(recording, PASSWORD).inputs.keepers).toEqual({ owner: 'rotation' });
    expect(one(recording, 'aws:secretsmanager/secretRotation:SecretRotation').inputs).toMatchObject({
      secretId: '<unknown:shop-prod-database-password.arn>',
      rotationRules: { automaticallyAfterDays: 30 },
      rotateImmediately: false,
    });
  });

  test('the secrets are the same resources in both ways, so changing over replaces none', async () => {
    const urns = async (args: typeof small) => all(await recordRds(args), SECRET).map(({ urn }) => urn);
    expect(await urns(rotating)).toEqual(await urns(small));
  });

  test('what the function is told has the place of the password, and never the password', async () => {
    const recording = await recordRds(rotating);
    const { inputs } = one(recording, 'aws:lambda/function:Function');
    const { variables } = inputs.environment as { variables: Record<string, string> };
    expect(variables).toMatchObject({ DATABASE_KIND: 'instance', PASSWORD_LENGTH: '40' });
    expect(variables.TARGETS).not.toBe('<secret>');
    expect(JSON.stringify(one(recording, 'aws:lambda/invocation:Invocation').inputs)).not.toContain('<secret>');
    expect(inputs).toMatchObject({ runtime: 'python3.13', handler: 'rotate.handler', timeout: 900 });
  });

  test('while a database is imported its password stays', async () => {
    const recording = await recordRds({ ...rotating, adopted: { id: 'old', imported: false } });
    expect(all(recording, 'aws:lambda/invocation:Invocation')).toEqual([]);
    expect(all(recording, VERSION)).toEqual([]);
  });

  test('the function may change one database and write its own secrets', () => {
    const { Statement } = rotationPolicy(['arn:a', 'arn:b'], 'arn:db', 'arn:log');
    const everywhere = Statement.filter(({ Resource }) => Resource.includes('*'));
    expect(everywhere.map(({ Action }) => Action)).toEqual([['secretsmanager:GetRandomPassword']]);
    expect(Statement.find(({ Action }) => Action.includes('rds:ModifyDBInstance'))?.Resource).toEqual(['arn:db']);
  });
});

test('URLs demand TLS', () => {
  const to = { user: 'shop', password: 'p', host: 'h', port: 5432, name: 'shop' };
  expect(urlOf('postgres', to)).toBe('postgres://shop:p@h:5432/shop?sslmode=require');
  expect(urlOf('mysql', { ...to, port: 3306 })).toBe('mysql://shop:p@h:3306/shop?ssl-mode=REQUIRED');
});

describe('Aurora', () => {
  test('a writer, a reader that is always there, and up to five by their CPU', async () => {
    const recording = await recordAurora(auroraArgs);
    const members = all(recording, 'aws:rds/clusterInstance:ClusterInstance');
    expect(members.map(({ inputs, protect }) => [inputs.availabilityZone, inputs.promotionTier, protect])).toEqual([
      ['us-east-1a', 0, true],
      ['us-east-1b', 1, false],
    ]);
    expect(members[1]!.dependsOn).toContain(members[0]!.urn);
    expect(one(recording, 'aws:appautoscaling/target:Target').inputs).toMatchObject({ minCapacity: 1, maxCapacity: 5 });
    expect(one(recording, 'aws:appautoscaling/policy:Policy').inputs.targetTrackingScalingPolicyConfiguration).toEqual({
      predefinedMetricSpecification: { predefinedMetricType: 'RDSReaderAverageCPUUtilization' },
      targetValue: 70,
      scaleInCooldown: 300,
      scaleOutCooldown: 300,
    });
  });

  test('a cluster with the same protections, whose size is nothing of its own', async () => {
    const recording = await recordAurora({ ...auroraArgs, rotationDays: 30 });
    const cluster = one(recording, 'aws:rds/cluster:Cluster');
    expect(cluster.protect).toBe(true);
    expect(cluster.ignoreChanges).toEqual(['masterPassword']);
    expect(cluster.inputs).toMatchObject({
      engine: 'aurora-postgresql',
      storageEncrypted: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      backupRetentionPeriod: 7,
      preferredBackupWindow: '03:00-03:30',
      preferredMaintenanceWindow: 'sun:05:00-sun:06:00',
    });
    expect(cluster.inputs).not.toHaveProperty('allocatedStorage');
    expect(cluster.inputs).not.toHaveProperty('manageMasterUserPassword');
    expect(one(recording, 'aws:rds/clusterParameterGroup:ClusterParameterGroup').inputs).toMatchObject({
      family: 'aurora-postgresql17',
      parameters: expect.arrayContaining([
        { name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' },
      ]) as unknown,
    });
  });

  test('a fixed number of readers is not scaled, and a standby is a reader', async () => {
    const fixed = { ...auroraArgs, standby: true, replicas: { min: 0, max: 0, perFurtherRegion: 0 } };
    const recording = await recordAurora(fixed);
    expect(all(recording, 'aws:rds/clusterInstance:ClusterInstance')).toHaveLength(2);
    expect(all(recording, 'aws:appautoscaling/target:Target')).toEqual([]);
  });

  test('what it cannot run is refused', async () => {
    const wrong = { ...auroraArgs, engine: 'mysql', instanceClass: 'db.m5.large', insightsDays: 0 } as const;
    await expect(recordAurora(wrong)).rejects.toThrow(
      /engine: "mysql" is not[\s\S]*Aurora does not run on db\.m5\.large/,
    );
    const open = { ...auroraArgs, replicas: { min: 1, max: 16, perFurtherRegion: 0 } };
    await expect(recordAurora(open)).rejects.toThrow(/replicas\.cpuPercent[\s\S]*more than the 15 readers/);
  });
});
