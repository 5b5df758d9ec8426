import { allowMemorystore, GoogleCloud, makeBalancer, makeNetwork, valkey } from './cloud';

let cloud: GoogleCloud;
beforeEach(() => (cloud = new GoogleCloud()));
afterEach(() => cloud.close());

test('what is in use cannot be deleted, and all of it can in the right order', () => {
  makeBalancer(cloud);
  const order = [
    'front',
    'proxy',
    'address',
    'tls',
    'map',
    'backend',
    'scaler',
    'group',
    'template',
    'health',
    'subnet',
    'net',
  ];
  const held = ['proxy', 'address', 'tls', 'map', 'backend', 'group', 'template', 'health', 'net'];
  for (const name of held) expect(() => cloud.delete(name)).toThrow(/resourceInUseByAnotherResource/);
  for (const name of order) cloud.delete(name);
  expect(cloud.store.list()).toEqual([]);
});

test('a NAT holds its addresses', () => {
  const { network } = makeNetwork(cloud);
  const address = cloud.make('gcp:compute/address:Address', 'out', { region: 'us-central1' });
  const router = cloud.make('gcp:compute/router:Router', 'router', { network, region: 'us-central1' });
  cloud.make('gcp:compute/routerNat:RouterNat', 'nat', {
    router: router.name ?? '',
    region: 'us-central1',
    natIpAllocateOption: 'MANUAL_ONLY',
    natIps: [address.selfLink ?? ''],
    sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
  });
  expect(cloud.of('nat').id).toBe(
    `pulse-test/us-central1/${String(router.name)}/${String(cloud.of('nat').inputs.name)}`,
  );
  expect(() => cloud.delete('out')).toThrow(/resourceInUse/);
  cloud.delete('nat');
  expect(() => cloud.delete('out')).not.toThrow();
});

test('a bucket with objects stays, unless the program forces it', () => {
  cloud.make('gcp:storage/bucket:Bucket', 'full', { location: 'US' });
  const record = cloud.store.list()[0];
  if (!record) throw new Error('no bucket');
  cloud.store.put({ ...record, actual: { ...record.actual, objects: 3 } });
  expect(() => cloud.delete('full')).toThrow(/containing objects/);
  cloud.change('full', { location: 'US', forceDestroy: true });
  expect(() => cloud.delete('full')).not.toThrow();
});

test.each([
  ['gcp:secretmanager/secret:Secret', { replication: { auto: {} } }, 'deletionProtection', false],
  ['gcp:container/cluster:Cluster', { location: 'us-central1', initialNodeCount: 1 }, 'deletionProtection', true],
  [
    'gcp:cloudrunv2/job:Job',
    { location: 'us-central1', template: { template: { containers: [{ image: 'x' }] } } },
    'deletionProtection',
    true,
  ],
])('%s is protected when it says so, and else by the provider’s default', (type, inputs, key, byDefault) => {
  cloud.make(type, 'one', { ...inputs, [key]: true });
  expect(() => cloud.delete('one')).toThrow(/deletionProtection=false/);
  cloud.change('one', { ...inputs, [key]: false });
  expect(() => cloud.delete('one')).not.toThrow();
  cloud.make(type, 'two', inputs);
  if (byDefault) expect(() => cloud.delete('two')).toThrow(/DELETION_PROTECTION/);
  else expect(() => cloud.delete('two')).not.toThrow();
});

test('a cache is protected, and holds its policy and its network', () => {
  const { network, subnetwork } = makeNetwork(cloud);
  allowMemorystore(cloud, network, subnetwork);
  cloud.make('gcp:memorystore/instance:Instance', 'cache', valkey(network, { deletionProtectionEnabled: true }));
  expect(() => cloud.delete('cache')).toThrow(/deletionProtectionEnabled=false/);
  expect(() => cloud.delete('policy')).toThrow(/PSC connections/);
  cloud.change('cache', valkey(network));
  for (const name of ['cache', 'policy', 'subnet', 'net']) cloud.delete(name);
  expect(cloud.store.list()).toEqual([]);
});

test('a policy of deletion that prevents it is heeded', () => {
  cloud.make('gcp:compute/network:Network', 'net', { deletionPolicy: 'PREVENT' });
  expect(() => cloud.delete('net')).toThrow(/deletion_policy/);
});

