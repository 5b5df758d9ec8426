import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { Worker, type WorkerArgs } from '../../../components/kubernetes/worker/worker';
import { Workload, type WorkloadArgs } from '../../../components/kubernetes/workload/workload';
import { svSdk } from '../../../systems/sv-sdk';
import { all, counts, messageOf, one } from '../recorded';

const [email, jobs] = svSdk.workers as [
  NonNullable<typeof svSdk.workers>[number],
  NonNullable<typeof svSdk.workers>[number],
];
const worker: WorkerArgs = {
  identity: { name: 'email-worker', instance: 'sv-sdk-prod' },
  namespace: 'sv-sdk-prod',
  image: 'ghcr.io/sv/worker:2.1.0',
  command: email.command,
  capacity: { min: 2, max: 20, desired: 2 },
  pod: { ...email.pod, livenessCommand: ['node', 'alive.js'] },
  queue: email.queue,
  scaling: email.scaling,
  drainSeconds: 120,
  environment: { NODE_ENV: 'production' },
  secrets: { QUEUE_REDIS_URL: pulumi.secret('redis://canary') },
  ports: [6379],
};
const recordWorker = (change: Partial<WorkerArgs> = {}) =>
  record(() => void new Worker('sv-sdk-prod-email', { ...worker, ...change }));
const deploymentType = 'kubernetes:apps/v1:Deployment';
const autoscalerType = 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler';
type Spec = {
  template: { metadata: { labels: object }; spec: { containers: Record<string, unknown>[] } & Record<string, unknown> };
};

test('everything that belongs to a worker: nothing leads to it', async () => {
  const recording = await recordWorker();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:Worker': 1,
    'kubernetes:core/v1:ServiceAccount': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    [deploymentType]: 1,
    [autoscalerType]: 1,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
  });
  const { spec } = one(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').inputs as {
    spec: { policyTypes: string[]; ingress?: unknown; egress: { ports: { port: number }[] }[] };
  };
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(spec.ingress).toBeUndefined();
  expect(spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53, 443, 6379]);
});

test('its pods have as long as their longest job, a command for a probe, and no readiness', async () => {
  const { inputs } = one(await recordWorker(), deploymentType);
  expect((inputs.metadata as { labels: object }).labels).toMatchObject({ 'app.kubernetes.io/component': 'worker' });
  const spec = inputs.spec as Spec & { replicas?: number };
  expect(spec).not.toHaveProperty('replicas');
  const pod = spec.template.spec;
  expect(spec.template.metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'worker' });
  expect(pod.terminationGracePeriodSeconds).toBe(135);
  const [container] = pod.containers as [Record<string, unknown>];
  expect(container).toMatchObject({
    command: ['node', 'dist/email-worker.js'],
    livenessProbe: { exec: { command: ['node', 'alive.js'] }, failureThreshold: 3 },
    env: [
      { name: 'NODE_ENV', value: 'production' },
      {
        name: 'QUEUE_REDIS_URL',
        valueFrom: { secretKeyRef: { name: '<unknown:sv-sdk-prod-email.metadata.name>', key: 'QUEUE_REDIS_URL' } },
      },
    ],
  });
  // The signal comes at once: no balancer has to hear of it first.
  for (const key of ['readinessProbe', 'lifecycle', 'ports']) expect(container).not.toHaveProperty(key);
  const bare = one(await recordWorker({ pod: email.pod, command: [] }), deploymentType).inputs.spec as Spec;
  expect(bare.template.spec.containers[0]).not.toHaveProperty('command');
});

