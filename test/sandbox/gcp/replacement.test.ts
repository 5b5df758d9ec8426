import { printPath } from '../../../sandbox/server/diff';
import { allowMemorystore, GoogleCloud, makeBalancer, makeNetwork, template, valkey } from './cloud';

let cloud: GoogleCloud;
beforeEach(() => (cloud = new GoogleCloud()));
afterEach(() => cloud.close());

const changed = (name: string, inputs: object): string[] =>
  cloud
    .diff(name, inputs as never)
    .map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`)
    .sort();

describe('a cache', () => {
  beforeEach(() => {
    const { network, subnetwork } = makeNetwork(cloud);
    allowMemorystore(cloud, network, subnetwork);
    cloud.make('gcp:memorystore/instance:Instance', 'cache', valkey(network));
  });

  test.each([
    ['node type', { nodeType: 'HIGHMEM_MEDIUM' }, ['change nodeType']],
    ['shards and replicas', { shardCount: 3, replicaCount: 1 }, ['change replicaCount', 'change shardCount']],
    ['engine', { engineVersion: 'VALKEY_9_0' }, ['change engineVersion']],
    ['mode', { mode: 'CLUSTER_DISABLED' }, ['replace mode']],
    ['encryption', { transitEncryptionMode: 'TRANSIT_ENCRYPTION_DISABLED' }, ['replace transitEncryptionMode']],
    ['authorization', { authorizationMode: 'AUTH_DISABLED' }, ['replace authorizationMode']],
    ['zones', { zoneDistributionConfig: { mode: 'MULTI_ZONE' } }, ['replace zoneDistributionConfig']],
  ])('and a change of its %s', (_what, more, expected) => {
    expect(changed('cache', valkey('projects/pulse-test/global/networks/net', more))).toEqual(expected);
  });

  test('grows in place, keeps its endpoints, and goes back to no older engine', () => {
    const wanted = (more: object) => valkey('projects/pulse-test/global/networks/net', more as never);
    const before = cloud.of('cache').outputs.endpoints;
    const steps = [{ nodeType: 'HIGHMEM_MEDIUM' }, { shardCount: 3 }, { replicaCount: 1 }];
    const [, , grown] = steps.map((_, at) =>
      cloud.change('cache', wanted(Object.assign({}, ...steps.slice(0, at + 1)) as object)),
    );
    expect(grown).toMatchObject({ shardCount: 3, nodeConfigs: [{ sizeGb: 10.4 }] });
    expect(grown!.endpoints).toEqual(before);
    const older = Object.assign({ engineVersion: 'VALKEY_7_2' }, ...steps) as object;
    expect(() => cloud.change('cache', wanted(older))).toThrow(/downgrades/);
  });
});

describe('a subnetwork', () => {
  const inputs = (ipCidrRange: string) => ({
    name: 'subnet',
    network: 'projects/pulse-test/global/networks/net',
    region: 'us-central1',
    ipCidrRange,
    secondaryIpRanges: [
      { rangeName: 'pods', ipCidrRange: '10.64.0.0/14' },
      { rangeName: 'services', ipCidrRange: '10.68.0.0/20' },
    ],
  });

  test('grows in place, and any other range is another subnetwork', () => {
    makeNetwork(cloud);
    expect(changed('subnet', inputs('10.20.0.0/19'))).toEqual(['change ipCidrRange']);
    expect(changed('subnet', inputs('10.20.0.0/21'))).toEqual(['replace ipCidrRange']);
    expect(changed('subnet', { ...inputs('10.20.0.0/20'), privateIpGoogleAccess: true })).toEqual([
      'change privateIpGoogleAccess',
    ]);
    expect(cloud.change('subnet', inputs('10.20.0.0/19'))).toMatchObject({ ipCidrRange: '10.20.0.0/19' });
  });

  test('is asked for no project or region that it has already', () => {
    makeNetwork(cloud);
    const rest: Record<string, unknown> = inputs('10.20.0.0/20');
    delete rest.region;
    expect(changed('subnet', rest)).toEqual([]);
    expect(changed('subnet', { ...rest, region: 'us-west1' })).toEqual(['replace region']);
  });
});

test('a template is replaced by any change but its labels, and its group follows in place', () => {
  makeBalancer(cloud);
  const { inputs } = cloud.of('template');
  expect(changed('template', { ...inputs, machineType: 'n1-standard-4' })).toEqual(['replace machineType']);
  expect(changed('template', { ...inputs, metadata: { a: 'b' } })).toEqual(['replace metadata']);
  expect(changed('template', { ...inputs, labels: { phase: 'large' } })).toEqual(['change labels']);
  const next = cloud.make('gcp:compute/regionInstanceTemplate:RegionInstanceTemplate', 'next', {
    ...template('subnet'),
    machineType: 'n1-standard-4',
  });
  const group = { ...cloud.of('group').inputs, versions: [{ instanceTemplate: next.id }] };
  expect(changed('group', group)).toEqual(['change versions[0].instanceTemplate']);
  cloud.change('group', group);
  expect(() => cloud.delete('template')).not.toThrow();
});

test('a group that is scaled takes no size from the program', () => {
  makeBalancer(cloud);
  const { inputs } = cloud.of('group');
  expect(() => cloud.change('group', { ...inputs, targetSize: 5 })).toThrow(/Resizing of autoscaled/);
  const scaler = cloud.of('scaler').inputs;
  cloud.change('scaler', { ...scaler, autoscalingPolicy: { minReplicas: 2, maxReplicas: 10, mode: 'OFF' } });
  expect(cloud.change('group', { ...inputs, targetSize: 5 }).targetSize).toBe(5);
});

describe('a cluster and its nodes', () => {
  const nodes = (nodeConfig: object, more: object = {}) => ({
    cluster: 'projects/pulse-test/locations/us-central1/clusters/gke',
    name: 'nodes',
    autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 9 },
    nodeConfig: { machineType: 'n1-standard-2', oauthScopes: ['a'], ...nodeConfig },
    ...more,
  });
  const cluster = (more: object = {}) => ({
    name: 'gke',
    location: 'us-central1',
    initialNodeCount: 1,
    minMasterVersion: '1.33',
    deletionProtection: false,
    ...more,
  });

  beforeEach(() => {
    cloud.make('gcp:container/cluster:Cluster', 'gke', cluster() as never);
    cloud.make('gcp:container/nodePool:NodePool', 'nodes', nodes({}) as never);
  });

  test('the pool has an id below its cluster’s, and nodes in three zones', () => {
    expect(cloud.of('nodes').id).toBe('projects/pulse-test/locations/us-central1/clusters/gke/nodePools/nodes');
    expect(cloud.of('nodes').outputs).toMatchObject({
      initialNodeCount: 1,
      nodeLocations: ['us-central1-a', 'us-central1-b', 'us-central1-c'],
    });
  });

  test.each([
    ['machine', nodes({ machineType: 'e2-standard-4' }), ['change nodeConfig.machineType']],
    ['scopes', nodes({ oauthScopes: ['b'] }), ['replace nodeConfig.oauthScopes']],
    ['price', nodes({ spot: true }), ['replace nodeConfig.spot']],
    [
      'range',
      nodes({}, { autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 12 } }),
      ['change autoscaling.totalMaxNodeCount'],
    ],
    ['pods', nodes({}, { maxPodsPerNode: 64 }), ['replace maxPodsPerNode']],
  ])('a change of the %s', (_what, inputs, expected) => expect(changed('nodes', inputs)).toEqual(expected));

  test.each([
    ['version', cluster({ minMasterVersion: '1.34' }), ['change minMasterVersion']],
    ['channel', cluster({ releaseChannel: { channel: 'STABLE' } }), ['change releaseChannel']],
    ['dataplane', cluster({ datapathProvider: 'ADVANCED_DATAPATH' }), ['replace datapathProvider']],
    ['place', cluster({ location: 'us-west1' }), ['replace location']],
  ])('a change of the cluster’s %s', (_what, inputs, expected) => expect(changed('gke', inputs)).toEqual(expected));

  test('a newer least version is an upgrade, an older one asks for nothing', () => {
    expect(cloud.of('gke').outputs.masterVersion).toMatch(/^1\.33\./);
    expect(cloud.change('gke', cluster({ minMasterVersion: '1.34' }) as never).masterVersion).toMatch(/^1\.34\./);
    expect(cloud.change('gke', cluster({ minMasterVersion: '1.32' }) as never).masterVersion).toMatch(/^1\.34\./);
  });
});

test('one of two with the same name goes before the other comes; a made-up name is a new one', () => {
  const first = (name: string, inputs: object, news: object): boolean => {
    cloud.make('gcp:compute/network:Network', name, inputs as never);
    const old = cloud.of(name);
    const checked = cloud.check(old.type, name, news as never, old.inputs);
    const provider = cloud.provider(old.type);
    return provider.diff(cloud.subject(old.type, name), old.inputs, checked.inputs).deleteBeforeReplace;
  };
  expect(first('given', { name: 'given' }, { name: 'given', description: 'x' })).toBe(true);
  expect(first('renamed', { name: 'renamed' }, { name: 'other' })).toBe(false);
  expect(first('made', {}, { description: 'x' })).toBe(false);
});
