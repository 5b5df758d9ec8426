import { parse } from 'yaml';
import { record } from '../../../../cli/offline/recorder';
import { adapterConfig } from '../../../../components/kubernetes/metrics/adapter-config';
import { measuredOf, type Measured } from '../../../../components/kubernetes/metrics/measured';
import { QueueExporter, type QueueExporterArgs } from '../../../../components/kubernetes/metrics/queue-exporter';
import { signalOf, signalRules } from '../../../../components/kubernetes/metrics/rules';
import { ScalingMetrics, type ScalingMetricsArgs } from '../../../../components/kubernetes/metrics/scaling-metrics';
import { svSdk } from '../../../../systems/sv-sdk';
import { all, counts, messageOf, one } from '../../recorded';

const service = svSdk.services[0]!;
const measured: Measured = {
  prefix: 'sv_sdk',
  namespace: 'sv-sdk-prod',
  services: [{ name: 'app', port: service.port, requests: service.pod.requests, rules: service.scalingRules! }],
  workers: [],
  queues: svSdk.broker!.queues,
};
const metrics: ScalingMetricsArgs = { stack: { instance: 'sv-sdk-prod' }, namespace: 'sv-sdk-prod', measured };
const recordMetrics = (change: Partial<ScalingMetricsArgs> = {}) =>
  record(() => void new ScalingMetrics('sv-sdk-prod-metrics', { ...metrics, ...change }));

interface PodSpec {
  template: { spec: { containers: { args: string[] }[]; volumes: object[]; serviceAccountName: string } };
}

test('what measures and what serves: pairs, closed in, with rights of their own', async () => {
  const recording = await recordMetrics();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:ScalingMetrics': 1,
    'kubernetes:core/v1:ServiceAccount': 2,
    'kubernetes:core/v1:ConfigMap': 2,
    'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole': 1,
    'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding': 2,
    'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 2,
    'kubernetes:apps/v1:Deployment': 2,
    'kubernetes:core/v1:Service': 2,
    'kubernetes:policy/v1:PodDisruptionBudget': 2,
    'kubernetes:cert-manager.io/v1:Issuer': 1,
    'kubernetes:cert-manager.io/v1:Certificate': 1,
    'kubernetes:apiregistration.k8s.io/v1:APIService': 1,
  });
  expect(one(recording, 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole').inputs.rules).toEqual([
    { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  ]);
  // Two stacks on one cluster do not take each other's rights away.
  for (const { inputs } of all(recording, 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding')) {
    expect((inputs.metadata as { name: string }).name).toMatch(/^sv-sdk-prod-metrics-/);
  }
});

test('the API group: believed by name, and gone before what answers for it', async () => {
  const api = one(await recordMetrics(), 'kubernetes:apiregistration.k8s.io/v1:APIService');
  expect(api.inputs).toMatchObject({
    metadata: {
      name: 'v1beta1.external.metrics.k8s.io',
      annotations: { 'cert-manager.io/inject-ca-from': 'sv-sdk-prod/metrics-adapter' },
    },
    spec: { group: 'external.metrics.k8s.io', version: 'v1beta1', service: { name: 'metrics-adapter', port: 443 } },
  });
  expect(JSON.stringify(api.inputs)).not.toContain('insecure');
  expect(api.dependsOn.join()).toMatch(/Service::sv-sdk-prod-metrics-adapter/);
});

test('no volume is kept, and only these two pods have a token, one that ends with them', async () => {
  const deployments = all(await recordMetrics(), 'kubernetes:apps/v1:Deployment');
  for (const { inputs } of deployments) {
    const { template } = inputs.spec as PodSpec;
    expect(template.spec).toMatchObject({ automountServiceAccountToken: false });
    const [account] = template.spec.volumes.filter((volume) => 'projected' in volume);
    expect(JSON.stringify(account)).toContain('"serviceAccountToken"');
    expect(JSON.stringify(template.spec.volumes)).not.toContain('persistentVolumeClaim');
  }
});

test('a change of the rules is another ConfigMap, so the pods follow', async () => {
  const maps = all(await recordMetrics(), 'kubernetes:core/v1:ConfigMap');
  for (const { inputs } of maps) {
    expect(inputs.immutable).toBe(true);
    expect(inputs.metadata).not.toHaveProperty('name');
  }
  const files = Object.assign({}, ...maps.map(({ inputs }) => inputs.data)) as Record<string, string>;
  expect(Object.keys(files).sort()).toEqual(['config.yaml', 'prometheus.yml', 'rules.yml']);
  expect(parse(files['rules.yml']!)).toEqual(signalRules(measured));
});