test('a job that is longer than nodes wait keeps its node', async () => {
  const annotationsOf = async (drainSeconds: number) => {
    const spec = one(await recordWorker({ drainSeconds }), deploymentType).inputs.spec as Spec;
    return (spec.template.metadata as { annotations?: object }).annotations;
  };
  expect(await annotationsOf(600)).toEqual({
    'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': 'tmp',
  });
  expect(await annotationsOf(601)).toEqual({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' });
});

test('the guide’s autoscaler: an external metric of its queue, target 1000, 2 to 20', async () => {
  const { inputs } = one(await recordWorker(), autoscalerType);
  expect(inputs.spec).toEqual({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'email-worker' },
    minReplicas: 2,
    maxReplicas: 20,
    metrics: [
      {
        type: 'External',
        external: {
          metric: { name: 'queue_depth', selector: { matchLabels: { queue: 'email' } } },
          target: { type: 'Value', value: '1000' },
        },
      },
    ],
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 300 }],
      },
      scaleDown: {
        stabilizationWindowSeconds: 300,
        selectPolicy: 'Max',
        policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
      },
    },
  });
});

test('rules of workers and of services have one owner each: what they say together, with 1 for no change', async () => {
  const ruled = one(await recordWorker({ scaling: jobs.scaling }), autoscalerType).inputs.spec as { metrics: unknown };
  const external = (name: string, labels: object) => [
    {
      type: 'External',
      external: { metric: { name, selector: { matchLabels: labels } }, target: { type: 'Value', value: '1' } },
    },
  ];
  expect(ruled.metrics).toEqual(external('worker_signal', { worker: 'email-worker' }));
  const service = svSdk.services[0]!;
  const args: WorkloadArgs = {
    ...service,
    identity: { name: 'app', instance: 'sv-sdk-prod' },
    namespace: 'sv-sdk-prod',
    image: 'ghcr.io/sv/app:2.1.0',
    capacity: { min: 3, max: 20, desired: 3 },
    environment: {},
    secrets: {},
    edgeName: 'app-edge',
    monitored: false,
    measuredBy: { 'app.kubernetes.io/name': 'metrics-prometheus' },
    ports: [],
  };
  const recording = await record(() => void new Workload('sv-sdk-prod-app', args));
  expect((one(recording, autoscalerType).inputs.spec as { metrics: unknown }).metrics).toEqual(
    external('scaling_signal', { service: 'app' }),
  );
  // What measures it may ask it.
  const policies = JSON.stringify(all(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy'));
  expect(policies).toContain('{"podSelector":{"matchLabels":{"app.kubernetes.io/name":"metrics-prometheus"}}}');
});

test('all faults in one message, and nothing created', () => {
  const wrong: WorkerArgs = {
    ...worker,
    image: 'worker:latest',
    capacity: { min: 0, max: -1, desired: 1 },
    queue: '',
    scaling: { kind: 'rules', out: [], in: [], cooldownSeconds: 1_801 },
    drainSeconds: 43_201,
    environment: { 'NOT A NAME': '', QUEUE_REDIS_URL: '' },
    ports: [0],
  };
  expect(messageOf(() => new Worker('w', wrong)).split('\n')).toEqual([
    'Worker "w" cannot be created:',
    '  image: "worker:latest" must be pinned by a tag other than latest, or by digest',
    '  capacity.min: 0 must be a whole number from 1 to 1000',
    '  capacity.max: -1 must be a whole number from 1 to 1000',
    '  capacity.max: -1 is below the least, 0',
    '  queue: name the queue that jobs are taken from',
    '  scaling.cooldownSeconds: 1801 must be a whole number from 1 to 1800',
    '  scaling.out: nothing would ever add a worker',
    '  drainSeconds: 43201 must be a whole number from 0 to 43200',
    '  secrets.QUEUE_REDIS_URL: stands in environment too',
    '  environment.NOT A NAME: is no name of an environment variable',
    '  ports[0]: 0 must be a whole number from 1 to 65535',
  ]);
  const aimless: WorkerArgs = { ...worker, scaling: { kind: 'target', jobs: 0, cooldownSeconds: 0 } };
  expect(messageOf(() => new Worker('w', aimless))).toContain('scaling.jobs: 0 must be a whole number');
});
