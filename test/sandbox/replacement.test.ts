import { printPath } from '../../sandbox/server/diff';
import { makeNetwork, smallCache, TestCloud } from './cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const changed = (name: string, inputs: object): string[] =>
  cloud
    .diff(name, inputs as never)
    .map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`);

test('the same inputs are no change, whatever the order of a set', () => {
  const { subnets, group } = makeNetwork(cloud);
  cloud.make('aws:lb/loadBalancer:LoadBalancer', 'lb', { subnets, securityGroups: [group], idleTimeout: 60 });
  expect(changed('lb', { subnets: [...subnets].reverse(), securityGroups: [group], idleTimeout: '60' })).toEqual([]);
  expect(changed('lb', { subnets: subnets.slice(1), securityGroups: [group], idleTimeout: 61 })).toEqual(
    expect.arrayContaining(['change subnets', 'change idleTimeout']),
  );
});

test.each([
  ['nodeType', { nodeType: 'cache.r7g.large' }, ['change nodeType']],
  ['shards', { numNodeGroups: 3 }, ['change numNodeGroups']],
  [
    'replicas and Multi-AZ',
    { replicasPerNodeGroup: 1, multiAzEnabled: true },
    ['change multiAzEnabled', 'change replicasPerNodeGroup'],
  ],
  ['encryption at rest', { atRestEncryptionEnabled: false }, ['replace atRestEncryptionEnabled']],
  ['a newer engine', { engineVersion: '8.1' }, ['change engineVersion']],
  ['an older engine', { engineVersion: '7.2' }, ['replace engineVersion']],
  ['back to redis', { engine: 'redis', engineVersion: '7.1' }, ['replace engine', 'change engineVersion']],
  ['its subnet group', { subnetGroupName: 'default' }, ['replace subnetGroupName']],
  ['the auth token', { authToken: 'x'.repeat(32) }, ['change authToken']],
])('a cache and a change of %s', (_what, more, expected) => {
  cloud.make('aws:elasticache/replicationGroup:ReplicationGroup', 'cache', smallCache);
  expect(changed('cache', { ...smallCache, ...more }).sort()).toEqual([...expected].sort());
});

test('a cache on redis 6 can get encryption in transit only as a new one', () => {
  const old = {
    description: 'x',
    engine: 'redis',
    engineVersion: '6.2',
    numCacheClusters: 1,
    transitEncryptionEnabled: false,
  };
  cloud.make('aws:elasticache/replicationGroup:ReplicationGroup', 'old', old);
  expect(changed('old', { ...old, transitEncryptionEnabled: true })).toEqual(['replace transitEncryptionEnabled']);
});

test('a value that is not known yet counts as a change, and replaces where a change would', () => {
  cloud.make('aws:secretsmanager/secret:Secret', 's', { name: 's' });
  const secretId = cloud.of('s').id;
  cloud.make('aws:secretsmanager/secretVersion:SecretVersion', 'v', { secretId, secretString: 'one' });
  const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
  expect(changed('v', { secretId, secretString: unknown })).toEqual(['replace secretString']);
  expect(changed('s', { name: 's', description: unknown })).toEqual(['change description']);
});

test('a resource moves to another region only by a new one', () => {
  cloud.make('aws:sns/topic:Topic', 'alerts', { region: 'us-east-1' });
  expect(changed('alerts', { region: 'us-west-2' })).toEqual(['replace region']);
  expect(changed('alerts', {})).toEqual([]);
});

test('a secret and its plain value are one to Diff', () => {
  const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: 'one' };
  cloud.make('aws:secretsmanager/secret:Secret', 's', { name: 's', description: secret });
  expect(changed('s', { name: 's', description: 'one' })).toEqual([]);
});

test('a new version of a template is a number that the group follows', () => {
  cloud.make('aws:ec2/launchTemplate:LaunchTemplate', 'lt', { instanceType: 't3.small', updateDefaultVersion: true });
  const subject = cloud.subject('aws:ec2/launchTemplate:LaunchTemplate', 'lt');
  const { outputs, inputs } = cloud.of('lt');
  const preview = (more: object) =>
    cloud.provider(subject.type).previewUpdate(subject, outputs, inputs, { ...inputs, ...more }).latestVersion;
  expect(preview({ instanceType: 't3.large' })).toBe('04da6b54-80e4-46f7-96ec-b56ff0331ba9');
  expect(preview({ tags: { Phase: 'large' } })).toBe(1);
  expect(cloud.change('lt', { instanceType: 't3.large', updateDefaultVersion: true })).toMatchObject({
    latestVersion: 2,
    defaultVersion: 2,
  });
  expect(cloud.change('lt', { instanceType: 't3.large', updateDefaultVersion: true, tags: { a: 'b' } })).toMatchObject({
    latestVersion: 2,
  });
});

test('a cache grows in place: nodes and endpoint', () => {
  const made = cloud.make('aws:elasticache/replicationGroup:ReplicationGroup', 'cache', smallCache);
  expect(made.configurationEndpointAddress).toMatch(
    /^clustercfg\.cache-[0-9a-f]{7}\.[a-z0-9]{6}\.use1\.cache\.amazonaws\.com$/,
  );
  const grown = cloud.change('cache', {
    ...smallCache,
    numNodeGroups: 2,
    replicasPerNodeGroup: 1,
    multiAzEnabled: true,
  });
  expect(grown.memberClusters).toEqual(
    [1, 2].flatMap((shard) => [1, 2].map((node) => `${made.id}-000${shard}-00${node}`)),
  );
  expect(grown.configurationEndpointAddress).toBe(made.configurationEndpointAddress);
});

test.each([
  [{ clusterMode: 'disabled', replicasPerNodeGroup: 1 }, /Cluster mode/],
  [{ durability: 'sync' }, /fixed when it is created/],
  [{ transitEncryptionEnabled: false }, /preferred first/],
])('a cache refuses to be updated with %j', (more, reason) => {
  cloud.make('aws:elasticache/replicationGroup:ReplicationGroup', 'cache', smallCache);
  expect(() => cloud.change('cache', { ...smallCache, ...more })).toThrow(reason);
});
