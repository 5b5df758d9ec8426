import { record } from '../../../cli/offline/recorder';
import { kubernetes } from '../../../components/kubernetes';
import { CacheExporter, type CacheExporterArgs } from '../../../components/kubernetes/monitoring/cache-exporter';
import { StoreMonitoring } from '../../../components/kubernetes/monitoring/store-monitoring';
import { managedClusterNextBests } from '../../../components/kubernetes/next-bests';
import type { Plan } from '../../../plan/types';
import { all, counts, messageOf, one } from '../recorded';
import { bringUpRows, planOf } from './rows';

/** Mercenary and SV-SDK on a cluster: what scales, measures, rests and watches, as the host puts it there. */
const monitor = 'kubernetes:monitoring.coreos.com/v1:ServiceMonitor';
const present = (plan: Plan): Plan => {
  const { accounts } = plan;
  return { ...plan, accounts: { ...accounts, kubernetes: { ...accounts.kubernetes, externalMetrics: 'present' } } };
};
type Named = { metadata: { name: string } };
const namesOf = (resources: { inputs: Record<string, unknown> }[]) =>
  resources.map(({ inputs }) => (inputs as unknown as Named).metadata.name).sort();

test('services with rules and all workers ask external metrics, and what serves them is there', async () => {
  const recording = await bringUpRows(planOf('sv-sdk', 'large', 'prod'));
  const scalers = all(recording, 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler').map(({ inputs }) => {
    const { metrics } = inputs.spec as { metrics: { type: string; external?: { metric: { name: string } } }[] };
    return [
      (inputs as unknown as Named).metadata.name,
      ...metrics.map(({ external, type }) => external?.metric.name ?? type),
    ];
  });
  expect(scalers.sort()).toEqual([
    ['app', 'scaling_signal'],
    ['app-edge', 'Resource'],
    ['email-worker', 'queue_depth'],
    ['queue-worker', 'worker_signal'],
  ]);
  expect(counts(recording)).toMatchObject({
    'stackladder:kubernetes:Worker': 2,
    'stackladder:kubernetes:ScalingMetrics': 1,
    // Two kinds of workers share a broker.
    'stackladder:kubernetes:QueueExporter': 1,
  });
  expect(JSON.stringify(recording)).not.toContain('canary');
});

test('the broker lets in what counts its queues', async () => {
  const recording = await bringUpRows(planOf('sv-sdk', 'small', 'prod'));
  const broker = all(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').find(
    ({ inputs }) => (inputs as unknown as Named).metadata.name === 'broker',
  )!;
  const [{ from }] = (broker.inputs.spec as { ingress: [{ from: { podSelector: { matchLabels: object } }[] }] })
    .ingress;
  expect(from.map(({ podSelector }) => podSelector.matchLabels)).toContainEqual(
    expect.objectContaining({ 'app.kubernetes.io/name': 'metrics-queues' }),
  );
});

test('where the cluster serves external metrics already nothing is put beside it, and the names are told', async () => {
  const plan = present(planOf('mercenary', 'large', 'prod'));
  const recording = await bringUpRows(plan);
  expect(all(recording, 'stackladder:kubernetes:ScalingMetrics')).toEqual([]);
  expect(all(recording, 'kubernetes:apiregistration.k8s.io/v1:APIService')).toEqual([]);
  // What tells the depth of queues is there all the same.
  expect(all(recording, 'stackladder:kubernetes:QueueExporter')).toHaveLength(1);
  expect(kubernetes.nextBests(plan).join('\n')).toMatch(
    /ask for queue_depth\{queue\}, scaling_signal\{service\}.* in the namespace mercenary-prod: nothing here records them/,
  );
  const watched = present(planOf('mercenary', 'large', 'prod', { monitoring: true }));
  const rules = all(await bringUpRows(watched), 'kubernetes:monitoring.coreos.com/v1:PrometheusRule');
  expect(namesOf(rules)).toEqual(['api', 'metrics-signals', 'stores']);
  expect(kubernetes.nextBests(watched).join('\n')).toContain('rules of the Prometheus operator record them');
});

test('out of hours services and workers rest in dev, and nothing does in prod', async () => {
  const hours = { timezone: 'Europe/Berlin', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] };
  const plan = { ...planOf('sv-sdk', 'small', 'dev'), offHours: hours };
  const [rest] = all(await bringUpRows(plan), 'kubernetes:batch/v1:CronJob').filter(({ name }) =>
    name.endsWith('-rest'),
  );
  expect(JSON.stringify(rest!.inputs)).toContain(
    '["scale","--replicas=0","deployment/app","deployment/email-worker","deployment/queue-worker"]',
  );
  expect(kubernetes.nextBests(plan).join('\n')).toContain('Out of hours the pods of services and workers go');
  const prod = await bringUpRows(planOf('sv-sdk', 'small', 'prod'));
  expect(all(prod, 'stackladder:kubernetes:OffHours')).toEqual([]);
});

