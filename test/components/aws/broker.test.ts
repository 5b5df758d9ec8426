import { record } from '../../../cli/offline/recorder';
import { BrokerReplicationGroup, type BrokerReplicationGroupArgs } from '../../../components/aws/broker/broker';
import { all, messageOf, one } from '../recorded';

const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';

const small: BrokerReplicationGroupArgs = {
  region: 'us-east-1',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  clientSecurityGroupIds: { services: 'sg-services' },
  engineVersion: '8.0',
  nodeType: 'cache.t3.micro',
  replicas: 0,
  port: 6379,
  snapshotRetentionDays: 7,
  finalSnapshot: true,
  recoveryDays: 30,
  protect: true,
};
const recordBroker = (change: Partial<BrokerReplicationGroupArgs> = {}) =>
  record(() => ({ host: new BrokerReplicationGroup('shop-broker', { ...small, ...change }).host }));

test('one unsharded node that never drops a job, with TLS and a token', async () => {
  const recording = await recordBroker();
  const group = one(recording, GROUP);
  expect(group.protect).toBe(true);
  expect(group.inputs).toMatchObject({
    engine: 'valkey',
    clusterMode: 'disabled',
    numCacheClusters: 1,
    automaticFailoverEnabled: false,
    multiAzEnabled: false,
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    atRestEncryptionEnabled: true,
    authToken: '<secret>',
    snapshotRetentionLimit: 7,
    autoMinorVersionUpgrade: false,
  });
  for (const key of ['numNodeGroups', 'replicasPerNodeGroup']) expect(group.inputs).not.toHaveProperty(key);
  expect(one(recording, 'aws:elasticache/parameterGroup:ParameterGroup').inputs).toMatchObject({
    family: 'valkey8',
    parameters: [{ name: 'maxmemory-policy', value: 'noeviction' }],
  });
  expect(recording.outputs.host).toBe('<unknown:shop-broker.primaryEndpointAddress>');
});

test('grown, it is the same broker: bigger nodes and a copy that takes over', async () => {
  const before = one(await recordBroker(), GROUP);
  const after = one(await recordBroker({ nodeType: 'cache.r5.large', replicas: 1 }), GROUP);
  expect(after.urn).toBe(before.urn);
  const changed = Object.keys(after.inputs).filter(
    (key) => JSON.stringify(after.inputs[key]) !== JSON.stringify(before.inputs[key]),
  );
  expect(changed.sort()).toEqual(['automaticFailoverEnabled', 'multiAzEnabled', 'nodeType', 'numCacheClusters']);
});

test('its clients alone reach it, and its URL is a secret', async () => {
  const recording = await recordBroker();
  const rules = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
  expect(rules.map(({ inputs }) => [inputs.referencedSecurityGroupId, inputs.fromPort])).toEqual([
    ['sg-services', 6379],
  ]);
  expect(one(recording, 'aws:secretsmanager/secretVersion:SecretVersion').inputs.secretString).toBe('<secret>');
});

test('all faults in one message', () => {
  const wrong = {
    ...small,
    engineVersion: '6.2',
    nodeType: 't3.small',
    replicas: 2,
    port: 80,
    snapshotRetentionDays: 36,
    recoveryDays: 1,
    subnetIds: [],
    clientSecurityGroupIds: {},
  };
  const lines = messageOf(() => new BrokerReplicationGroup('x', wrong))
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
    'engineVersion',
    'nodeType',
    'port',
    'snapshotRetentionDays',
    'recoveryDays',
    'subnetIds',
    'clientSecurityGroupIds',
    'replicas',
  ]);
});
