import { StoredCluster } from '../../../sandbox/kubernetes/stored/stored-cluster';
import type { Bag } from '../../../sandbox/model/values';
import { store, template, TestCluster, tokens, UNKNOWN, workload } from './cluster';

let cluster: TestCluster;
beforeEach(() => (cluster = new TestCluster()));
afterEach(() => cluster.close());

const withName = (inputs: Bag): Bag => ({ metadata: { name: 'fixed' }, ...inputs });

/** What the provider says of a change to an object whose name is fixed. */
async function changing(token: string, before: Bag, after: Bag): Promise<string[]> {
  await cluster.make(token, 'it', withName(before));
  return cluster.diff('it', withName(after));
}

const first = 'the old one goes first';
const job = (image: string): Bag => ({ spec: { template: template({ restartPolicy: 'Never' }, { image }) } });
const claim = (storage: string, more: Bag = {}): Bag => ({
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...more },
});

test.each<[string, string, Bag, Bag, string[]]>([
  ['the same', tokens.deployment, workload(), workload(), []],
  [
    'an image',
    tokens.deployment,
    workload(),
    workload({}, { image: 'x:2' }),
    ['change spec.template.spec.containers[0].image'],
  ],
  ['replicas of a store', tokens.statefulSet, store(), store({ replicas: 3 }), ['change spec.replicas']],
  [
    'the service of a store',
    tokens.statefulSet,
    store(),
    store({ serviceName: 'x' }),
    ['replace spec.serviceName', first],
  ],
  [
    'how pods of a store start',
    tokens.statefulSet,
    store(),
    store({ podManagementPolicy: 'Parallel' }),
    ['replace spec.podManagementPolicy', first],
  ],
  [
    'claims of a store',
    tokens.statefulSet,
    store(),
    store({ volumeClaimTemplates: [] }),
    ['replace spec.volumeClaimTemplates', first],
  ],
  ['a job', tokens.job, job('x:1'), job('x:2'), ['replace spec.template.spec.containers[0].image', first]],
  ['a claim that grows', tokens.claim, claim('8Gi'), claim('16Gi'), ['change spec.resources.requests.storage']],
  [
    'a claim’s class',
    tokens.claim,
    claim('8Gi', { storageClassName: 'a' }),
    claim('8Gi', { storageClassName: 'b' }),
    ['replace spec.storageClassName', first],
  ],
  ['a secret', tokens.secret, { stringData: { a: '1' } }, { stringData: { a: '2' } }, ['replace data.a', first]],
  ['a map', tokens.configMap, { data: { a: '1' } }, { data: { a: '2' } }, ['replace data.a', first]],
  [
    'a class of volumes',
    tokens.storageClass,
    { provisioner: 'a.example', parameters: { type: 'a' } },
    { provisioner: 'a.example', parameters: { type: 'b' } },
    ['replace parameters.type', first],
  ],
  [
    'a label',
    tokens.configMap,
    { data: {} },
    { data: {}, metadata: { name: 'fixed', labels: { a: 'b' } } },
    ['change metadata.labels'],
  ],
])('%s', async (_what, token, before, after, expected) => {
  expect(await changing(token, before, after)).toEqual(expected);
});

test('a selector is replaced for, and so are a name and a namespace', async () => {
  const other = {
    spec: { selector: { matchLabels: { app: 'b' } }, template: { ...template(), metadata: { labels: { app: 'b' } } } },
  };
  expect(await changing(tokens.deployment, workload(), other)).toEqual([
    'replace spec.selector.matchLabels.app',
    'change spec.template.metadata.labels.app',
    first,
  ]);
  await cluster.make(tokens.configMap, 'named', { metadata: { name: 'a' } });
  expect(await cluster.diff('named', { metadata: { name: 'b' } })).toEqual(['replace metadata.name']);
  expect(await cluster.diff('named', { metadata: { name: 'a', namespace: 'kube-system' } })).toEqual([
    'replace metadata.namespace',
  ]);
});

