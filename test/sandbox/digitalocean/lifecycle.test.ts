import { printPath } from '../../../sandbox/server/diff';
import type { Bag } from '../../../sandbox/model/values';
import { TestCloud } from '../cloud';
import { balancer, cluster, mongodb, network, ocean, pool, postgres, surroundings, valkey } from './arguments';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const changed = (name: string, inputs: object): string[] =>
  cloud.diff(name, inputs as Bag).map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('ids and addresses look as DigitalOcean’s do, and what opens a store is secret', () => {
  const { vpc, tag, project } = surroundings(cloud);
  expect([vpc, project]).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
  expect(tag).toMatch(/^clients-[0-9a-f]{7}$/);
  const cache = cloud.make(ocean('DatabaseCluster'), 'cache', { ...valkey, privateNetworkUuid: vpc });
  expect(cache.privateHost).toMatch(/^private-cache-[0-9a-f]{7}-do-user-\d+-0\.\w\.db\.ondigitalocean\.com$/);
  expect(cache.clusterUrn).toBe(`do:dbaas:${cache.id}`);
  const documents = cloud.make(ocean('DatabaseCluster'), 'documents', mongodb);
  const address =
    /^mongodb\+srv:\/\/doadmin:AVNS_\w+@private-documents-.*\.mongo\.ondigitalocean\.com\/admin\?.*replicaSet=/;
  for (const [store, form] of [
    [cache, /^rediss:\/\/default:AVNS_\w+@private-cache-.*:25061$/],
    [documents, address],
  ] as const) {
    expect(store.privateUri).toMatchObject({ value: expect.stringMatching(form) });
    expect(typeof store.uri).toBe('object');
  }
  const droplet = cloud.make(ocean('Droplet'), 'runner', {
    region: 'nyc3',
    size: 's-1vcpu-1gb',
    image: 'x',
    publicNetworking: false,
  });
  expect(droplet).toMatchObject({ id: expect.stringMatching(/^\d{9}$/), ipv4Address: '', vcpus: 1, memory: 1024 });
  const gateway = cloud.make(ocean('VpcNatGateway'), 'nat', {
    region: 'nyc3',
    type: 'PUBLIC',
    size: 1,
    vpcs: [{ vpcUuid: vpc, defaultGateway: true }],
  });
  expect(gateway.egresses).toEqual([{ publicGateways: [{ ipv4: expect.stringMatching(/^159\.89\./) }] }]);
  const place = { region: 'nyc3', type: 'PUBLIC', size: 1 };
  expect(changed('nat', { ...place, vpcs: [{ vpcUuid: vpc }] })).toEqual(['change vpcs']);
  expect(changed('nat', { ...place, vpcs: [{ vpcUuid: 'another', defaultGateway: true }] })).toEqual(['replace vpcs']);
});

test.each([
  [
    'a bigger node with a standby',
    { ...valkey, size: 'db-s-8vcpu-32gb', nodeCount: 2 },
    ['change nodeCount', 'change size'],
  ],
  ['a new version', { ...valkey, version: '9' }, ['change version']],
  ['another region', { ...valkey, region: 'sfo3' }, ['change region']],
  ['another network', { ...valkey, privateNetworkUuid: 'another' }, ['replace privateNetworkUuid']],
  ['another engine', { ...mongodb, nodeCount: 1 }, ['replace engine', 'change size', 'change evictionPolicy']],
])('a cache and %s', (_what, news, expected) => {
  cloud.make(ocean('DatabaseCluster'), 'cache', valkey);
  expect(changed('cache', news).sort()).toEqual([...expected].sort());
});

test('a replica set of MongoDB has three members of the smallest size too', () => {
  const { name } = cloud.make(ocean('DatabaseCluster'), 'small', { ...mongodb, size: 'db-s-1vcpu-1gb' });
  expect(name).toMatch(/^small-/);
});

test('a store grows in place and keeps its address; it goes to no lower version and no smaller disk', () => {
  const made = cloud.make(ocean('DatabaseCluster'), 'documents', { ...mongodb, version: '7', storageSizeMib: '61440' });
  const grown = cloud.change('documents', {
    ...mongodb,
    size: 'db-s-4vcpu-8gb',
    version: '8',
    storageSizeMib: '81920',
  });
  expect(grown.privateUri).toEqual(made.privateUri);
  expect(() => cloud.change('documents', { ...mongodb, version: '7', storageSizeMib: '81920' })).toThrow(
    /lower version/,
  );
  expect(() => cloud.change('documents', { ...mongodb, storageSizeMib: '61440' })).toThrow(/smaller/);
});