test('the adapter serves what autoscalers ask for, in their own namespace', () => {
  const names = (of: Measured) =>
    (parse(adapterConfig(of)) as { externalRules: { seriesQuery: string }[] }).externalRules.map(
      ({ seriesQuery }) => /__name__="(\w+)"/.exec(seriesQuery)![1],
    );
  expect(names(measured)).toEqual(['queue_depth', 'queue_wait_seconds', 'scaling_signal']);
  expect(names({ ...measured, queues: [] })).toEqual(['scaling_signal']);
});

test('without conditions of one direction it never goes there', () => {
  expect(signalOf([], [], {})).toBe('(vector(1))');
  const cpu = { signal: 'cpu', percent: 70, minutes: 5 } as const;
  expect(signalOf([cpu], [], {})).not.toContain('0.5');
  expect(signalOf([], [cpu], {})).not.toContain('vector(2)');
});

test('faults: nothing to measure, minutes that nothing remembers, a queue that nobody measures', () => {
  const rules = {
    out: [{ signal: 'cpu', percent: 70, minutes: 0 }],
    in: [{ signal: 'cpu', percent: 30, minutes: 61 }],
  };
  const wrong: Measured = {
    ...measured,
    services: [{ ...measured.services[0]!, rules: { ...rules, cooldownSeconds: 300 } as never }],
    workers: [{ name: 'w', requests: service.pod.requests, queue: 'other', out: [], in: [] }],
  };
  const message = messageOf(
    () => new ScalingMetrics('m', { ...metrics, measured: wrong, images: { adapter: 'adapter' } }),
  );
  expect(message.split('\n').slice(1)).toEqual([
    '  images.adapter: "adapter" must be pinned by a tag other than latest, or by digest',
    '  services.app.out[0].minutes: 0 must be a whole number from 1 to 60',
    '  services.app.in[0].minutes: 61 must be a whole number from 1 to 60',
    '  workers.w.queue: "other" is no queue that is measured',
  ]);
  const nothing = { ...measured, services: [], queues: [] };
  expect(messageOf(() => new ScalingMetrics('m', { ...metrics, measured: nothing }))).toContain('nothing to measure');
});

const exporter: QueueExporterArgs = {
  identity: { name: 'metrics-queues', instance: 'sv-sdk-prod' },
  namespace: 'sv-sdk-prod',
  url: 'redis://canary',
  port: 6379,
  queues: measured.queues,
  authorities: { broker: { secretName: 'broker-ca', key: 'ca.crt' } },
};

test('the exporter of queues: its URL by reference, the authorities of stores, a script', async () => {
  const recording = await record(() => void new QueueExporter('queues', exporter));
  expect(one(recording, 'kubernetes:core/v1:Secret').inputs).toMatchObject({ immutable: true, stringData: '<secret>' });
  const { template } = one(recording, 'kubernetes:apps/v1:Deployment').inputs.spec as PodSpec;
  expect(template.spec.containers[0]).toMatchObject({
    env: [
      { name: 'REDIS_ADDR', valueFrom: { secretKeyRef: { key: 'REDIS_ADDR' } } },
      { name: 'SSL_CERT_DIR', value: '/etc/stackladder/authorities' },
    ],
  });
  expect(one(recording, 'kubernetes:core/v1:ConfigMap').inputs.data).toEqual({
    'queues.lua': expect.stringContaining("redis.call('LLEN', 'bull:email:wait')"),
  });
});

test('all faults of an exporter in one message', () => {
  const twice = [...measured.queues, { ...measured.queues[0]!, key: 'with a space' }];
  const wrong = { ...exporter, port: 0, image: 'exporter:latest', queues: twice };
  expect(
    messageOf(() => new QueueExporter('q', wrong))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  image: "exporter:latest" must be pinned by a tag other than latest, or by digest',
    '  port: 0 must be a whole number from 1 to 65535',
    '  queues: "email" stands there more than once',
    '  queues[2].key: "with a space" is no key',
  ]);
  expect(messageOf(() => new QueueExporter('q', { ...exporter, queues: [] }))).toContain('nothing to measure');
});

test('a plan without rules and workers is not measured', () => {
  const plan = { system: 'pulse', services: [{ name: 'api' }], workers: [] } as never;
  expect(measuredOf(plan)).toBeUndefined();
});
