import { unwrap, type Bag } from '../../../sandbox/model/values';
import { drift, Store } from '../../../sandbox';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputsOf } from '../../../sandbox/kubernetes/reading';
import { store, TestCluster, tokens, UNKNOWN, workload } from './cluster';

let cluster: TestCluster;
beforeEach(() => (cluster = new TestCluster()));
afterEach(() => cluster.close());

const secretMark = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' };

describe('names', () => {
  test('an object without one gets the logical name and eight digits, says so, and keeps it', async () => {
    const first = await cluster.check(tokens.deployment, 'web', workload());
    expect(first.inputs.metadata).toMatchObject({
      name: expect.stringMatching(/^web-[0-9a-f]{8}$/),
      namespace: 'default',
      annotations: { 'pulumi.com/autonamed': 'true' },
    });
    const again = await cluster.check(tokens.deployment, 'web', workload(), first.inputs);
    expect(again.inputs).toEqual(first.inputs);
  });

  test('an object with one keeps it; a name that is not known yet is one', async () => {
    const named = await cluster.check(tokens.secret, 'url', { metadata: { name: 'url' } });
    expect(named.inputs.metadata).toEqual({ name: 'url', namespace: 'default' });
    const later = await cluster.check(tokens.secret, 'url', { metadata: { name: UNKNOWN } });
    expect(later.inputs.metadata).toEqual({ name: UNKNOWN, namespace: 'default' });
  });

  test('ids have the namespace in front where there is one', async () => {
    await cluster.make(tokens.namespace, 'shop', { metadata: { name: 'shop' } });
    const ids = [
      (await cluster.make(tokens.secret, 'a', { metadata: { name: 'a', namespace: 'shop' } })).id,
      (await cluster.make(tokens.secret, 'b', { metadata: { name: 'b' } })).id,
      (await cluster.make(tokens.storageClass, 'c', { metadata: { name: 'c' }, provisioner: 'x.example' })).id,
      (await cluster.make(tokens.certificate, 'd', { metadata: { name: 'd' }, spec: {} })).id,
      (await cluster.make(tokens.release, 'e', { name: 'e', chart: 'cert-manager' })).id,
    ];
    expect(ids).toEqual(['shop/a', 'default/b', 'c', 'default/d', 'default/e']);
  });

  test('the namespace of the provider, and of its kubeconfig’s context', async () => {
    cluster.config = { namespace: 'shop' };
    expect((await cluster.check(tokens.secret, 's', {})).inputs.metadata).toMatchObject({ namespace: 'shop' });
    expect((await cluster.check(tokens.namespace, 'n', {})).inputs.metadata).not.toHaveProperty('namespace');
  });
});

test('a namespace that does not exist is refused; deleting one takes what is inside', async () => {
  const inside = { metadata: { name: 'a', namespace: 'shop' } };
  await expect(cluster.make(tokens.configMap, 'a', inside)).rejects.toThrow('namespaces "shop" not found');
  await cluster.make(tokens.namespace, 'shop', { metadata: { name: 'shop' } });
  await cluster.make(tokens.configMap, 'a', inside);
  await cluster.delete('shop');
  expect(cluster.store.list()).toEqual([]);
});

test('an object that exists already is refused, unless the provider may take it over', async () => {
  await cluster.make(tokens.configMap, 'mine', { metadata: { name: 'shared' }, data: { a: '1' } });
  const theirs = { metadata: { name: 'shared' }, data: { b: '2' } };
  await expect(cluster.make(tokens.configMap, 'theirs', theirs)).rejects.toThrow(/already exists/);
  cluster.config = { upsertExistingObjects: 'true' };
  expect((await cluster.make(tokens.configMap, 'theirs', theirs)).data).toEqual({ a: '1', b: '2' });
});

test('each cluster has a part of the store of its own', async () => {
  const kubeconfig = (server: string): string =>
    JSON.stringify({
      'current-context': 'main',
      contexts: [{ name: 'main', context: { cluster: 'main', user: 'me', namespace: 'team' } }],
      clusters: [{ name: 'main', cluster: { server } }],
    });
  const same = { metadata: { name: 'same', namespace: 'default' } };
  cluster.config = { kubeconfig: kubeconfig('https://one.example') };
  await cluster.make(tokens.configMap, 'one', same);
  cluster.config = { kubeconfig: kubeconfig('https://ABC.gr7.us-east-1.eks.amazonaws.com') };
  await cluster.make(tokens.configMap, 'two', same);
  expect(cluster.store.list().map(({ id, region }) => `${region} ${id}`)).toEqual([
    'https://one.example default/same',
    'https://ABC.gr7.us-east-1.eks.amazonaws.com default/same',
  ]);
  expect((await cluster.check(tokens.configMap, 'three', {})).inputs.metadata).toMatchObject({ namespace: 'team' });
  const balancer = await cluster.make(tokens.service, 'lb', {
    metadata: { name: 'lb', namespace: 'default' },
    spec: { type: 'LoadBalancer', ports: [{ port: 443 }] },
  });
  expect(JSON.stringify(balancer.status)).toMatch(/k8s-\w+-\w+\.elb\.us-east-1\.amazonaws\.com/);
});

test('a kubeconfig that names no such context is refused', () => {
  const kubeconfig = JSON.stringify({ 'current-context': 'gone', contexts: [] });
  expect(cluster.provider.checkConfig({ kubeconfig })).toEqual([
    { property: 'kubeconfig', reason: 'the kubeconfig has no context gone' },
  ]);
  expect(cluster.provider.checkConfig({ kubeconfig: UNKNOWN })).toEqual([]);
});

