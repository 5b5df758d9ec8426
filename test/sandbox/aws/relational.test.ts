import type { Bag } from '../../../sandbox/model/values';
import { printPath } from '../../../sandbox/server/diff';
import { makeNetwork, TestCloud } from '../cloud';

const INSTANCE = 'aws:rds/instance:Instance';
const CLUSTER = 'aws:rds/cluster:Cluster';
const MEMBER = 'aws:rds/clusterInstance:ClusterInstance';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

/** As Small begins. */
const small: Bag = {
  identifier: 'shop',
  engine: 'postgres',
  engineVersion: '17',
  instanceClass: 'db.t3.small',
  dbName: 'shop',
  username: 'shop',
  password: 'a-password-of-a-test',
  allocatedStorage: 20,
  maxAllocatedStorage: 100,
  storageType: 'gp3',
  storageEncrypted: true,
  multiAz: false,
  availabilityZone: 'us-east-1a',
  backupRetentionPeriod: 7,
  backupWindow: '03:00-03:30',
  maintenanceWindow: 'sun:05:00-sun:06:00',
  allowMajorVersionUpgrade: true,
  deletionProtection: true,
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: 'shop-final',
};
const replica: Bag = {
  identifier: 'shop-reader',
  replicateSourceDb: 'shop',
  instanceClass: 'db.m5.large',
  storageEncrypted: true,
  skipFinalSnapshot: true,
};
const aurora: Bag = {
  clusterIdentifier: 'shop-aurora',
  engine: 'aurora-postgresql',
  engineVersion: '17',
  databaseName: 'shop',
  masterUsername: 'shop',
  masterPassword: 'a-password-of-a-test',
  storageEncrypted: true,
  skipFinalSnapshot: true,
};
const without = (bag: Bag, ...keys: string[]): Bag =>
  Object.fromEntries(Object.entries(bag).filter(([key]) => !keys.includes(key)));