test('a pool changes in place, and its tags and keys have no order; a balancer moves only by a new one', () => {
  const tagged = { ...(pool.dropletTemplate as Bag), tags: ['a', 'b'] };
  cloud.make(ocean('DropletAutoscale'), 'pool', { ...pool, dropletTemplate: tagged });
  expect(changed('pool', { ...pool, dropletTemplate: { ...tagged, tags: ['b', 'a'] } })).toEqual([]);
  expect(changed('pool', { ...pool, dropletTemplate: { ...tagged, image: 'newer' } })).toEqual([
    'change dropletTemplate.image',
  ]);
  cloud.make(ocean('LoadBalancer'), 'lb', balancer);
  expect(changed('lb', { ...balancer, sizeUnit: 2 })).toEqual(['change sizeUnit']);
  expect(changed('lb', { ...balancer, region: 'sfo3' })).toEqual(['replace region']);
});

test('a network with members stays; a certificate and a project in use do, too', () => {
  const { vpc, project } = surroundings(cloud);
  cloud.make(ocean('Certificate'), 'tls', { type: 'lets_encrypt', domains: ['api.example.com'] });
  const certificateName = cloud.of('tls').id;
  const rule = { entryProtocol: 'https', entryPort: 443, targetProtocol: 'http', targetPort: 8081, certificateName };
  cloud.make(ocean('LoadBalancer'), 'lb', { ...balancer, forwardingRules: [rule], vpcUuid: vpc, projectId: project });
  expect(() => cloud.delete('net')).toThrow(/Can not delete VPC with members/);
  expect(() => cloud.delete('tls')).toThrow(/not in use before deleting/);
  expect(() => cloud.delete('pulse')).toThrow(/cannot delete a project with resources/);
  for (const name of ['lb', 'tls', 'pulse', 'net']) cloud.delete(name);
  expect(cloud.store.list().map(({ type }) => type)).toEqual([ocean('Tag')]);
});

test('what a global balancer leads to stays as long as it does', () => {
  const ids = ['one', 'two'].map((name) => cloud.make(ocean('LoadBalancer'), name, balancer).id);
  const settings = { type: 'GLOBAL', glbSettings: { targetProtocol: 'https', targetPort: 443 } };
  cloud.make(ocean('LoadBalancer'), 'global', { ...settings, targetLoadBalancerIds: ids });
  expect(() => cloud.delete('one')).toThrow(/uses it/);
  cloud.delete('global');
  expect(() => cloud.delete('one')).not.toThrow();
});

test('a bucket with objects stays, unless the program forces it', () => {
  const bucket = cloud.make(ocean('SpacesBucket'), 'full', { region: 'nyc3' });
  expect(bucket.bucketDomainName).toBe(`${bucket.id}.nyc3.digitaloceanspaces.com`);
  cloud.make(ocean('SpacesBucketObject'), 'object', { bucket: bucket.id, region: 'nyc3', key: 'a', content: 'b' });
  expect(() => cloud.delete('full')).toThrow(/BucketNotEmpty/);
  cloud.change('full', { region: 'nyc3', forceDestroy: true });
  expect(() => cloud.delete('full')).not.toThrow();
});

test('a CDN is put before a bucket that is there', () => {
  const origin = cloud.make(ocean('SpacesBucket'), 'static', { region: 'nyc3' }).bucketDomainName as string;
  expect(cloud.make(ocean('Cdn'), 'cdn', { origin }).endpoint).toMatch(/\.nyc3\.cdn\.digitaloceanspaces\.com$/);
  expect(() => cloud.make(ocean('Cdn'), 'other', { origin: 'nobody.nyc3.digitaloceanspaces.com' })).toThrow(
    /not exist/,
  );
});

test('a cluster shows its nodes and how to reach it; its pools resize in place, by other machines only anew', () => {
  const made = cloud.make(ocean('KubernetesCluster'), 'doks', cluster);
  expect(made.nodePool).toMatchObject({ actualNodeCount: 2, nodes: [{ status: 'running' }, { status: 'running' }] });
  expect(made.kubeConfigs).toMatchObject({ value: [{ host: `https://${made.id}.k8s.ondigitalocean.com` }] });
  expect(changed('doks', { ...cluster, surgeUpgrade: false })).toEqual(['change surgeUpgrade']);
  expect(changed('doks', { ...cluster, vpcUuid: 'another' })).toEqual(['replace vpcUuid']);
  const pool = { ...(cluster.nodePool as Bag) };
  expect(changed('doks', { ...cluster, nodePool: { ...pool, nodeCount: 3 } })).toEqual(['change nodePool.nodeCount']);
  expect(changed('doks', { ...cluster, nodePool: { ...pool, size: 's-8vcpu-16gb' } })).toEqual([
    'replace nodePool.size',
  ]);
  expect(changed('doks', { ...cluster, version: '1.34.10-do.0' })).toEqual(['change version']);
  expect(changed('doks', { ...cluster, version: '1.33.10-do.0' })).toEqual(['replace version']);
  const more = { clusterId: made.id, size: 's-4vcpu-8gb', nodeCount: 2 };
  cloud.make(ocean('KubernetesNodePool'), 'more', more);
  expect(changed('more', { ...more, nodeCount: 3 })).toEqual(['change nodeCount']);
  expect(changed('more', { ...more, size: 's-8vcpu-16gb' })).toEqual(['replace size']);
  expect(cloud.change('more', { ...more, nodeCount: 3 }).actualNodeCount).toBe(3);
});