test('a certificate is held by the entry of its map, the map by its entry', () => {
  const authorization = cloud.make('gcp:certificatemanager/dnsAuthorization:DnsAuthorization', 'proof', {
    domain: 'a.com',
  }).id;
  const certificate = cloud.make('gcp:certificatemanager/certificate:Certificate', 'cert', {
    managed: { domains: ['a.com'], dnsAuthorizations: [authorization] },
  }).id;
  const map = cloud.make('gcp:certificatemanager/certificateMap:CertificateMap', 'map', { name: 'map' });
  cloud.make('gcp:certificatemanager/certificateMapEntry:CertificateMapEntry', 'entry', {
    map: map.name ?? '',
    hostname: 'a.com',
    certificates: [certificate],
  });
  for (const name of ['proof', 'cert', 'map']) expect(() => cloud.delete(name)).toThrow(/FAILED_PRECONDITION/);
  for (const name of ['entry', 'map', 'cert', 'proof']) cloud.delete(name);
  expect(cloud.store.list()).toEqual([]);
});

test('versions of a secret are counted, and the newest is read', () => {
  const secret = cloud.make('gcp:secretmanager/secret:Secret', 'url', { secretId: 'url', replication: { auto: {} } });
  expect(secret.name).toBe('projects/123456789012/secrets/url');
  const version = (name: string, secretData: string) =>
    cloud.make('gcp:secretmanager/secretVersion:SecretVersion', name, { secret: secret.id, secretData }).id;
  expect([version('a', 'one'), version('b', 'two')]).toEqual([
    'projects/123456789012/secrets/url/versions/1',
    'projects/123456789012/secrets/url/versions/2',
  ]);
  const config = { values: { project: 'pulse-test' } };
  const read = (name: string) =>
    cloud.provider('gcp:x').invoke(config, 'gcp:secretmanager/getSecretVersion:getSecretVersion', { secret: name });
  expect(read('url')).toMatchObject({ secretData: 'two', version: '2' });
  expect(() => read('elsewhere')).toThrow(/NOT_FOUND/);
  cloud.store.declareExisting(['projects/pulse-test/secrets/elsewhere']);
  expect(read('elsewhere').secretData).toMatch(/^made-up-/);
});

test('a project has the number of the sandbox’s account', () => {
  const ask = (values: object, args: object) =>
    cloud
      .provider('gcp:x')
      .invoke({ values: values as never }, 'gcp:organizations/getProject:getProject', args as never);
  expect(ask({ project: 'pulse-test' }, {})).toMatchObject({ number: '123456789012', projectId: 'pulse-test' });
  expect(ask({}, { projectId: 'other-project' })).toMatchObject({ projectId: 'other-project' });
  expect(() => ask({}, {})).toThrow(/project: required/);
});

test('an Atlas endpoint is a forwarding rule that leads to its attachment', () => {
  const { network, subnetwork } = makeNetwork(cloud);
  const projectId = cloud.make('mongodbatlas:index/project:Project', 'p', { orgId: '0'.repeat(24) }).id;
  const link = cloud.make('mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint', 'link', {
    projectId,
    providerName: 'GCP',
    region: 'us-central1',
    portMappingEnabled: true,
  });
  expect(link).toMatchObject({ regionName: 'CENTRAL_US', endpointServiceName: '' });
  const attachments = link.serviceAttachmentNames as string[];
  expect(attachments).toHaveLength(1);
  const address = cloud.make('gcp:compute/address:Address', 'address', {
    region: 'us-central1',
    addressType: 'INTERNAL',
    subnetwork,
  });
  const inputs = { region: 'us-central1', network, ipAddress: address.selfLink ?? '', target: attachments[0] ?? '' };
  expect(() => cloud.make('gcp:compute/forwardingRule:ForwardingRule', 'wrong', inputs)).toThrow(/scheme/);
  const rule = cloud.make('gcp:compute/forwardingRule:ForwardingRule', 'rule', { ...inputs, loadBalancingScheme: '' });
  expect(rule.pscConnectionStatus).toBe('ACCEPTED');
  const service = (endpointServiceId: string, more: object) => () =>
    cloud.make('mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService', endpointServiceId, {
      projectId,
      privateLinkId: link.privateLinkId ?? '',
      providerName: 'GCP',
      gcpProjectId: 'pulse-test',
      endpointServiceId,
      ...more,
    } as never);
  const ip = { privateEndpointIpAddress: address.address ?? '' };
  expect(service('nobody', ip)).toThrow(/INTERFACE_ENDPOINT_NOT_FOUND/);
  expect(service(String(rule.name), {})).toThrow(/privateEndpointIpAddress is required/);
  expect(service(String(rule.name), ip)()).toMatchObject({ gcpStatus: 'AVAILABLE', portMappingEnabled: true });
});
