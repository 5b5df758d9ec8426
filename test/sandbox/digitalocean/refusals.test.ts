import type { Bag } from '../../../sandbox/model/values';
import { TestCloud } from '../cloud';
import { balancer, cluster, mongodb, network, ocean, pool, postgres, surroundings, valkey } from './arguments';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const secure = { entryProtocol: 'https', entryPort: 443, targetProtocol: 'http', targetPort: 8081 };
const config = pool.config as Bag;
const template = pool.dropletTemplate as Bag;

test.each<[string, string, Bag, RegExp]>([
  ['Vpc', 'a region that is none', { ...network, region: 'nyc9' }, /expected region to be one of/],
  ['Vpc', 'a range that is too wide', { ...network, ipRange: '10.0.0.0/8' }, /from \/16 to \/28/],
  ['Vpc', 'a range of DigitalOcean’s own', { ...network, ipRange: '10.244.0.0/16' }, /not a range/],
  ['Vpc', 'a public range', { ...network, ipRange: '52.0.0.0/16' }, /not a range/],
  ['Tag', 'a tag with a space', { name: 'two words' }, /letters, digits, colons/],
  ['LoadBalancer', 'a region of a global one', { ...balancer, type: 'GLOBAL' }, /must be empty or not set/],
  ['LoadBalancer', 'no region', { ...balancer, region: undefined as never }, /missing 'region'/],
  ['LoadBalancer', 'HTTPS without a certificate', { ...balancer, forwardingRules: [secure] }, /needs a certificate/],
  [
    'LoadBalancer',
    'a check without a path',
    { ...balancer, healthcheck: { protocol: 'http', port: 1 } },
    /`path` is req/,
  ],
  ['LoadBalancer', 'a short idle timeout', { ...balancer, httpIdleTimeoutSeconds: 10 }, /\(30 - 600\)/],
  [
    'LoadBalancer',
    'a cookie for two days',
    { ...balancer, stickySessions: { type: 'cookies', cookieName: 'a', cookieTtlSeconds: 172_800 } },
    /\(2 - 34650\)/,
  ],
  ['LoadBalancer', 'a cookie without a name', { ...balancer, stickySessions: { type: 'cookies' } }, /`cookie_name`/],
  ['LoadBalancer', 'a tag and droplets', { ...balancer, dropletTag: 'a', dropletIds: [1] }, /conflicts/],
  [
    'DropletAutoscale',
    'a target above one',
    { ...pool, config: { ...config, targetCpuUtilization: 70 } },
    /\(0.05 - 1\)/,
  ],
  ['DropletAutoscale', 'fewest above most', { ...pool, config: { ...config, maxInstances: 1 } }, /below min_instances/],
  [
    'DropletAutoscale',
    'a range and a number',
    { ...pool, config: { ...config, targetNumberInstances: 3 } },
    /or a fixed/,
  ],
  ['DropletAutoscale', 'no key', { ...pool, dropletTemplate: { ...template, sshKeys: [] } }, /mandatory/],
  [
    'DropletAutoscale',
    'user data above 64 KiB',
    { ...pool, dropletTemplate: { ...template, userData: 'x'.repeat(65_537) } },
    /too long/,
  ],
  ['Firewall', 'no rule', {}, /At least one rule/],
  ['Firewall', 'TCP without a port', { inboundRules: [{ protocol: 'tcp', sourceAddresses: [] }] }, /`port_range`/],
  ['Certificate', 'Let’s Encrypt without a domain', { type: 'lets_encrypt' }, /`domains` is required/],
  ['Certificate', 'a custom one without a key', { leafCertificate: 'x' }, /`privateKey` is required/],
  ['DnsRecord', 'a name without its dot', { domain: 'a.io', type: 'CNAME', value: 'b.io' }, /end with a dot/],
  ['DatabaseCluster', 'no version', { ...valkey, version: undefined as never }, /"version" is required/],
  ['DatabaseCluster', 'a version that is none', { ...mongodb, version: '8.0' }, /invalid version/],
  ['DatabaseCluster', 'two nodes of MongoDB', { ...mongodb, nodeCount: 2 }, /1 or 3 nodes/],
  ['DatabaseCluster', 'three nodes of Valkey', { ...valkey, size: 'db-s-1vcpu-2gb', nodeCount: 3 }, /1 or 2 nodes/],
  ['DatabaseCluster', 'a standby of the smallest', { ...valkey, nodeCount: 2 }, /no standby/],
  ['DatabaseCluster', 'eviction of documents', { ...mongodb, evictionPolicy: 'noeviction' }, /only supported for/],
  ['DatabaseCluster', 'hyphens in a policy', { ...valkey, evictionPolicy: 'allkeys-lru' }, /expected evictionPolicy/],
  ['DatabaseCluster', 'a droplet’s size', { ...valkey, size: 's-1vcpu-1gb' }, /invalid size/],
  ['DatabaseCluster', 'four nodes of PostgreSQL', { ...postgres, nodeCount: 4 }, /1 or 2 or 3 nodes/],
  ['DatabaseCluster', 'storage that grows at once', grown({ thresholdPercent: 10 }), /\(15 - 95\)/],
  ['DatabaseCluster', 'storage that grows by a byte', grown({ incrementGib: 1 }), /\(10 - 500\)/],
  [
    'DatabaseCluster',
    'storage of a cache that grows',
    { ...valkey, storageAutoscale: { enabled: true } },
    /autoscaling is not supported/,
  ],
  ['DatabaseReplica', 'no cluster', { region: 'nyc3' }, /clusterId/],
  ['DatabaseReplica', 'a region that is none', { clusterId: 'x', region: 'nyc9' }, /expected region/],
  ['DatabaseReplica', 'a droplet’s size', { clusterId: 'x', size: 's-1vcpu-1gb' }, /invalid size/],
  ['DatabaseFirewall', 'no rule', { clusterId: 'x', rules: [] }, /1 item minimum/],
  ['SpacesBucket', 'a region without Spaces', { region: 'nyc1' }, /expected region/],
  ['SpacesBucketPolicy', 'what is no JSON', { bucket: 'b', region: 'nyc3', policy: '{' }, /invalid JSON/],
  ['Cdn', 'a host without a certificate', { origin: 'x', customDomain: 'static.a.io' }, /needs a certificate/],
  ['Cdn', 'another TTL', { origin: 'x', ttl: 61 }, /expected ttl/],
  ['MonitorAlert', 'nobody to tell', alert({ alerts: {} }), /at least one of email or slack/],
  ['MonitorAlert', 'another window', alert({ window: '1m' }), /expected window/],
  ['MonitorAlert', 'another metric', alert({ type: 'v1/dbaas/alerts/down' }), /expected type/],
  [
    'UptimeAlert',
    'no threshold',
    { checkId: 'x', type: 'ssl_expiry', notifications: [{ emails: ['a'] }] },
    /threshold/,
  ],
  [
    'KubernetesCluster',
    'no most nodes',
    { ...cluster, nodePool: { name: 'a', size: 's-1vcpu-2gb', autoScale: true } },
    /max_nodes/,
  ],
  ['KubernetesCluster', 'a bare version', { ...cluster, version: '1.34' }, /invalid version slug/],
])('%s: %s', (type, _what, inputs, reason) => {
  expect(cloud.refusals(ocean(type), inputs).join('\n')).toMatch(reason);
});