test('the newest version of a minor one, and a balancer by its name', () => {
  const invoke = (name: string, args: Bag) =>
    cloud.provider(ocean('Vpc')).invoke({ values: {} }, `digitalocean:index/${name}:${name}`, args);
  expect(invoke('getKubernetesVersions', { versionPrefix: '1.34.' }).latestVersion).toMatch(/^1\.34\.\d+-do\.\d+$/);
  expect(invoke('getKubernetesVersions', { versionPrefix: '1.20.' })).toMatchObject({
    latestVersion: '',
    validVersions: [],
  });
  const { id } = cloud.make(ocean('LoadBalancer'), 'lb', { ...balancer, name: 'edge' });
  expect(invoke('getLoadBalancer', { name: 'edge' }).id).toBe(id);
  expect(() => invoke('getLoadBalancer', { name: 'nobody' })).toThrow(/not found/);
});

test('a network is replaced by another range, and keeps its own where the program has none', () => {
  cloud.make(ocean('Vpc'), 'net', network);
  expect(changed('net', { ...network, ipRange: '10.21.0.0/16' })).toEqual(['replace ipRange']);
  expect(changed('net', { region: 'nyc3' })).toEqual([]);
});

test('a reader has its primary’s password and a name of its own; it grows in place, and wears its tags for life', () => {
  const made = cloud.make(ocean('DatabaseCluster'), 'main', postgres);
  const inputs = { clusterId: made.id, region: 'nyc3', size: 'db-s-1vcpu-2gb', tags: ['a'] };
  const reader = cloud.make(ocean('DatabaseReplica'), 'reader', inputs);
  expect(reader.id).toMatch(/^[0-9a-f-]{36}\/replicas\/reader-[0-9a-f]{7}$/);
  expect([reader.password, reader.user]).toEqual([made.password, 'doadmin']);
  expect(reader.privateHost).toMatch(/^private-reader-/);
  expect(changed('reader', { ...inputs, size: 'db-s-2vcpu-4gb' })).toEqual(['change size']);
  expect(changed('reader', { ...inputs, tags: ['b'] })).toEqual(['replace tags']);
  expect(changed('reader', { ...inputs, region: 'sfo3' })).toEqual(['replace region']);
  const rules = [{ type: 'ip_addr', value: '10.20.0.0/16' }];
  expect(() =>
    cloud.make(ocean('DatabaseFirewall'), 'closed', { clusterId: reader.uuid as string, rules }),
  ).not.toThrow();
});

test('a larger size brings storage, and a reader grows with its primary’s alone: the provider asks for what there was', () => {
  const made = cloud.make(ocean('DatabaseCluster'), 'main', postgres);
  const inputs = { clusterId: made.id, region: 'nyc3', size: 'db-s-1vcpu-2gb' };
  expect(cloud.make(ocean('DatabaseReplica'), 'silent', inputs).storageSizeMib).toBe('30720');
  cloud.make(ocean('DatabaseReplica'), 'told', { ...inputs, storageSizeMib: made.storageSizeMib ?? '' });
  const larger = { ...inputs, size: 'db-s-2vcpu-4gb' };
  const { storageSizeMib = '' } = cloud.change('main', { ...postgres, size: larger.size });
  expect(storageSizeMib).toBe('61440');
  expect(() => cloud.change('silent', larger)).toThrow(/invalid storage size: db-s-2vcpu-4gb begins with 61440 MiB/);
  expect(cloud.change('told', { ...larger, storageSizeMib })).toMatchObject({ size: larger.size, storageSizeMib });
});

test('PostgreSQL from the smallest to two nodes of 32 GB: never replaced, its address the same', () => {
  const made = cloud.make(ocean('DatabaseCluster'), 'main', postgres);
  const steps: Bag[] = [
    { size: 'db-s-2vcpu-4gb' },
    { size: 'db-s-4vcpu-8gb', nodeCount: 2 },
    { size: 'db-s-8vcpu-32gb', nodeCount: 2, version: '18', storageAutoscale: { enabled: true, thresholdPercent: 80 } },
  ];
  for (const step of steps) {
    expect(changed('main', { ...postgres, ...step }).filter((change) => change.startsWith('replace'))).toEqual([]);
    expect(cloud.change('main', { ...postgres, ...step }).privateUri).toEqual(made.privateUri);
  }
});
