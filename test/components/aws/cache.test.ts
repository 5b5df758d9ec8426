import { record } from '../../../cli/offline/recorder';
import { majorVersion } from '../../../components/aws/valkey/arguments';
import { CacheReplicationGroup, type CacheReplicationGroupArgs } from '../../../components/aws/cache/replication-group';
import { all, counts, messageOf, one, parentName } from '../recorded';

const small: CacheReplicationGroupArgs = {
  region: 'us-east-1',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  clientSecurityGroupIds: { api: 'sg-api', worker: 'sg-worker' },
  engineVersion: '8.0',
  nodeType: 'cache.t3.micro',
  shards: 1,
  replicasPerShard: 0,
  port: 6379,
  evictionPolicy: 'allkeys-lru',
  snapshotRetentionDays: 7,
  finalSnapshot: true,
  recoveryDays: 30,
  protect: true,
  tags: { System: 'pulse' },
};
const groupType = 'aws:elasticache/replicationGroup:ReplicationGroup';

function recordCache(change: Partial<CacheReplicationGroupArgs> = {}) {
  return record(() => {
    const cache = new CacheReplicationGroup('pulse-prod-cache', { ...small, ...change });
    return { host: cache.host, port: cache.port, secretArn: cache.secretArn };
  });
}

test('one small node, in cluster mode, with TLS and a token', async () => {
  const recording = await recordCache();
  expect(counts(recording)).toEqual({
    'stackladder:aws:CacheReplicationGroup': 1,
    'stackladder:aws:StoredSecret': 1,
    'aws:ec2/securityGroup:SecurityGroup': 1,
    'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': 2,
    'aws:elasticache/subnetGroup:SubnetGroup': 1,
    'aws:elasticache/parameterGroup:ParameterGroup': 1,
    [groupType]: 1,
    'aws:secretsmanager/secret:Secret': 1,
    'aws:secretsmanager/secretVersion:SecretVersion': 1,
    'random:index/randomPassword:RandomPassword': 1,
    'random:index/randomId:RandomId': 1,
  });
  const group = one(recording, groupType);
  expect(group.protect).toBe(true);
  expect(group.ignoreChanges).toEqual([]);
  expect(parentName(group)).toBe('pulse-prod-cache');
  expect(group.inputs).toEqual({
    region: 'us-east-1',
    description: 'Cache of pulse-prod-cache',
    engine: 'valkey',
    engineVersion: '8.0',
    nodeType: 'cache.t3.micro',
    port: 6379,
    clusterMode: 'enabled',
    numNodeGroups: 1,
    replicasPerNodeGroup: 0,
    automaticFailoverEnabled: true,
    multiAzEnabled: false,
    subnetGroupName: '<unknown:pulse-prod-cache.name>',
    parameterGroupName: '<unknown:pulse-prod-cache.name>',
    securityGroupIds: ['<unknown:pulse-prod-cache.id>'],
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    atRestEncryptionEnabled: true,
    authToken: '<secret>',
    authTokenUpdateStrategy: 'ROTATE',
    snapshotRetentionLimit: 7,
    snapshotWindow: '03:00-04:00',
    maintenanceWindow: 'sun:05:00-sun:06:00',
    finalSnapshotIdentifier: 'pulse-prod-cache-final-<unknown:pulse-prod-cache-final.hex>',
    autoMinorVersionUpgrade: false,
    applyImmediately: true,
    tags: { System: 'pulse' },
  });
  expect(recording.outputs).toEqual({
    host: '<unknown:pulse-prod-cache.configurationEndpointAddress>',
    port: 6379,
    secretArn: '<unknown:pulse-prod-cache-url.arn>',
  });
});

test('a grown cache changes sizes alone: nothing that ElastiCache would replace it for', async () => {
  const before = one(await recordCache(), groupType);
  const after = one(await recordCache({ nodeType: 'cache.r6g.large', shards: 3, replicasPerShard: 2 }), groupType);
  expect(after.urn).toBe(before.urn);
  const changed = Object.keys(after.inputs).filter(
    (key) => JSON.stringify(after.inputs[key]) !== JSON.stringify(before.inputs[key]),
  );
  expect(changed.sort()).toEqual(['multiAzEnabled', 'nodeType', 'numNodeGroups', 'replicasPerNodeGroup']);
  expect(after.inputs).toMatchObject({ multiAzEnabled: true, numNodeGroups: 3, replicasPerNodeGroup: 2 });
});