test('a generated name lets the new one come first; a value that is not known yet replaces where a change would', async () => {
  await cluster.make(tokens.secret, 'url', { stringData: { URL: 'a' } });
  expect(await cluster.diff('url', { stringData: { URL: 'b' } })).toEqual(['replace data.URL']);
  expect(await cluster.diff('url', { stringData: { URL: UNKNOWN } })).toEqual(['replace data.URL']);
});

test.each([
  ['secrets', tokens.secret, { enableSecretMutable: 'true' }],
  ['maps', tokens.configMap, { enableConfigMapMutable: 'true' }],
])('%s change in place where the provider says so, unless they are immutable', async (_what, token, config) => {
  cluster.config = config;
  const data = (value: string, more: Bag = {}): Bag => ({ metadata: { name: 'it' }, data: { a: value }, ...more });
  await cluster.make(token, 'it', data('eA=='));
  expect(await cluster.diff('it', data('eQ=='))).toEqual(['change data.a']);
  expect(await cluster.diff('it', data('eQ==', { immutable: true }))).toEqual([
    'replace data.a',
    'change immutable',
    first,
  ]);
});

test('the type of a secret replaces it in any case', async () => {
  cluster.config = { enableSecretMutable: 'true' };
  await cluster.make(tokens.secret, 'it', { type: 'Opaque' });
  expect(await cluster.diff('it', { type: 'example.com/other' })).toEqual(['replace type']);
});

test('equal amounts are no change, however they are written', async () => {
  const resources = (cpu: string, memory: string): Bag => workload({}, { resources: { requests: { cpu, memory } } });
  await cluster.make(tokens.deployment, 'web', resources('1000m', '1Gi'));
  expect(await cluster.diff('web', resources('1', '1024Mi'))).toEqual([]);
  expect(await cluster.diff('web', resources('1', '1025Mi'))).toEqual([
    'change spec.template.spec.containers[0].resources.requests.memory',
  ]);
});

test('a claim does not shrink, and a class’s policy does not change', async () => {
  await cluster.make(tokens.claim, 'data', claim('8Gi'));
  await expect(cluster.change('data', claim('4Gi'))).rejects.toThrow(/can not be less than previous value/);
  const classOf = (reclaimPolicy: string): Bag => ({
    metadata: { name: 'fast' },
    provisioner: 'a.example',
    reclaimPolicy,
  });
  await cluster.make(tokens.storageClass, 'fast', classOf('Delete'));
  await expect(cluster.change('fast', classOf('Retain'))).rejects.toThrow(/reclaimPolicy: updates to it are forbidden/);
});

test('a chart is replaced for its name and its namespace alone', async () => {
  await cluster.make(tokens.release, 'certs', { name: 'certs', chart: 'cert-manager', version: 'v1.17.0' });
  expect(await cluster.diff('certs', { name: 'certs', chart: 'cert-manager', version: 'v1.18.0' })).toEqual([
    'change version',
  ]);
  expect(await cluster.diff('certs', { name: 'other', chart: 'cert-manager', version: 'v1.17.0' })).toEqual([
    'replace name',
  ]);
});

describe('a Job that is to be replaced where it is not ready', () => {
  const asking: Bag = { ...job('x:1'), metadata: { name: 'it', annotations: { 'pulumi.com/replaceUnready': 'true' } } };
  const found = (type: string) => ({ status: { conditions: [{ type, status: 'True' }] } });
  // In the store every Job completes; a real cluster may say something else.
  const live = jest.spyOn(StoredCluster.prototype, 'read');
  afterAll(() => live.mockRestore());

  test.each([
    ['has completed', found('Complete'), []],
    ['has failed', found('Failed'), ['replace metadata.annotations["pulumi.com/replaceUnready"]', first]],
    ['is gone', undefined, []],
  ])('one that %s', async (_, object, changes) => {
    live.mockResolvedValue(object);
    await cluster.make(tokens.job, 'it', asking);
    expect(await cluster.diff('it', asking)).toEqual(changes);
  });

  test('one that does not ask for it stays as it failed', async () => {
    live.mockResolvedValue(found('Failed'));
    await cluster.make(tokens.job, 'it', withName(job('x:1')));
    expect(await cluster.diff('it', withName(job('x:1')))).toEqual([]);
  });
});
