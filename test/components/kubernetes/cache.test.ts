import { record } from '../../../cli/offline/recorder';
import { CacheCluster, type CacheClusterArgs } from '../../../components/kubernetes/cache/cache-cluster';
import { valkeyConfig } from '../../../components/kubernetes/cache/valkey-config';
import { all, counts, messageOf, one } from '../recorded';

const clients = [{ 'app.kubernetes.io/name': 'api' }];
const small: CacheClusterArgs = {
  identity: { name: 'cache', instance: 'pulse-prod' },
  namespace: 'pulse',
  engineVersion: '8.0',
  nodeType: '250m/512Mi',
  shards: 1,
  replicasPerShard: 0,
  port: 6379,
  evictionPolicy: 'allkeys-lru',
  clients,
  protect: true,
};
const large: CacheClusterArgs = { ...small, nodeType: '500m/2Gi', shards: 3, replicasPerShard: 2 };
const setType = 'kubernetes:apps/v1:StatefulSet';
const jobType = 'kubernetes:batch/v1:Job';
const recordCache = (args = small) =>
  record(() => {
    const cache = new CacheCluster('pulse-prod-cache', args);
    return { host: cache.host, url: cache.url };
  });

test('what a cache is made of; what it keeps is protected', async () => {
  const recording = await recordCache();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:CacheCluster': 1,
    'random:index/randomPassword:RandomPassword': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:core/v1:ConfigMap': 2,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 2,
    [setType]: 1,
    'kubernetes:core/v1:Service': 2,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
    [jobType]: 1,
  });
  expect(recording.resources.filter(({ protect }) => protect).map(({ type }) => type)).toEqual([
    setType,
    'random:index/randomPassword:RandomPassword',
  ]);
  expect(recording.outputs).toEqual({ host: 'cache.pulse.svc.cluster.local', url: '<secret>' });
});

test('a grown cache changes nothing of its stateful set that Kubernetes would refuse to change', async () => {
  const [before, after] = [one(await recordCache(), setType), one(await recordCache(large), setType)];
  expect(after.urn).toBe(before.urn);
  const spec = ({ inputs }: typeof before) => inputs.spec as Record<string, unknown>;
  const changed = Object.keys(spec(after)).filter(
    (key) => JSON.stringify(spec(after)[key]) !== JSON.stringify(spec(before)[key]),
  );
  expect(changed.sort()).toEqual(['replicas', 'template']);
  expect([spec(before).replicas, spec(after).replicas]).toEqual([1, 9]);
});

test('another shape is another Job, which knows every node', async () => {
  const [before, after] = [one(await recordCache(), jobType), one(await recordCache(large), jobType)];
  const nameOf = ({ inputs }: typeof before) => (inputs.metadata as { name: string }).name;
  expect(nameOf(before)).toMatch(/^cache-shape-[0-9a-f]{8}$/);
  expect(nameOf(after)).not.toBe(nameOf(before));
  expect(nameOf(one(await recordCache(), jobType))).toBe(nameOf(before));
  const text = JSON.stringify(after.inputs);
  for (let node = 0; node < 9; node++) expect(text).toContain(`cache-${node}.cache-nodes:6379`);
  expect(text).toContain('{"name":"SHARDS","value":"3"},{"name":"REPLICAS","value":"2"}');
  // One that has failed is tried again by the next update.
  expect(after.inputs.metadata).toMatchObject({ annotations: { 'pulumi.com/replaceUnready': 'true' } });
});

test('clients come in on the port, nodes on both, the Job on the first; nobody else', async () => {
  const policy = all(await recordCache(), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').find(
    ({ name }) => name === 'pulse-prod-cache',
  )!;
  const own = { 'app.kubernetes.io/name': 'cache', 'app.kubernetes.io/instance': 'pulse-prod' };
  const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
  const pods = (...selectors: object[]) => selectors.map((matchLabels) => ({ podSelector: { matchLabels } }));
  const { ingress } = policy.inputs.spec as { ingress: unknown };
  expect(ingress).toEqual([
    { from: pods(clients[0]!, { ...own, 'app.kubernetes.io/name': 'cache-shape' }), ports: tcp(6379) },
    { from: pods(own), ports: tcp(6379, 16_379) },
  ]);
});

test('keys have seven tenths of the memory', () => {
  const config = { port: 6379, memoryMib: 2_048, evictionPolicy: 'allkeys-lru', data: '/data', ownFile: '/tmp/own' };
  expect(valkeyConfig(config)).toContain('\nmaxmemory 1433mb\nmaxmemory-policy allkeys-lru\n');
});

test('all faults in one message', () => {
  const wrong = {
    ...small,
    engineVersion: '6.2',
    nodeType: 'cache.t3.micro',
    shards: 0,
    replicasPerShard: 6,
    port: 80,
  };
  expect(
    messageOf(() => new CacheCluster('c', { ...wrong, evictionPolicy: 'lru', clients: [] })).split('\n'),
  ).toHaveLength(8);
});