const changed = (name: string, inputs: Bag): string[] =>
  cloud.diff(name, inputs).map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`);

test('from db.t3.small to db.m5.large with a standby: nothing of it replaces the instance', () => {
  const made = cloud.make(INSTANCE, 'db', small);
  expect(made.id).toMatch(/^db-[A-Z0-9]{26}$/);
  expect(made).toMatchObject({
    address: expect.stringMatching(/^shop\.c[a-z0-9]{11}\.us-east-1\.rds\.amazonaws\.com$/) as string,
    port: 5432,
    engineVersionActual: '17.6',
  });
  const steps: Bag[] = [
    { instanceClass: 'db.t3.medium', allocatedStorage: 50 },
    { instanceClass: 'db.m5.large', allocatedStorage: 100, maxAllocatedStorage: 500 },
    { multiAz: true, monitoringInterval: 60, monitoringRoleArn: 'arn:aws:iam::123456789012:role/aws-service-role/x' },
  ];
  let inputs = small;
  for (const step of steps) {
    inputs = { ...inputs, ...step };
    expect(changed('db', inputs).filter((line) => line.startsWith('replace'))).toEqual([]);
    expect(changed('db', inputs).length).toBe(Object.keys(step).length);
    expect(cloud.change('db', inputs)).toMatchObject({ address: made.address, arn: made.arn });
  }
});

test.each([
  ['availabilityZone', 'us-east-1b'],
  ['dbName', 'other'],
  ['engine', 'mysql'],
  ['storageEncrypted', false],
  ['username', 'other'],
])('another %s is another instance', (key, value) => {
  cloud.make(INSTANCE, 'db', without(small, 'engineVersion'));
  expect(changed('db', { ...without(small, 'engineVersion'), [key]: value })).toEqual([`replace ${key}`]);
});

test.each<[string, Bag, RegExp]>([
  ['a ceiling below 126 % of what is allocated', { maxAllocatedStorage: 25 }, /at least 126 % of the 20 GiB/],
  ['less storage than gp3 has', { allocatedStorage: 10 }, /20 to 65536 GiB/],
  ['windows that meet', { backupWindow: '05:30-06:00' }, /must not overlap/],
  ['enhanced monitoring without a role', { monitoringInterval: 60 }, /MonitoringRoleARN/],
  ['an interval that there is not', { monitoringInterval: 7 }, /one of \[0 1 5/],
  ['a week and a half of Performance Insights', { performanceInsightsRetentionPeriod: 10 }, /retention period 10/],
  ['a managed password beside a given one', { manageMasterUserPassword: true }, /conflicts with manage/],
  ['a short password', { password: 'short' }, /8 to 128/],
  ['a password with a slash', { password: 'with/a/slash' }, /printable ASCII/],
  ['a class that is none', { instanceClass: 't3.small' }, /Invalid DB Instance class/],
  ['too many days of backups', { backupRetentionPeriod: 36 }, /range \(0 - 35\)/],
  [
    'Performance Insights of MySQL on the smallest',
    { engine: 'mysql', engineVersion: '8.4', performanceInsightsEnabled: true },
    /not supported/,
  ],
])('refused: %s', (_, more, reason) => {
  expect(cloud.refusals(INSTANCE, { ...small, ...more }).join('\n')).toMatch(reason);
});

test.each(['password', 'username', 'engine', 'allocatedStorage'])('a primary without %s is refused', (key) => {
  expect(cloud.refusals(INSTANCE, without(small, key)).join()).toMatch(`"${key}": required field is not set`);
});

test('the message of a password that is refused has nothing of it', () => {
  const reasons = cloud.refusals(INSTANCE, { ...small, password: 'with/a/slash' });
  expect(reasons.join()).not.toContain('slash');
});

test('a parameter group of another version is refused', () => {
  cloud.make('aws:rds/parameterGroup:ParameterGroup', 'old', { name: 'old', family: 'postgres16' });
  expect(cloud.refusals(INSTANCE, { ...small, parameterGroupName: 'old' })).toEqual([
    expect.stringContaining('family postgres17'),
  ]);
});

test('a standby is no place to choose a zone', () => {
  expect(() => cloud.make(INSTANCE, 'db', { ...small, multiAz: true })).toThrow(/not valid for Multi-AZ/);
});

describe('storage', () => {
  test('never shrinks', () => {
    cloud.make(INSTANCE, 'db', { ...without(small, 'maxAllocatedStorage'), allocatedStorage: 100 });
    expect(() => cloud.change('db', { ...without(small, 'maxAllocatedStorage'), allocatedStorage: 50 })).toThrow(
      /cannot be reduced from 100 to 50/,
    );
  });

  test('over four volumes has a speed of its own, which must be said when it gets there', () => {
    const [less, more] = [small, { ...small, allocatedStorage: 400, maxAllocatedStorage: 1000 }];
    cloud.make(INSTANCE, 'db', less);
    expect(() => cloud.change('db', more)).toThrow(/Invalid iops value for engine name postgres and storage type gp3/);
    cloud.change('db', { ...more, iops: 12_000, storageThroughput: 500 });
    expect(cloud.refusals(INSTANCE, { ...less, iops: 12_000 }).join()).toMatch(/storage size less than 400/);
  });

  test('that has grown by itself is no difference, after a refresh too', () => {
    cloud.make(INSTANCE, 'db', small);
    const record = cloud.store.list().find(({ type }) => type === INSTANCE)!;
    cloud.store.put({ ...record, inputs: { ...record.inputs, allocatedStorage: 60 } });
    cloud.refresh('db');
    expect(cloud.of('db').inputs.allocatedStorage).toBe(60);
    expect(changed('db', small)).toEqual([]);
    expect(changed('db', { ...small, allocatedStorage: 80, maxAllocatedStorage: 200 })).toEqual(
      expect.arrayContaining(['change allocatedStorage']),
    );
  });
});

describe('versions', () => {
  test('go up, and major ones by leave only', () => {
    cloud.make(INSTANCE, 'db', { ...small, engineVersion: '16.4' });
    const held = { ...small, allowMajorVersionUpgrade: false };
    expect(() => cloud.change('db', held)).toThrow(/AllowMajorVersionUpgrade/);
    expect(cloud.change('db', small)).toMatchObject({ engineVersionActual: '17.6' });
    expect(() => cloud.change('db', { ...small, engineVersion: '16' })).toThrow(/Cannot upgrade/);
  });
});

describe('replicas', () => {
  test('take what they hold from the primary, which counts them', () => {
    cloud.make(INSTANCE, 'db', small);
    expect(cloud.make(INSTANCE, 'reader', replica)).toMatchObject({ engine: 'postgres', username: 'shop', port: 5432 });
    expect(cloud.refresh('db')?.outputs.replicas).toEqual(['shop-reader']);
  });

  test('and a password that RDS manages refuse each other, from either side', () => {
    const managed = { ...without(small, 'password'), manageMasterUserPassword: true };
    cloud.make(INSTANCE, 'managed', managed);
    expect(() => cloud.make(INSTANCE, 'reader', replica)).toThrow(/cannot manage and rotate/);
    cloud.make(INSTANCE, 'db', { ...small, identifier: 'other' });
    cloud.make(INSTANCE, 'other-reader', { ...replica, identifier: 'other-reader', replicateSourceDb: 'other' });
    expect(() => cloud.change('db', { ...managed, identifier: 'other' })).toThrow(/cannot manage and rotate/);
  });

  test.each<[string, Bag, Bag, RegExp]>([
    ['of a primary without backups', { backupRetentionPeriod: 0 }, {}, /backups are not enabled/],
    ['with a subnet group of their own beside the primary', {}, { dbSubnetGroupName: 'group' }, /source’s own/],
    ['with a user of their own', {}, { username: 'x' }, /conflicts with replicateSourceDb/],
    ['with blue/green updates', {}, { blueGreenUpdate: { enabled: true } }, /cannot be set/],
    ['of nobody', {}, { replicateSourceDb: 'nobody' }, /DBInstanceNotFound/],
  ])('are refused: %s', (_, of, more, reason) => {
    const { subnets } = makeNetwork(cloud);
    cloud.make('aws:rds/subnetGroup:SubnetGroup', 'group', { name: 'group', subnetIds: subnets });
    cloud.make(INSTANCE, 'db', { ...small, ...of });
    expect(() => cloud.make(INSTANCE, 'reader', { ...replica, ...more })).toThrow(reason);
  });

  test('in another region need a key there, and their source by its ARN', () => {
    const { arn } = cloud.make(INSTANCE, 'db', small);
    const away = { ...replica, region: 'us-west-2' };
    expect(() => cloud.make(INSTANCE, 'reader', away)).toThrow(/named by its ARN/);
    expect(() => cloud.make(INSTANCE, 'reader', { ...away, replicateSourceDb: arn! })).toThrow(
      /KMS key of its own region/,
    );
  });

  test('keep the primary from a blue/green update, and from losing its backups', () => {
    cloud.make(INSTANCE, 'db', { ...small, blueGreenUpdate: { enabled: true } });
    cloud.make(INSTANCE, 'reader', replica);
    const next = { ...small, instanceClass: 'db.m5.large' };
    expect(() => cloud.change('db', { ...next, blueGreenUpdate: { enabled: true } })).toThrow(/Low-downtime/);
    expect(() => cloud.change('db', { ...next, backupRetentionPeriod: 0 })).toThrow(/cannot be turned off/);
    expect(() => cloud.change('db', next)).not.toThrow();
  });
});

describe('leaving', () => {
  test('a protected instance stays; without protection it leaves a last snapshot, whose name is used once', () => {
    cloud.make(INSTANCE, 'db', small);
    expect(() => cloud.delete('db')).toThrow(/Cannot delete protected/);
    cloud.change('db', { ...small, deletionProtection: false });
    cloud.delete('db');
    expect(cloud.store.leftBehind()).toMatchObject([{ kind: 'snapshot', name: 'shop-final' }]);
    cloud.make(INSTANCE, 'db', { ...small, deletionProtection: false });
    expect(() => cloud.delete('db')).toThrow(/DBSnapshotAlreadyExists/);
  });

  test('a last snapshot needs a name', () => {
    cloud.make(INSTANCE, 'db', { ...without(small, 'finalSnapshotIdentifier'), deletionProtection: false });
    expect(() => cloud.delete('db')).toThrow(/final_snapshot_identifier is required/);
  });

  test('what an instance stands on cannot go before it', () => {
    const { subnets, group } = makeNetwork(cloud);
    cloud.make('aws:rds/subnetGroup:SubnetGroup', 'subnets', { name: 'subnets', subnetIds: subnets });
    cloud.make('aws:rds/parameterGroup:ParameterGroup', 'parameters', { name: 'parameters', family: 'postgres17' });
    const on = { dbSubnetGroupName: 'subnets', parameterGroupName: 'parameters', vpcSecurityGroupIds: [group] };
    cloud.make(INSTANCE, 'db', { ...small, ...on, deletionProtection: false });
    for (const name of ['subnets', 'parameters', 'balancer-group', 'public-a']) {
      expect(() => cloud.delete(name)).toThrow(/uses it/);
    }
  });
});

describe('Aurora', () => {
  const member = { clusterIdentifier: 'shop-aurora', engine: 'aurora-postgresql', instanceClass: 'db.r6g.large' };

  test('a cluster, its writer and its readers', () => {
    expect(cloud.make(CLUSTER, 'cluster', aurora)).toMatchObject({
      endpoint: expect.stringMatching(/^shop-aurora\.cluster-c[a-z0-9]{11}\.us-east-1/) as string,
      readerEndpoint: expect.stringMatching(/^shop-aurora\.cluster-ro-c/) as string,
    });
    expect(cloud.make(MEMBER, 'one', { ...member, identifier: 'one' }).writer).toBe(true);
    expect(cloud.make(MEMBER, 'two', { ...member, identifier: 'two' }).writer).toBe(false);
    expect(cloud.refresh('cluster')?.outputs.clusterMembers).toEqual(['one', 'two']);
    expect(() => cloud.delete('cluster')).toThrow(/InvalidDBClusterStateFault/);
    expect(changed('one', { ...member, identifier: 'one', instanceClass: 'db.r6g.xlarge' })).toEqual([
      'change instanceClass',
    ]);
  });

  test.each(['databaseName', 'masterUsername', 'kmsKeyId', 'clusterIdentifier'])(
    'another %s is another cluster',
    (key) => {
      cloud.make('aws:kms/key:Key', 'key', {});
      cloud.make(CLUSTER, 'cluster', aurora);
      const value = key === 'kmsKeyId' ? cloud.of('key').id : 'other';
      expect(changed('cluster', { ...aurora, [key]: value })).toEqual([`replace ${key}`]);
    },
  );

  test('classes that Aurora has not are refused, and an engine that is not the cluster’s', () => {
    cloud.make(CLUSTER, 'cluster', aurora);
    expect(cloud.refusals(MEMBER, { ...member, instanceClass: 'db.m5.large' })).toEqual([
      expect.stringContaining('DBInstanceClass=db.m5.large'),
    ]);
    expect(() => cloud.make(MEMBER, 'one', { ...member, engine: 'aurora-mysql' })).toThrow(/engine/);
  });

  test('readers are scaled between two numbers, of a cluster that is there', () => {
    const target = {
      serviceNamespace: 'rds',
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      resourceId: 'cluster:shop-aurora',
      minCapacity: 1,
      maxCapacity: 5,
    };
    const type = 'aws:appautoscaling/target:Target';
    expect(() => cloud.make(type, 'target', target)).toThrow(/does not exist/);
    cloud.make(CLUSTER, 'cluster', aurora);
    expect(cloud.refusals(type, { ...target, minCapacity: 6 })).toEqual([expect.stringContaining('above maximum')]);
    cloud.make(type, 'target', target);
    expect(changed('target', { ...target, maxCapacity: 9 })).toEqual(['change maxCapacity']);
  });
});

test('a rotation needs a function that Secrets Manager may call', () => {
  cloud.make('aws:iam/role:Role', 'role', { assumeRolePolicy: '{}' });
  const role = cloud.of('role').outputs.arn as string;
  const code = { handler: 'a.b', runtime: 'python3.13', role, code: { archive: 'x' }, name: 'rotate' };
  const { arn } = cloud.make('aws:lambda/function:Function', 'function', code);
  const secret = cloud.make('aws:secretsmanager/secret:Secret', 'secret', { name: 'secret' });
  const rotation = { secretId: secret.id, rotationLambdaArn: arn!, rotationRules: { automaticallyAfterDays: 30 } };
  const type = 'aws:secretsmanager/secretRotation:SecretRotation';
  expect(() => cloud.make(type, 'rotation', rotation)).toThrow(/cannot invoke/);
  const permission = { function: 'rotate', action: 'lambda:InvokeFunction', principal: 'secretsmanager.amazonaws.com' };
  cloud.make('aws:lambda/permission:Permission', 'permission', permission);
  expect(() => cloud.make(type, 'rotation', rotation)).not.toThrow();
});

test('an unsharded group stays unsharded, and gets a replica in place', () => {
  const type = 'aws:elasticache/replicationGroup:ReplicationGroup';
  const broker: Bag = {
    description: 'broker',
    engine: 'valkey',
    engineVersion: '8.0',
    nodeType: 'cache.t3.small',
    clusterMode: 'disabled',
    numCacheClusters: 1,
    automaticFailoverEnabled: false,
    transitEncryptionEnabled: true,
  };
  const made = cloud.make(type, 'broker', broker);
  expect(made.primaryEndpointAddress).toMatch(/^master\./);
  const two = { ...broker, numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true };
  expect(changed('broker', two).filter((line) => line.startsWith('replace'))).toEqual([]);
  expect(cloud.change('broker', two).primaryEndpointAddress).toBe(made.primaryEndpointAddress);
  const sharded = {
    ...without(two, 'numCacheClusters'),
    clusterMode: 'enabled',
    numNodeGroups: 2,
    replicasPerNodeGroup: 1,
  };
  expect(() => cloud.change('broker', sharded)).toThrow(/Cluster mode/);
});

test('what the server reads at its start alone cannot be applied at once', () => {
  const refusals = (family: string, parameter: Bag) =>
    cloud.refusals('aws:rds/parameterGroup:ParameterGroup', { family, parameters: [{ value: '1', ...parameter }] });
  const replication = { name: 'rds.logical_replication' };
  expect(refusals('postgres17', replication).join()).toMatch(/immediate apply method for static parameter/);
  expect(refusals('postgres14', { name: 'rds.force_ssl', applyMethod: 'immediate' })).toHaveLength(1);
  expect(refusals('postgres17', { name: 'rds.force_ssl' })).toEqual([]);
  expect(refusals('postgres17', { ...replication, applyMethod: 'pending-reboot' })).toEqual([]);
});