function grown(more: Bag): Bag {
  return { ...postgres, storageAutoscale: { enabled: true, ...more } };
}

function alert(more: Bag): Bag {
  const whole = { type: 'v1/insights/droplet/cpu', compare: 'GreaterThan', value: 90, window: '5m', description: 'x' };
  return { ...whole, alerts: { emails: ['a@b.io'] }, ...more };
}

test('networks of an account do not overlap', () => {
  cloud.make(ocean('Vpc'), 'one', network);
  expect(() => cloud.make(ocean('Vpc'), 'two', { ...network, ipRange: '10.20.8.0/24' })).toThrow(/overlaps/);
  expect(cloud.make(ocean('Vpc'), 'three', { region: 'nyc3' }).ipRange).toMatch(/^10\.\d+\.0\.0\/20$/);
});

test('Bangalore is peered within itself alone', () => {
  const one = cloud.make(ocean('Vpc'), 'one', network).id;
  const two = cloud.make(ocean('Vpc'), 'two', { region: 'blr1' }).id;
  const three = cloud.make(ocean('Vpc'), 'three', { region: 'blr1' }).id;
  expect(() => cloud.make(ocean('VpcPeering'), 'far', { vpcIds: [one, two] })).toThrow(/not available in blr1/);
  cloud.make(ocean('VpcPeering'), 'near', { vpcIds: [two, three] });
});

test('a balancer and a database are in the region of their network', () => {
  const { vpc } = surroundings(cloud);
  expect(cloud.refusals(ocean('LoadBalancer'), { ...balancer, vpcUuid: vpc })).toEqual([]);
  expect(cloud.refusals(ocean('LoadBalancer'), { ...balancer, region: 'sfo3', vpcUuid: vpc }).join()).toMatch(
    /another r/,
  );
  expect(
    cloud.refusals(ocean('DatabaseCluster'), { ...valkey, region: 'sfo3', privateNetworkUuid: vpc }).join(),
  ).toMatch(/another region/);
});

test('a database trusts what exists', () => {
  const { tag } = surroundings(cloud);
  const clusterId = cloud.make(ocean('DatabaseCluster'), 'cache', valkey).id;
  const make = (name: string, rule: Bag) => cloud.make(ocean('DatabaseFirewall'), name, { clusterId, rules: [rule] });
  expect(() => make('a', { type: 'tag', value: 'nobody' })).toThrow(/does not exist/);
  expect(() => make('b', { type: 'k8s', value: 'nobody' })).toThrow(/does not exist/);
  expect(() => make('c', { type: 'tag', value: tag })).not.toThrow();
  expect(() => make('d', { type: 'ip_addr', value: '10.21.0.0/16' })).not.toThrow();
});