test('the stores are watched: queues, every node of the cache, the database, with their alerts and panels', async () => {
  const plan = planOf('sv-sdk', 'large', 'prod', { monitoring: true });
  const recording = await bringUpRows(plan);
  const monitors = all(recording, monitor);
  expect(namesOf(monitors)).toEqual(['app', 'metrics-cache', 'metrics-queues']);
  const cache = monitors.find(({ inputs }) => (inputs as unknown as Named).metadata.name === 'metrics-cache')!;
  const { endpoints } = cache.inputs.spec as { endpoints: { params: { target: string[] } }[] };
  const nodes = plan.cache!.shards * (1 + plan.cache!.replicasPerShard);
  expect(endpoints.map(({ params }) => params.target[0])).toEqual(
    Array.from({ length: nodes }, (_, at) => `redis://cache-${at}.cache-nodes:6379`),
  );
  const alerts = all(recording, 'kubernetes:monitoring.coreos.com/v1:PrometheusRule').flatMap(({ inputs }) =>
    (inputs.spec as { groups: { rules: { alert: string }[] }[] }).groups.flatMap(({ rules }) =>
      rules.map(({ alert }) => alert),
    ),
  );
  expect(alerts.sort()).toEqual(plan.alerts.map(({ name }) => name).sort());
  const panels = all(recording, 'kubernetes:core/v1:ConfigMap').flatMap(({ inputs }) =>
    Object.entries(inputs.data as Record<string, string>)
      .filter(([name]) => name.endsWith('.json'))
      .flatMap(([, json]) => (JSON.parse(json) as { panels: { title: string }[] }).panels.map(({ title }) => title)),
  );
  expect(panels.sort()).toEqual(plan.dashboard.map(({ title }) => title).sort());
});

test('a database that its cloud runs is not seen from the cluster, which is said; the rest is watched', async () => {
  const plan = planOf('sv-sdk', 'large', 'prod', { monitoring: true });
  const elsewhere = { ...plan, relationalDatabase: { ...plan.relationalDatabase!, host: 'rds' as const } };
  expect(managedClusterNextBests(elsewhere, true).join('\n')).toMatch(
    /cannot look at stores of the cloud: DatabaseCpu, DatabaseStorage and/,
  );
  expect(managedClusterNextBests(plan, true).join('\n')).not.toContain('cannot look at');
  // A cache that asks for an identity has nobody who could ask it.
  expect(managedClusterNextBests(plan, true, true).join('\n')).toContain('stores of the cloud: CacheMemory and');
});

test('next bests of scaling: spare capacity, a cookie for an address, records of other names', () => {
  const plan = planOf('mercenary', 'large', 'prod');
  const all = kubernetes.nextBests({ ...plan, workers: plan.workers.map((worker) => ({ ...worker, spot: true })) });
  for (const word of [
    'no nodes of spare capacity',
    'a client comes back to its pod by a cookie, for 3600 s',
    /The records of www\..* are yours to make/,
    'A cluster has external.metrics.k8s.io once',
  ]) {
    expect(all).toContainEqual(expect.stringMatching(word));
  }
});

const exporter: CacheExporterArgs = {
  identity: { name: 'metrics-cache', instance: 'sv-sdk-prod' },
  namespace: 'sv-sdk-prod',
  url: 'redis://:canary@cache:6379',
  ports: [6379],
};

test('a cache of the cloud is asked at its URL; what is wrong is told at once', async () => {
  const recording = await record(() => void new CacheExporter('cache', exporter));
  expect((one(recording, monitor).inputs.spec as { endpoints: object[] }).endpoints).toEqual([
    { port: 'main', interval: '30s' },
  ]);
  const deployment = JSON.stringify(one(recording, 'kubernetes:apps/v1:Deployment').inputs);
  expect(deployment).toContain('"name":"REDIS_ADDR"');
  expect(JSON.stringify(recording)).not.toContain('canary');
  expect(
    messageOf(() => new CacheExporter('c', { ...exporter, ports: [0], image: 'x' }))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  image: "x" must be pinned by a tag other than latest, or by digest',
    '  ports[0]: 0 must be a whole number from 1 to 65535',
  ]);
  const stores = { system: 'sv-sdk', namespace: 'sv-sdk-prod' };
  const wrong = { ...exporter, title: 'SV-SDK', alerts: [], panels: [], stores };
  expect(messageOf(() => new StoreMonitoring('s', wrong))).toContain('"sv-sdk" cannot begin a name of rules');
});

test('a worker of Celery is asked for itself: that another one answers does not keep it', async () => {
  const recording = await bringUpRows(planOf('mercenary', 'small', 'prod'));
  const worker = all(recording, 'kubernetes:apps/v1:Deployment').find(
    ({ inputs }) => (inputs as unknown as Named).metadata.name === 'celery',
  )!;
  type Probed = { livenessProbe: { exec: { command: string[] } } };
  const { template } = worker.inputs.spec as { template: { spec: { containers: Probed[] } } };
  const command = template.spec.containers[0]!.livenessProbe.exec.command;
  expect(command.join(' ')).toMatch(/^sh -c exec celery .* inspect ping .*--destination "celery@\$HOSTNAME"$/);
});