test('the security group lets the clients in, on the port, and nobody else', async () => {
  const recording = await recordCache({ port: 6380 });
  const group = one(recording, 'aws:ec2/securityGroup:SecurityGroup');
  expect(group.inputs).not.toHaveProperty('ingress');
  expect(group.inputs).not.toHaveProperty('egress');
  const rules = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
  expect(
    rules.map(({ name, inputs }) => [name, inputs.referencedSecurityGroupId, inputs.fromPort, inputs.toPort]),
  ).toEqual([
    ['pulse-prod-cache-from-api', 'sg-api', 6380, 6380],
    ['pulse-prod-cache-from-worker', 'sg-worker', 6380, 6380],
  ]);
  for (const rule of rules) expect(rule.inputs).not.toHaveProperty('cidrIpv4');
});

test('cluster mode and the eviction policy are parameters of the version family', async () => {
  const { inputs } = one(
    await recordCache({ evictionPolicy: 'noeviction' }),
    'aws:elasticache/parameterGroup:ParameterGroup',
  );
  expect(inputs.family).toBe('valkey8');
  expect(inputs.parameters).toEqual([
    { name: 'cluster-enabled', value: 'yes' },
    { name: 'maxmemory-policy', value: 'noeviction' },
  ]);
  expect(majorVersion('7.2')).toBe(7);
});

test('the token has characters that ElastiCache and a URL both take, and the URL is a secret', async () => {
  const recording = await recordCache({ replicaRegions: ['us-west-2'] });
  expect(one(recording, 'random:index/randomPassword:RandomPassword').inputs).toEqual({ length: 64, special: false });
  const secret = one(recording, 'aws:secretsmanager/secret:Secret');
  expect(secret.protect).toBe(true);
  expect(secret.inputs).toMatchObject({ recoveryWindowInDays: 30, replicas: [{ region: 'us-west-2' }] });
  expect(one(recording, 'aws:secretsmanager/secretVersion:SecretVersion').inputs.secretString).toBe('<secret>');
});

test('without a final snapshot there is no name for one; logs are delivered where they are kept', async () => {
  const recording = await recordCache({ finalSnapshot: false, protect: false, logRetentionDays: 14 });
  const group = one(recording, groupType);
  expect(group.inputs).not.toHaveProperty('finalSnapshotIdentifier');
  expect(group.protect).toBe(false);
  expect(one(recording, 'aws:cloudwatch/logGroup:LogGroup').inputs.retentionInDays).toBe(14);
  expect(group.inputs.logDeliveryConfigurations).toEqual(
    ['slow-log', 'engine-log'].map((logType) => ({
      logType,
      logFormat: 'json',
      destinationType: 'cloudwatch-logs',
      destination: '<unknown:pulse-prod-cache.name>',
    })),
  );
});

test('all faults in one message', () => {
  const wrong = {
    ...small,
    engineVersion: '6.2',
    nodeType: 'cache.t1.micro',
    shards: 0,
    replicasPerShard: 6,
    port: 80,
    evictionPolicy: 'lru',
    snapshotRetentionDays: 36,
    recoveryDays: 1,
    subnetIds: ['subnet-1'],
    clientSecurityGroupIds: {},
  };
  expect(
    messageOf(() => new CacheReplicationGroup('c', wrong))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  engineVersion: "6.2" must be a Valkey version that ElastiCache has, e.g. 8.0',
    '  port: 80 must be a whole number from 1024 to 65535',
    '  snapshotRetentionDays: 36 must be a whole number from 0 to 35',
    '  recoveryDays: 1 must be 0 or a whole number from 7 to 30',
    '  subnetIds: replicas need subnets in two zones at least',
    '  clientSecurityGroupIds: a store that nobody may reach is of no use',
    '  nodeType: cache.t1.micro cannot run in cluster mode',
    '  shards: 0 must be a whole number from 1 to 90',
    '  replicasPerShard: 6 must be a whole number from 0 to 5',
    expect.stringMatching(/^ {2}evictionPolicy: "lru" must be one of allkeys-lru, .*noeviction$/),
  ]);
  expect(messageOf(() => new CacheReplicationGroup('c', { ...small, shards: 40, replicasPerShard: 2 }))).toContain(
    'shards: 40 × 3 are more than 90 nodes',
  );
});
