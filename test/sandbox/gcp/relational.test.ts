import type { Bag } from '../../../sandbox/model/values';
import { printPath } from '../../../sandbox/server/diff';
import { GoogleCloud, makeNetwork } from './cloud';

const instance = 'gcp:sql/databaseInstance:DatabaseInstance';
const broker = 'gcp:redis/instance:Instance';

let cloud: GoogleCloud;
beforeEach(() => (cloud = new GoogleCloud()));
afterEach(() => cloud.close());

/** A network that is joined to the one in which Google runs managed services. */
function join(): string {
  const { network } = makeNetwork(cloud);
  const range = cloud.make('gcp:compute/globalAddress:GlobalAddress', 'range', {
    name: 'range',
    purpose: 'VPC_PEERING',
    addressType: 'INTERNAL',
    address: '10.0.224.0',
    prefixLength: 20,
    network,
  });
  cloud.make('gcp:servicenetworking/connection:Connection', 'joined', {
    network,
    service: 'servicenetworking.googleapis.com',
    reservedPeeringRanges: [range.name ?? 'range'],
  });
  return network;
}

/** PostgreSQL at Small, as the component makes it; its settings may be given anew. */
const primary = (network: string, settings: Bag = {}, more: Bag = {}): Bag => ({
  name: 'db',
  region: 'us-central1',
  databaseVersion: 'POSTGRES_17',
  deletionProtection: false,
  settings: {
    tier: 'db-custom-1-3840',
    edition: 'ENTERPRISE',
    availabilityType: 'ZONAL',
    diskSize: 20,
    ipConfiguration: { ipv4Enabled: false, privateNetwork: network, sslMode: 'ENCRYPTED_ONLY' },
    backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, transactionLogRetentionDays: 7 },
    ...settings,
  },
  ...more,
});
const changed = (name: string, inputs: Bag): string[] =>
  cloud
    .diff(name, inputs)
    .map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`)
    .sort();

describe('Cloud SQL up the ladder', () => {
  let network: string;
  beforeEach(() => {
    network = join();
    cloud.make(instance, 'db', primary(network));
  });

  test.each<[string, Bag, Bag, string[]]>([
    ['machine', { tier: 'db-custom-2-8192' }, {}, ['change settings.tier']],
    ['standby', { availabilityType: 'REGIONAL' }, {}, ['change settings.availabilityType']],
    [
      'edition',
      { tier: 'db-perf-optimized-N-2', edition: 'ENTERPRISE_PLUS' },
      {},
      ['change settings.edition', 'change settings.tier'],
    ],
    [
      'disk',
      { diskSize: 100, diskAutoresizeLimit: 500 },
      {},
      ['change settings.diskAutoresizeLimit', 'change settings.diskSize'],
    ],
    ['a smaller disk', { diskSize: 10 }, {}, ['replace settings.diskSize']],
    ['protection', { deletionProtectionEnabled: true }, {}, ['change settings.deletionProtectionEnabled']],
    ['version', {}, { databaseVersion: 'POSTGRES_18' }, ['change databaseVersion']],
    ['region', {}, { region: 'us-west1' }, ['replace region']],
    ['name', {}, { name: 'other' }, ['replace name']],
    ['key', {}, { encryptionKeyName: 'k' }, ['replace encryptionKeyName']],
  ])('%s', (_what, settings, more, expected) => {
    expect(changed('db', primary(network, settings, more))).toEqual(expected);
  });

  test('grows in place to what Enterprise has, and keeps its address', () => {
    const before = cloud.of('db').outputs.privateIpAddress;
    expect(before).toMatch(/^10\.0\.2\d\d\.\d+$/);
    const grown = cloud.change('db', primary(network, { tier: 'db-custom-2-8192', availabilityType: 'REGIONAL' }));
    expect(grown.privateIpAddress).toBe(before);
    expect(() => cloud.change('db', primary(network, {}, { databaseVersion: 'POSTGRES_16' }))).toThrow(/lowered/);
  });

  const reader = (more: Bag = {}): Bag => ({
    name: 'read',
    region: 'us-central1',
    databaseVersion: 'POSTGRES_17',
    masterInstanceName: 'db',
    instanceType: 'READ_REPLICA_INSTANCE',
    deletionProtection: false,
    settings: { tier: 'db-custom-1-3840', edition: 'ENTERPRISE' },
    ...more,
  });

  test('readers follow a primary that is there, of its own version, and hold it', () => {
    expect(() => cloud.make(instance, 'lost', reader({ name: 'lost', masterInstanceName: 'no-such' }))).toThrow(
      /instanceDoesNotExist/,
    );
    expect(() => cloud.make(instance, 'odd', reader({ name: 'odd', databaseVersion: 'POSTGRES_16' }))).toThrow(
      /version, POSTGRES_17/,
    );
    cloud.make(instance, 'read', reader());
    expect(() => cloud.delete('db')).toThrow(/resourceInUse/);
    cloud.delete('read');
    expect(() => cloud.delete('db')).not.toThrow();
  });

  test('a database and a user go into a primary, and a database into no reader', () => {
    cloud.make(instance, 'read', reader());
    expect(cloud.make('gcp:sql/database:Database', 'shop', { name: 'shop', instance: 'db' }).id).toBe(
      'projects/pulse-test/instances/db/databases/shop',
    );
    expect(cloud.make('gcp:sql/user:User', 'user', { name: 'shop', instance: 'db', password: 'a-long-one' }).id).toBe(
      'shop//db',
    );
    expect(() => cloud.make('gcp:sql/database:Database', 'x', { name: 'x', instance: 'read' })).toThrow(/read replica/);
    expect(cloud.refusals('gcp:sql/user:User', { instance: 'db', password: 'short' }).join()).toMatch(/8 characters/);
  });

  test('the network stays joined while a store has its address there', () => {
    expect(() => cloud.delete('joined')).toThrow(/Producer services/);
    cloud.delete('db');
    expect(() => cloud.delete('joined')).not.toThrow();
  });

  test('both protections are heeded', () => {
    cloud.change('db', primary(network, { deletionProtectionEnabled: true }));
    expect(() => cloud.delete('db')).toThrow(/disable the deletion protection/);
    cloud.change('db', primary(network, {}, { deletionProtection: true }));
    expect(() => cloud.delete('db')).toThrow(/deletionProtection=false/);
  });
});

test('no private address without a joined network', () => {
  const { network } = makeNetwork(cloud);
  expect(() => cloud.make(instance, 'db', primary(network))).toThrow(/NETWORK_NOT_PEERED/);
  const redis = {
    memorySizeGb: 1,
    authorizedNetwork: network,
    connectMode: 'PRIVATE_SERVICE_ACCESS',
    region: 'us-central1',
  };
  expect(() => cloud.make(broker, 'broker', redis)).toThrow(/private services access/);
});

test.each<[string, Bag, RegExp]>([
  [instance, primary('n', { tier: 'db.t3.small' }), /Invalid Tier \(db\.t3\.small\)/],
  [instance, primary('n', { tier: 'db-custom-3-8192' }), /Invalid Tier/],
  [instance, primary('n', { edition: undefined as never }), /for \(ENTERPRISE_PLUS\) Edition/],
  [instance, primary('n', { tier: 'db-perf-optimized-N-2' }), /for \(ENTERPRISE\) Edition/],
  [
    instance,
    primary('n', { availabilityType: 'REGIONAL', backupConfiguration: { enabled: false } }),
    /REGIONAL instance needs/,
  ],
  [
    instance,
    primary('n', { backupConfiguration: { enabled: true, transactionLogRetentionDays: 14 } }),
    /range \(1 - 7\)/,
  ],
  [
    instance,
    primary('n', { backupConfiguration: { enabled: true, binaryLogEnabled: true } }),
    /only be enabled for MySQL/,
  ],
  [instance, primary('n', { ipConfiguration: { ipv4Enabled: false } }), /ipv4Enabled, privateNetwork/],
  [
    instance,
    primary('n', {
      databaseFlags: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
    }),
    /set twice/,
  ],
  [instance, primary('n', {}, { nodeCount: 2 }), /read pool instances alone/],
  [
    instance,
    primary('n', {}, { instanceType: 'READ_POOL_INSTANCE', nodeCount: 1 }),
    /needs the name of its primary[\s\S]*Enterprise Plus/,
  ],
  [
    instance,
    primary(
      'n',
      {
        tier: 'db-perf-optimized-N-2',
        edition: 'ENTERPRISE_PLUS',
        backupConfiguration: undefined as never,
        readPoolAutoScaleConfig: {
          enabled: true,
          minNodeCount: 5,
          maxNodeCount: 1,
          targetMetrics: [{ metric: 'AVERAGE_CPU_UTILIZATION', targetValue: 70 }],
        },
      },
      { instanceType: 'READ_POOL_INSTANCE', masterInstanceName: 'db' },
    ),
    /minNodeCount \(5\)[\s\S]*0\.1 and 0\.9, got 70/,
  ],
  [broker, { memorySizeGb: 301 }, /range \(1 - 300\)/],
  [broker, { memorySizeGb: 1, replicaCount: 1 }, /BASIC tier has no replicas/],
  [broker, { memorySizeGb: 1, tier: 'STANDARD_HA', readReplicasMode: 'READ_REPLICAS_ENABLED' }, /5 GB at least/],
  ['gcp:dns/managedZone:ManagedZone', { dnsName: 'shop.internal' }, /ends with a dot/],
  ['gcp:dns/managedZone:ManagedZone', { dnsName: 'shop.internal.', visibility: 'private' }, /needs a network/],
  ['gcp:monitoring/metricDescriptor:MetricDescriptor', { type: 'depth' }, /metric of one’s own/],
  ['gcp:cloudscheduler/job:Job', { schedule: 'monthly' }, /httpTarget[\s\S]*five fields/],
  [
    'gcp:compute/regionAutoscaler:RegionAutoscaler',
    { autoscalingPolicy: { metrics: [{ name: 'm' }] } },
    /a target or a single instance assignment/,
  ],
  [
    'gcp:compute/regionAutoscaler:RegionAutoscaler',
    { autoscalingPolicy: { scaleInControl: { timeWindowSec: 5 } } },
    /between 60 and 3600/,
  ],
  [
    'gcp:compute/regionAutoscaler:RegionAutoscaler',
    { autoscalingPolicy: { scalingSchedules: [{ durationSec: 60 }] } },
    /300 seconds/,
  ],
  [
    'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
    { scheduling: { provisioningModel: 'SPOT', automaticRestart: true, gracefulShutdown: { enabled: true } } },
    /preemptible[\s\S]*automaticRestart[\s\S]*no graceful shutdown/,
  ],
  [
    'gcp:compute/backendService:BackendService',
    { loadBalancingScheme: 'EXTERNAL_MANAGED', localityLbPolicy: 'LEAST_REQUEST', sessionAffinity: 'GENERATED_COOKIE' },
    /affinity GENERATED_COOKIE is ignored/,
  ],
  [
    'gcp:compute/uRLMap:URLMap',
    {
      pathMatchers: [
        {
          name: 'm',
          routeRules: [
            { priority: 1, matchRules: [{ prefixMatch: '/a', fullPathMatch: '/b' }] },
            { priority: 1, matchRules: [], service: 's', urlRedirect: {} },
          ],
        },
      ],
    },
    /same priority[\s\S]*a service, a redirect[\s\S]*one of prefixMatch[\s\S]*redirects has no service/,
  ],
])('%s refuses %j', (type, inputs, expected) => {
  expect(cloud.refusals(type, inputs).join('\n')).toMatch(expected);
});

describe('a broker', () => {
  const inputs = (network: string, more: Bag = {}): Bag => ({
    name: 'broker',
    region: 'us-central1',
    memorySizeGb: 1,
    tier: 'STANDARD_HA',
    authorizedNetwork: network,
    connectMode: 'PRIVATE_SERVICE_ACCESS',
    authEnabled: true,
    transitEncryptionMode: 'SERVER_AUTHENTICATION',
    ...more,
  });

  test('has a password and an authority, grows in place, and is another one in another tier', () => {
    const network = join();
    const made = cloud.make(broker, 'broker', inputs(network));
    expect(made).toMatchObject({
      port: 6378,
      serverCaCerts: [{ cert: expect.stringContaining('CERTIFICATE') as string }],
    });
    expect(made.authString).not.toBe('');
    expect(changed('broker', inputs(network, { memorySizeGb: 5 }))).toEqual(['change memorySizeGb']);
    expect(changed('broker', inputs(network, { tier: 'BASIC' }))).toEqual(['replace tier']);
    expect(cloud.change('broker', inputs(network, { memorySizeGb: 5 })).host).toBe(made.host);
    cloud.change('broker', inputs(network, { deletionProtection: true }));
    expect(() => cloud.delete('broker')).toThrow(/deletionProtection=false/);
  });
});
