import { dedicated, makeNetwork, TestCloud } from './cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

test('what is in use cannot be deleted, and can once its user is gone', () => {
  const { subnets, group } = makeNetwork(cloud);
  cloud.make('aws:lb/loadBalancer:LoadBalancer', 'lb', { subnets, securityGroups: [group] });
  expect(() => cloud.delete('public-a')).toThrow(/DependencyViolation/);
  expect(() => cloud.delete('balancer-group')).toThrow(/DependencyViolation/);
  expect(() => cloud.delete('net')).toThrow(/DependencyViolation/);
  expect(() => cloud.delete('gateway')).toThrow(/mapped public address/);
  for (const name of ['lb', 'public-a', 'public-b', 'balancer-group', 'gateway', 'net']) cloud.delete(name);
  expect(cloud.store.list()).toEqual([]);
});

test('a NAT gateway keeps its address and the internet gateway', () => {
  const { subnets } = makeNetwork(cloud);
  const address = cloud.make('aws:ec2/eip:Eip', 'address', {});
  const nat = cloud.make('aws:ec2/natGateway:NatGateway', 'nat', {
    subnetId: subnets[0] ?? '',
    allocationId: address.id,
  });
  expect(nat.publicIp).toBe(address.publicIp);
  expect(() => cloud.delete('address')).toThrow(/InvalidIPAddress.InUse/);
  expect(() => cloud.delete('gateway')).toThrow(/mapped public address/);
});

test('a rule in another group holds the group that it names; a group’s own rules go with it', () => {
  const { vpcId, group } = makeNetwork(cloud);
  const app = cloud.make('aws:ec2/securityGroup:SecurityGroup', 'app', { vpcId }).id;
  const rule = { ipProtocol: 'tcp', fromPort: 8081, toPort: 8081 };
  cloud.make('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'from-lb', {
    ...rule,
    securityGroupId: app,
    referencedSecurityGroupId: group,
  });
  expect(() => cloud.delete('balancer-group')).toThrow(/DependencyViolation/);
  expect(() => cloud.delete('app')).not.toThrow();
});

test('deletion protection of a load balancer has to be taken off first', () => {
  const { subnets } = makeNetwork(cloud);
  cloud.make('aws:lb/loadBalancer:LoadBalancer', 'lb', { subnets, enableDeletionProtection: true });
  expect(() => cloud.delete('lb')).toThrow(/OperationNotPermitted/);
  cloud.change('lb', { subnets, enableDeletionProtection: false });
  expect(() => cloud.delete('lb')).not.toThrow();
});

test('a secret with a recovery window keeps its name reserved; without one it is gone at once', () => {
  const make = (recoveryWindowInDays: number) =>
    cloud.make('aws:secretsmanager/secret:Secret', 'db', { name: 'db', recoveryWindowInDays });
  make(0);
  cloud.delete('db');
  make(7);
  cloud.delete('db');
  expect(cloud.store.list()).toEqual([]);
  expect(cloud.store.leftBehind()).toMatchObject([{ kind: 'reserved-name', name: 'db' }]);
  expect(() => make(0)).toThrow(/scheduled for deletion/);
});

test('a bucket with objects stays, unless the program forces it', () => {
  cloud.make('aws:s3/bucket:Bucket', 'full', {});
  const record = cloud.store.list()[0];
  if (!record) throw new Error('no bucket');
  cloud.store.put({ ...record, actual: { objects: 3 } });
  expect(() => cloud.delete('full')).toThrow(/BucketNotEmpty/);
  cloud.change('full', { forceDestroy: true });
  expect(() => cloud.delete('full')).not.toThrow();
});

test('a final snapshot is taken, and its name can be used once', () => {
  const cache = { description: 'x', numCacheClusters: 1, finalSnapshotIdentifier: 'last' };
  for (const name of ['one', 'two']) cloud.make('aws:elasticache/replicationGroup:ReplicationGroup', name, cache);
  cloud.delete('one');
  expect(cloud.store.leftBehind()).toMatchObject([{ kind: 'snapshot', name: 'last' }]);
  expect(() => cloud.delete('two')).toThrow(/SnapshotAlreadyExists/);
});

test('Atlas refuses to end a protected cluster, and to close a project that has one', () => {
  const project = cloud.make('mongodbatlas:index/project:Project', 'p', { orgId: '0'.repeat(24) }).id;
  cloud.make(
    'mongodbatlas:index/advancedCluster:AdvancedCluster',
    'c',
    dedicated(project, { terminationProtectionEnabled: true }),
  );
  expect(() => cloud.delete('p')).toThrow(/CANNOT_CLOSE_GROUP/);
  expect(() => cloud.delete('c')).toThrow(/TERMINATION_PROTECTION/);
  cloud.change('c', dedicated(project, { terminationProtectionEnabled: false }));
  cloud.delete('c');
  cloud.delete('p');
  expect(cloud.store.list()).toEqual([]);
});

test('deleting what is gone already is no error, and a refresh finds it gone', () => {
  cloud.make('aws:sns/topic:Topic', 'alerts', {});
  const record = cloud.store.list()[0];
  if (record) cloud.store.remove(record);
  expect(cloud.refresh('alerts')).toBeUndefined();
  expect(() => cloud.delete('alerts')).not.toThrow();
});
