import { record } from '../../../cli/offline/recorder';
import { kubernetes } from '../../../components/kubernetes';
import { serviceAccountOf } from '../../../components/kubernetes/host';
import { ClusterNamespace } from '../../../components/kubernetes/namespace/namespace';
import { clusterProvider } from '../../../components/kubernetes/provider';
import { all, messageOf, one } from '../recorded';
import { bringUp, canary, everywhere, objectsOf, planOf, secrets } from './pulse';

const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

test.each(everywhere)(
  'Pulse at %s in %s comes up, on one provider, with no secret in sight',
  async (phase, environment) => {
    const given = { registryCredentials: true, kubeconfig: true };
    const plan = planOf(phase, environment, { monitoring: true, objectStore: true, secretNames: keys, given });
    const recording = await bringUp(plan);
    expect(JSON.stringify(recording)).not.toContain(canary);
    const provider = one(recording, 'pulumi:providers:kubernetes');
    for (const { type, provider: used } of recording.resources) {
      if (type.startsWith('kubernetes:')) expect(used).toBe(provider.urn);
    }
    // All of a system is in its own namespace.
    const objects = objectsOf(recording);
    expect(
      new Set(objects.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace))),
    ).toEqual(new Set([plan.cluster!.namespace]));
  },
);

test('in prod stores are protected, with the namespace that their volumes go with; services never are', async () => {
  const kept = async (environment: 'prod' | 'dev') =>
    (await bringUp(planOf('large', environment))).resources.filter(({ protect }) => protect).map(({ type }) => type);
  expect((await kept('prod')).sort()).toEqual([
    'kubernetes:apps/v1:StatefulSet',
    'kubernetes:core/v1:Namespace',
    'kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB',
    'random:index/randomPassword:RandomPassword',
    'random:index/randomPassword:RandomPassword',
  ]);
  expect(await kept('dev')).toEqual([]);
});