test('Valkey has one user; MongoDB takes more, each with a password of its own', () => {
  const cache = cloud.make(ocean('DatabaseCluster'), 'cache', valkey).id;
  const documents = cloud.make(ocean('DatabaseCluster'), 'documents', mongodb).id;
  expect(() => cloud.make(ocean('DatabaseUser'), 'a', { clusterId: cache })).toThrow(/not supported/);
  const user = cloud.make(ocean('DatabaseUser'), 'b', { clusterId: documents });
  expect(user.id).toMatch(/^[0-9a-f-]{36}\/user\/b-[0-9a-f]{7}$/);
  expect(user.password).toMatchObject({ value: expect.stringMatching(/^AVNS_\w{19}$/) });
});

test('a bucket has a policy or a limited key, never both', () => {
  const [one, two] = ['one', 'two'].map((name) => cloud.make(ocean('SpacesBucket'), name, { region: 'nyc3' }).id);
  const policy = (bucket = '') => ({ bucket, region: 'nyc3', policy: '{}' });
  const key = (bucket = '') => ({ grants: [{ bucket, permission: 'readwrite' }] });
  cloud.make(ocean('SpacesBucketPolicy'), 'first', policy(one));
  expect(() => cloud.make(ocean('SpacesKey'), 'late', key(one))).toThrow(/has a policy/);
  cloud.make(ocean('SpacesKey'), 'first key', key(two));
  expect(() => cloud.make(ocean('SpacesBucketPolicy'), 'late', policy(two))).toThrow(/limited-access key/);
});

test('a version that is not on offer makes no cluster, and high availability stays', () => {
  expect(() => cloud.make(ocean('KubernetesCluster'), 'old', { ...cluster, version: '1.20.1-do.0' })).toThrow(
    /on offer/,
  );
  cloud.make(ocean('KubernetesCluster'), 'doks', { ...cluster, ha: true });
  expect(() => cloud.change('doks', { ...cluster, ha: false })).toThrow(/cannot be disabled/);
});

test('a reader is no smaller than its primary, in the region of its network, and of an engine that has readers', () => {
  const { vpc } = surroundings(cloud);
  const clusterId = cloud.make(ocean('DatabaseCluster'), 'main', { ...postgres, size: 'db-s-2vcpu-4gb' }).id;
  const reasons = (inputs: Bag) =>
    cloud.refusals(ocean('DatabaseReplica'), { clusterId, region: 'nyc3', ...inputs }).join();
  expect(reasons({ size: 'db-s-2vcpu-4gb', privateNetworkUuid: vpc })).toBe('');
  expect(reasons({ size: 'db-s-1vcpu-2gb' })).toMatch(/as large as the primary/);
  expect(reasons({ region: 'sfo3', privateNetworkUuid: vpc })).toMatch(/another region/);
  const cache = cloud.make(ocean('DatabaseCluster'), 'cache', valkey).id;
  expect(reasons({ clusterId: cache })).toMatch(/no read-only nodes/);
  expect(() => cloud.make(ocean('DatabaseReplica'), 'lost', { clusterId: 'nobody' })).toThrow(
    /does not exist|not found/,
  );
});

test('nodes never shrink, nor do readers', () => {
  const clusterId = cloud.make(ocean('DatabaseCluster'), 'main', { ...postgres, size: 'db-s-2vcpu-4gb' }).id;
  const reader = { clusterId, region: 'nyc3', size: 'db-s-4vcpu-8gb' };
  cloud.make(ocean('DatabaseReplica'), 'reader', reader);
  expect(() => cloud.change('main', postgres)).toThrow(/smaller sizes/);
  expect(() => cloud.change('reader', { ...reader, size: 'db-s-2vcpu-4gb' })).toThrow(/smaller sizes/);
});

test('pools are PostgreSQL’s, and together no larger than what the cluster accepts', () => {
  const clusterId = cloud.make(ocean('DatabaseCluster'), 'main', postgres).id;
  const pool = { clusterId, dbName: 'app', user: 'doadmin', mode: 'transaction', size: 40 };
  const made = cloud.make(ocean('DatabaseConnectionPool'), 'one', pool);
  expect(made.privateUri).toMatchObject({ value: expect.stringMatching(/@private-\S+:25061\/one-/) });
  expect(() => cloud.make(ocean('DatabaseConnectionPool'), 'two', { ...pool, size: 8 })).toThrow(/47 connections/);
  expect(cloud.diff('one', { ...pool, size: 41 })).toMatchObject([{ path: ['size'], replaces: true }]);
  const cache = cloud.make(ocean('DatabaseCluster'), 'cache', valkey).id;
  expect(cloud.refusals(ocean('DatabaseConnectionPool'), { ...pool, clusterId: cache }).join()).toMatch(
    /for PostgreSQL/,
  );
  expect(cloud.refusals(ocean('DatabaseConnectionPool'), { ...pool, mode: 'none' }).join()).toMatch(/expected mode/);
});
