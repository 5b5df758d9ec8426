import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { clouds, phases } from '../../plan/vocabulary';

/** One thing that somebody changes in a stack's file: a place, and its new value; undefined takes it out. */
export interface Edit {
  path: readonly string[];
  value: unknown;
}

const gone = undefined;
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const ids = (kind: string, first: number, count: number) =>
  Array.from({ length: count }, (_, at) => `${kind}-0000000000000000${first + at}`);
const network = (vpc: string, zones: number) => ({
  vpcId: `vpc-0123456789abcde${vpc}`,
  publicSubnetIds: ids('subnet', 1, zones),
  privateSubnetIds: ids('subnet', 4, zones),
  dataSubnetIds: ids('subnet', 7, zones),
  natAddresses: ['203.0.113.10'],
});
const arn = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;
const store = (prefix: string) => ({ endpoint: 'https://s3.example.com', region: 'us-east-1', bucketPrefix: prefix });
const cloudLists = [
  gone,
  [],
  ...clouds.map((cloud) => [cloud]),
  ['aws', 'gcp'],
  ['gcp', 'aws'],
  ['gcp', 'digitalocean'],
];
const hours = { timezone: 'Europe/Berlin', from: '08:00', to: '19:00', days: [1, 2, 3, 4, 5] };

/** What may be said at each place: what people write, right for one cloud and wrong for another. */
const places: [path: string, weight: number, values: readonly unknown[]][] = [
  ['phase', 14, phases],
  ['cloud', 8, clouds],
  ['compute', 6, [gone, 'instances', 'kubernetes']],
  ['environment', 1, ['dev', 'staging', 'prod']],
  ['keep', 9, cloudLists],
  ['discardStores', 6, cloudLists],
  ['reached', 1, [gone, ...phases]],
  [
    'regions',
    3,
    [
      gone,
      ['us-east-1'],
      ['us-east-1', 'us-west-2'],
      ['us-west-2', 'us-east-1'],
      ['us-east-1', 'eu-west-1'],
      ['us-east-1', 'us-west-2', 'eu-west-1'],
      ['us-central1', 'us-west1'],
      ['nyc3', 'sfo3'],
    ],
  ],
  [
    'zones',
    3,
    [
      gone,
      1,
      2,
      3,
      ['us-east-1a', 'us-east-1b'],
      ['us-east-1b', 'us-east-1a', 'us-east-1c'],
      ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-west-2a', 'us-west-2b', 'us-west-2c'],
      ['us-central1-a', 'us-central1-b'],
    ],
  ],
  ['cidr', 2, [gone, '10.0.0.0/16', '10.16.0.0/16', '172.18.0.0/16']],
  ['domain', 1, ['api.pulse.example.com', 'api.other.example.com']],
  ['contentDomain', 1, [gone, 'static.pulse.example.com', 'media.example.com']],
  ['contentPublicKey', 1, [gone, pem]],
  ['alertEmails', 1, [['ops@example.com'], ['a@b.io', 'ops@example.com']]],
  ['budget', 1, [gone, 500, '700']],
  ['atlasOrganizationId', 1, [gone, '0123456789abcdef01234567', 'f'.repeat(24)]],
  ['atlasProjectId', 2, [gone, '0123456789abcdef01234567', 'e'.repeat(24)]],
  ['databasePort', 1, [gone, 25060]],
  ['owner', 1, [gone, 'team']],
  ['costCenter', 1, [gone, 'product']],
  ['databaseUrl', 3, [gone, 'mongodb://u:p@db.example.com/x', 'postgres://u:p@db.example.com/x']],
  ['registryCredentials', 1, [gone, '{"auths":{}}']],
  ['dnsToken', 1, [gone, 'token']],
  ['cloudflareToken', 1, [gone, 'token']],
  ['kubeconfig', 1, [gone, '{"clusters":[],"contexts":[],"users":[]}']],
  ['secrets', 1, [gone, { PAYMENT_KEY: 'x' }, { PAYMENT_KEY: 'x', OTHER_KEY: 'y' }]],
  ['offHours', 1, [gone, false, hours]],
  [
    'cloudflare',
    2,
    [
      gone,
      { zoneId: '0'.repeat(32), zoneName: 'example.com' },
      { zoneId: '0'.repeat(32), zoneName: 'pulse.example.com', sharedZone: true },
    ],
  ],
  ['images.api', 1, ['ghcr.io/example/api:1.4.2', 'ghcr.io/example/api:1.5.0']],
  ['aws.regions', 2, [gone, ['us-east-1'], ['us-east-1', 'us-west-2'], ['eu-west-1', 'eu-central-1']]],
  ['aws.zones', 2, [gone, 2, 3, ['us-east-1a', 'us-east-1b', 'us-east-1c']]],
  ['aws.hostedZoneId', 1, [gone, 'Z0123456789PROD', 'Z0000000000OTHER']],
  [
    'aws.certificates',
    1,
    [gone, { 'us-east-1': arn('us-east-1') }, { 'us-east-1': arn('us-east-1'), 'us-west-2': arn('us-west-2') }],
  ],
  ['aws.network', 2, [gone, network('f0', 2), network('f0', 3), network('f1', 3)]],
  ['aws.databaseSecretId', 1, [gone, 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf']],
  ['aws.adoptDatabase', 2, [gone, 'shop-production', 'shop-other']],
  ['aws.allowedAccountIds', 1, [gone, ['123456789012']]],
  ['aws.clusterAdmins', 1, [gone, ['arn:aws:iam::123456789012:role/platform']]],
  ['aws.controlPlaneCidrs', 1, [gone, ['198.51.100.0/24'], ['10.0.0.0/8']]],
  ['gcp.regions', 2, [gone, ['us-central1', 'us-west1'], ['us-central1'], ['europe-west1', 'europe-west4']]],
  ['gcp.zones', 2, [gone, 2, 3, ['us-central1-a', 'us-central1-f', 'us-west1-a', 'us-west1-b']]],
  ['gcp.projectId', 1, [gone, 'pulse-prod-example', 'pulse-other-example']],
  ['gcp.dnsZone', 1, [gone, 'pulse-example-com']],
  ['gcp.certificateMap', 1, [gone, 'projects/p-example/locations/global/certificateMaps/m']],
  ['gcp.billingAccountId', 1, [gone, '012345-6789AB-CDEF01']],
  ['gcp.databaseSecretId', 1, [gone, 'projects/p-example/secrets/mongo-url']],
  ['gcp.adoptDatabase', 2, [gone, 'shop-production', 'shop-other']],
  ['gcp.controlPlaneCidrs', 1, [gone, ['198.51.100.0/24'], ['10.0.0.0/8']]],
  ['digitalocean.regions', 2, [gone, ['nyc3', 'sfo3'], ['fra1', 'ams3'], ['nyc3']]],
  ['digitalocean.zones', 1, [gone, 1, 2]],
  ['digitalocean.dnsDomain', 1, [gone, 'example.com', 'pulse.example.com']],
  ['digitalocean.certificateName', 1, [gone, 'wild']],
  ['digitalocean.adoptDatabase', 2, [gone, '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30']],
  ['digitalocean.controlPlaneCidrs', 1, [gone, ['198.51.100.0/24']]],
  ['kubernetes.regions', 1, [gone, ['cluster'], ['other'], ['cluster', 'other']]],
  ['kubernetes.zones', 1, [gone, 1, 2, ['zone-a', 'zone-b']]],
  ['kubernetes.context', 1, [gone, 'production']],
  ['kubernetes.certificateIssuer', 1, [gone, 'letsencrypt', 'other']],
  ['kubernetes.tlsSecretName', 1, [gone, 'pulse-tls']],
  ['kubernetes.storageClass', 2, [gone, 'fast', 'slow']],
  ['kubernetes.objectStore', 2, [gone, store('example-pulse'), store('example-other')]],
  ['kubernetes.monitoring', 1, [gone, true, false]],
  ['kubernetes.externalMetrics', 1, [gone, 'ours', 'present']],
  ['kubernetes.proxyProtocol', 1, [gone, true]],
  ['kubernetes.trustedProxies', 1, [gone, ['10.0.0.0/8']]],
  [
    'overrides.cache.nodeType',
    2,
    [gone, 'cache.t3.small', 'cache.r6g.large', 'STANDARD_SMALL', 'HIGHMEM_MEDIUM', 'db-s-2vcpu-4gb', '500m/2Gi'],
  ],
  ['overrides.cache.shards', 2, [gone, 1, 2, 3, 5]],
  ['overrides.cache.replicasPerShard', 2, [gone, 0, 1, 2]],
  ['overrides.cache.snapshotRetentionDays', 1, [gone, 0, 1, 9]],
  ['overrides.database.tier', 2, [gone, 'M0', 'M10', 'M30', 'M50', 'db-s-4vcpu-8gb', '1000m/4Gi', '2000m/8Gi']],
  ['overrides.database.maxTier', 1, [gone, 'M40', 'M60']],
  ['overrides.database.diskGb', 2, [gone, 10, 40, 200]],
  [
    'overrides.relational.instanceClass',
    1,
    [gone, 'db.m5.large', 'db.r5.large', 'db-custom-2-8192', 'db-s-8vcpu-32gb', '2000m/8Gi'],
  ],
  ['overrides.relational.replicas', 1, [gone, 0, 1, 2, 4]],
  ['overrides.relational.maxReplicas', 1, [gone, 0, 2, 5]],
  ['overrides.relational.storageGb', 2, [gone, 20, 60, 200]],
  ['overrides.relational.maxStorageGb', 1, [gone, 100, 1000]],
  ['overrides.relational.standby', 1, [gone, true, false]],
  ['overrides.relational.pooler', 1, [gone, true, false]],
  ['overrides.relational.proxy', 1, [gone, true, false]],
  ['overrides.relational.engineVersion', 2, [gone, '16', '17', '18']],
  ['overrides.relational.databaseName', 1, [gone, 'shop', 'other']],
  ['overrides.relational.user', 1, [gone, 'shop', 'other']],
  ['overrides.relational.backupRetentionDays', 1, [gone, 7, 35]],
  ['overrides.relational.insightsDays', 1, [gone, 0, 7, 31]],
  ['overrides.relational.passwordVersion', 1, [gone, 1, 2]],
  ['overrides.relational.rotationDays', 1, [gone, 7]],
  [
    'overrides.broker.nodeType',
    1,
    [gone, 'cache.t3.small', 'cache.m5.large', 'HIGHMEM_MEDIUM', 'db-s-2vcpu-4gb', '500m/2Gi'],
  ],
  ['overrides.broker.replicas', 2, [gone, 0, 1]],
  ['overrides.broker.snapshotRetentionDays', 1, [gone, 0, 3]],
  ['overrides.cluster.machine', 1, [gone, 't3.large', 'm5.xlarge', 'e2-standard-4', 's-4vcpu-8gb', '4 vCPU / 16 GiB']],
  ['overrides.cluster.maxNodes', 1, [gone, 20]],
  ['overrides.network.natGateways', 1, [gone, 'single', 'per-zone']],
  ['overrides.logs.retentionDays', 1, [gone, 7, 365]],
  [
    'overrides.services',
    1,
    [gone, { api: { maxSize: 4 } }, { api: { poolSize: 5 } }, { app: { maxSize: 6, environment: { A_B: 'c' } } }],
  ],
];

/** A change of a stack's file as somebody makes one. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  ...places.map(([path, weight, values]) => ({
    weight,
    arbitrary: fc.constantFrom(...values).map((value): Edit => ({ path: path.split('.'), value })),
  })),
);

/** The file after a change. */
export function edited(keys: Record<string, unknown>, { path, value }: Edit): Record<string, unknown> {
  const [name = '', ...rest] = path;
  const copy = { ...keys };
  const next = rest.length === 0 ? value : edited((copy[name] ?? {}) as Record<string, unknown>, { path: rest, value });
  if (next === undefined) delete copy[name];
  else copy[name] = next;
  return copy;
}