test('the namespace is closed: restricted pods, no traffic, few balancers', async () => {
  const recording = await bringUp(planOf('small', 'prod'));
  const { metadata } = one(recording, 'kubernetes:core/v1:Namespace').inputs as {
    metadata: { labels: Record<string, string> };
  };
  expect(metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  expect(metadata.labels['stackladder.dev/phase']).toBe('small');
  const closed = all(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').filter(
    ({ inputs }) => JSON.stringify((inputs.spec as { podSelector: object }).podSelector) === '{}',
  );
  expect(closed.map(({ inputs }) => inputs.spec)).toEqual([{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }]);
  expect(one(recording, 'kubernetes:core/v1:ResourceQuota').inputs.spec).toEqual({
    hard: { 'services.loadbalancers': '1' },
  });
});

test('a region that only keeps stores has its stores exactly as they were, and nothing else', async () => {
  const plan = planOf('large', 'prod');
  const whole = await bringUp(plan);
  const kept = await record(() => {
    const platform = kubernetes.open(
      { ...plan, regions: plan.regions.map((each) => ({ ...each, serves: false })) },
      secrets,
      {},
    );
    const region = platform.region({ ...plan.regions[0]!, serves: false });
    platform.documentDatabase(plan.documentDatabase!);
    region.cache(plan.cache!);
  });
  for (const resource of kept.resources) expect(whole.resources).toContainEqual(resource);
  expect(all(kept, 'kubernetes:apps/v1:Deployment')).toEqual([]);
  expect(all(kept, 'kubernetes:apps/v1:StatefulSet')).toHaveLength(1);
});

test('promotion replaces no store: the same URNs, and nothing of them that cannot change', async () => {
  const urns = async (phase: 'small' | 'enterprise') =>
    (await bringUp(planOf(phase, 'prod'))).resources.filter(({ protect }) => protect).map(({ urn }) => urn);
  expect(await urns('enterprise')).toEqual(await urns('small'));
});

test('a database that is there already is used, and none is made', async () => {
  const plan = planOf('small', 'prod', { given: { databaseUrl: true } });
  const recording = await bringUp({ ...plan, documentDatabase: { ...plan.documentDatabase!, existing: true } });
  expect(all(recording, 'kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB')).toEqual([]);
  expect(recording.outputs.mongo).toBe('<secret>');
  // No store of the cluster's own, no authority to trust.
  expect(JSON.stringify(objectsOf(recording))).not.toContain('authorities');
});

test('services are let out to an object store on a port of its own', async () => {
  const plan = planOf('small', 'prod', { objectStore: true });
  const objectStore = { ...plan.accounts.kubernetes.objectStore!, endpoint: 'https://minio.example.com:9000' };
  const accounts = { ...plan.accounts, kubernetes: { ...plan.accounts.kubernetes, objectStore } };
  const policy = all(await bringUp({ ...plan, accounts }), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').find(
    ({ name }) => name.endsWith('-api'),
  )!;
  const { egress } = policy.inputs.spec as { egress: { to?: unknown; ports: { port: number }[] }[] };
  expect(egress.filter(({ to }) => to === undefined).flatMap(({ ports }) => ports.map(({ port }) => port))).toContain(
    9000,
  );
});

test('services trust the database’s certificates, and know their buckets', async () => {
  const recording = await bringUp(planOf('small', 'prod', { objectStore: true }));
  const api = all(recording, 'kubernetes:apps/v1:Deployment').find(({ name }) => name.endsWith('-api'))!;
  const text = JSON.stringify(api.inputs);
  expect(text).toContain('{"items":[{"key":"ca.crt","path":"pulse-db.crt"}],"name":"pulse-db-ssl"}');
  expect(text).toContain('{"name":"RECORDINGS_BUCKET","value":"pulse-prod-recordings"}');
  expect(text).toContain('{"name":"AWS_REGION","value":"eu-central-1"}');
  expect((api.inputs.spec as { template: { spec: object } }).template.spec).toMatchObject({
    serviceAccountName: serviceAccountOf('api'),
  });
});

test('without the Prometheus operator nothing of its kinds is asked for', async () => {
  const { resources } = await bringUp(planOf('small', 'prod'));
  expect(resources.filter(({ type }) => type.includes('monitoring'))).toEqual([]);
});

test('next bests are said: limits by replica, no object store, no CDN, no budget, one region, no backup', () => {
  const all = kubernetes.nextBests(planOf('large', 'prod')).join('\n');
  for (const word of [
    'each of the 2 to 4 nginx replicas counts for itself: 100 requests per 60 s',
    'No alerts and no dashboard',
    'no object store for recordings, static',
    'no CDN',
    'No budget of',
    'one region',
    'no TLS',
    'fewer than three shards',
    'no backup',
  ]) {
    expect(all).toContain(word);
  }
  const plan = planOf('enterprise', 'prod', { monitoring: true, objectStore: true, secretNames: keys });
  const full = kubernetes.nextBests(plan).join('\n');
  expect(full).toContain('pulse-prod-backups, a bucket that is yours to make');
  for (const word of ['No alerts', 'no object store for', 'no backup', 'fewer than three']) {
    expect(full).not.toContain(word);
  }
});

test('the provider applies on the server, and its kubeconfig is a secret', async () => {
  const { inputs } = one(
    await record(() => void clusterProvider('pulse-prod-kubernetes', { kubeconfig: canary, context: 'home' })),
    'pulumi:providers:kubernetes',
  );
  expect(inputs).toMatchObject({ kubeconfig: '<secret>', context: 'home', enableServerSideApply: 'true' });
});

test.each(['default', 'kube-system', 'Pulse', 'a.b'])('%s is no namespace for a system', (name) => {
  const args = { name, loadBalancers: 1, protect: false, tags: {} };
  expect(messageOf(() => new ClusterNamespace('n', args))).toContain(`"${name}" cannot be a namespace of a system`);
});