describe('secrets', () => {
  const canary = 'a-canary-in-the-mine';

  test('plain texts become data, which is secret, and sealed on disk', async () => {
    await cluster.make(tokens.secret, 'url', { stringData: { URL: canary }, data: { other: 'eA==' } });
    const { inputs, outputs } = cluster.of('url');
    expect(inputs).not.toHaveProperty('stringData');
    for (const bag of [inputs, outputs]) {
      expect(unwrap(bag).secrets).toContainEqual(['data']);
      expect(unwrap(bag).value.data).toEqual({ URL: Buffer.from(canary).toString('base64'), other: 'eA==' });
    }
    const folder = join(cluster.folder, 'resources');
    const disk = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('');
    expect(disk).not.toContain(canary);
    expect(disk).not.toContain(Buffer.from(canary).toString('base64'));
    expect(new Store(cluster.folder).list()[0]?.inputs.data).toEqual(unwrap(inputs).value.data);
  });

  test('a value that is secret elsewhere stays so, too', async () => {
    const env = [{ name: 'KEY', value: { ...secretMark, value: canary } }];
    await cluster.make(tokens.deployment, 'web', workload({}, { env }));
    const { outputs } = cluster.of('web');
    expect(unwrap(outputs).secrets).toEqual([['spec', 'template', 'spec', 'containers', '0', 'env', '0', 'value']]);
    expect(
      readFileSync(join(cluster.folder, 'resources', readdirSync(join(cluster.folder, 'resources'))[0] ?? ''), 'utf8'),
    ).not.toContain(canary);
  });
});

describe('what the cluster makes of an object', () => {
  test('a service has an address inside, unknown in a preview, and none where it is headless', async () => {
    const spec = { selector: { app: 'web' }, ports: [{ port: 80 }] };
    const { inputs } = await cluster.check(tokens.service, 'web', { spec });
    const preview = await cluster.provider.previewCreate(cluster.subject(tokens.service, 'web'), inputs);
    expect((preview.outputs.spec as Bag).clusterIP).toBe(UNKNOWN);
    const made = await cluster.make(tokens.service, 'web', { spec });
    expect(made.spec).toMatchObject({ clusterIP: expect.stringMatching(/^10\.96\.\d+\.\d+$/), ...spec });
    const headless = await cluster.make(tokens.service, 'pods', { spec: { ...spec, clusterIP: 'None' } });
    expect(headless.spec).toMatchObject({ clusterIP: 'None' });
  });

  test('a balancer keeps its address', async () => {
    const inputs = { spec: { type: 'LoadBalancer', ports: [{ port: 443 }] } };
    const made = await cluster.make(tokens.service, 'lb', inputs);
    const changed = await cluster.change('lb', { spec: { ...inputs.spec, ports: [{ port: 8443 }] } });
    expect(changed.status).toEqual(made.status);
    expect(JSON.stringify(made.status)).toMatch(/"ip":"34\.\d+\.\d+\.\d+"/);
  });

  test('a chart is deployed', async () => {
    const made = await cluster.make(tokens.release, 'certs', {
      chart: 'cert-manager',
      namespace: 'certs',
      createNamespace: true,
    });
    expect(made).toMatchObject({ status: { status: 'deployed', namespace: 'certs' } });
    await cluster.make(tokens.configMap, 'inside', { metadata: { namespace: 'certs' } });
  });
});

describe('drift', () => {
  test('what others wrote stays, what the program changes is changed', async () => {
    await cluster.make(tokens.deployment, 'web', workload());
    const record = cluster.store.list()[0];
    if (!record) throw new Error('nothing was made');
    cluster.store.put({
      ...record,
      inputs: { ...record.inputs, spec: { ...(record.inputs.spec as Bag), replicas: 7 } },
    });
    const changed = await cluster.change('web', workload({}, { image: 'registry.example/web:2' }));
    expect(changed).toMatchObject({ spec: { replicas: 7 }, status: { readyReplicas: 7 } });
    expect(JSON.stringify(changed.spec)).toContain('web:2');
  });

  test('a refresh shows changes of what was asked for, and nothing else', async () => {
    await cluster.make(tokens.deployment, 'web', workload({ replicas: 2 }));
    drift(cluster.store, { target: 'web', set: { 'spec.replicas': 5, 'spec.paused': true } });
    const found = await cluster.refresh('web');
    expect(found?.inputs.spec).toEqual({ ...(workload().spec as Bag), replicas: 5 });
    expect(await cluster.diff('web', workload({ replicas: 2 }))).toEqual(['change spec.replicas']);
    drift(cluster.store, { target: 'web', remove: true });
    expect(await cluster.refresh('web')).toBeUndefined();
  });

  test('an import takes the whole manifest', async () => {
    await cluster.make(tokens.statefulSet, 'db', store());
    const found = await cluster.provider.read(cluster.subject(tokens.statefulSet, 'imported'), 'db', {}, {});
    expect(found?.inputs).toEqual(cluster.of('db').inputs);
  });
});

test('what is zero or empty is not missed where the server leaves it out', () => {
  const asked = {
    metadata: { name: 'a', annotations: {} },
    spec: { hostNetwork: false, replicas: 2, ports: [{ port: 0 }] },
  };
  const object = { metadata: { name: 'a', uid: 'u' }, spec: { ports: [{}] }, status: {} };
  expect(inputsOf(asked, object)).toEqual({
    metadata: { name: 'a', annotations: {} },
    spec: { hostNetwork: false, ports: [{ port: 0 }] },
  });
});
