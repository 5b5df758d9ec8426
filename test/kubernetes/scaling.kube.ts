import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured } from '../../components/kubernetes/metrics/measured';
import { ScalingMetrics } from '../../components/kubernetes/metrics/scaling-metrics';
import { QueueExporter } from '../../components/kubernetes/metrics/queue-exporter';
import { OffHours, scaleWords } from '../../components/kubernetes/off-hours/off-hours';
import { Worker, type WorkerArgs } from '../../components/kubernetes/worker/worker';
import { Workload, type WorkloadArgs } from '../../components/kubernetes/workload/workload';
import { mercenary } from '../../systems/mercenary';
import { ControlPlane } from './cluster/control-plane';
import { installOperators } from './cluster/operators';
import { Measurements } from './metrics/measurements';
import { objectsOf } from './metrics/recorded-objects';
import { Serving } from './metrics/serving';

/**
 * External metrics all the way: what is measured, Prometheus with the rules that are generated, prometheus-adapter with its
 * generated configuration, Kubernetes' own API server and autoscaler. Time passes fifteen times as fast in the rules.
 */
const namespace = 'scaling';
const instance = 'mercenary-test';
const identity = (name: string) => ({ name, instance });
const COOLDOWN = 4;

const pod = { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '200m', memory: '200Mi' } };
const probe = { initialDelaySeconds: 1, periodSeconds: 5 };
const service = mercenary.services[0]!;
const api: WorkloadArgs = {
  ...service,
  scalingRules: {
    out: [
      { signal: 'cpu', percent: 70, minutes: 1 },
      { signal: 'memory', percent: 80, minutes: 1 },
    ],
    in: [
      { signal: 'cpu', percent: 30, minutes: 2 },
      { signal: 'memory', percent: 50, minutes: 2 },
    ],
    cooldownSeconds: COOLDOWN,
  },
  identity: identity('api'),
  namespace,
  image: 'registry.example/api:1.0.0',
  capacity: { min: 2, max: 6, desired: 2 },
  pod: { ...pod, liveness: probe, readiness: probe },
  environment: {},
  secrets: {},
  edgeName: 'api-edge',
  monitored: false,
  ports: [],
};
const worker: WorkerArgs = {
  identity: identity('email'),
  namespace,
  image: 'registry.example/worker:1.0.0',
  command: ['worker'],
  capacity: { min: 2, max: 6, desired: 2 },
  pod,
  queue: 'email',
  scaling: { kind: 'target', jobs: 1_000, cooldownSeconds: COOLDOWN },
  drainSeconds: 30,
  environment: {},
  secrets: {},
  ports: [],
};
const measured: Measured = {
  prefix: 'mercenary',
  namespace,
  services: [{ name: 'api', port: api.port, requests: pod.requests, rules: api.scalingRules! }],
  workers: [],
  queues: [{ name: 'email', key: 'bull:email:wait', library: 'bullmq' }],
};

let plane: ControlPlane;
let measurements: Measurements;
let serving: Serving;
beforeAll(async () => {
  for (const [program, from] of Object.entries({ prometheus: 'prometheus', kubectl: 'kubernetes-client' })) {
    if (spawnSync('which', [program]).status === 0) continue;
    throw new Error(`${program} is missing: install it (Debian: apt-get install -y ${from})`);
  }
  const node = { machine: 'four-cores', allocatable: { cpu: '8', memory: '16Gi' } };
  plane = await ControlPlane.start(['a', 'b'].map((zone) => ({ ...node, name: `node-${zone}`, zone })));
  await installOperators(plane);
  await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  measurements = await Measurements.start();
  serving = await Serving.start(plane, measured, measurements.port);
});
afterAll(async () => {
  await serving?.stop();
  await plane?.stop();
  await measurements?.stop();
});

const apply = async (program: () => void): Promise<void> => {
  for (const object of await objectsOf(program)) await plane.api.apply(object);
};
const replicas = async (name: string): Promise<number> => {
  serving.mustRun();
  return (await plane.api.must('apps/v1', 'Deployment', namespace, name)).spec.replicas as number;
};
const reaches = (name: string, count: number): Promise<void> =>
  plane.until(`${name} has ${count} pods`, async () => (await replicas(name)) === count);
/** Longer than any window of the rules, and than two cool-downs. */
async function stays(name: string, count: number): Promise<void> {
  for (const end = Date.now() + 16_000; Date.now() < end; await sleep(500)) expect(await replicas(name)).toBe(count);
}

/** What the kubelets and the exporter would tell: jobs that wait, percent of what pods ask for. */
function tell(now: { jobs: number; cpu: number; memory: number }): void {
  const container = `namespace="${namespace}",container="api",pod="api-1"`;
  const used = cpuUsed(now.cpu);
  measurements.tell({
    [`redis_script_values{namespace="${namespace}",key="depth/email"}`]: now.jobs,
    [`redis_script_values{namespace="${namespace}",key="wait/email"}`]: 1,
    [`container_memory_working_set_bytes{${container}}`]: now.memory * 1_048_576,
    [`container_cpu_usage_seconds_total{${container}}`]: used,
  });
}

/** Seconds of processor, which go on from where they were: 100m are a tenth of a second in each. */
let spent = { at: Date.now(), seconds: 0, perSecond: 0 };
function cpuUsed(percent: number): () => number {
  const until = () => spent.seconds + ((Date.now() - spent.at) / 1_000) * spent.perSecond;
  spent = { at: Date.now(), seconds: until(), perSecond: (percent / 100) * 0.1 };
  const now = spent;
  return () => now.seconds + ((Date.now() - now.at) / 1_000) * now.perSecond;
}

test('the API server takes everything that measures and serves, and the jobs of off-hours', async () => {
  const hours = { timezone: 'Europe/Berlin', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] };
  const objects = await objectsOf(() => {
    new ScalingMetrics('metrics', { stack: { instance }, namespace, measured });
    new QueueExporter('queues', {
      identity: identity('metrics-queues'),
      namespace,
      url: 'redis://broker:6379',
      port: 6379,
      queues: measured.queues,
    });
    new OffHours('off-hours', { identity: identity('off-hours'), namespace, hours, deployments: ['api', 'email'] });
  });
  // The group is served by the adapter on this machine; that of the component would lead to pods that are not real.
  const others = objects.filter(
    ({ kind, metadata }) =>
      kind !== 'APIService' && !(kind === 'Service' && (metadata as { name: string }).name === 'metrics-adapter'),
  );
  expect(objects.length - others.length).toBe(2);
  for (const object of others) await plane.api.apply(object);
  const [registered] = objects.filter(({ kind }) => kind === 'APIService');
  const there = await plane.api.must('apiregistration.k8s.io/v1', 'APIService', '', 'v1beta1.external.metrics.k8s.io');
  expect(there.spec).toMatchObject({ group: (registered!.spec as { group: string }).group, version: 'v1beta1' });
});

test('workers follow the depth of their queue, out and back in', async () => {
  tell({ jobs: 500, cpu: 50, memory: 60 });
  await apply(() => void new Worker('email', worker));
  await apply(() => void new Workload('api', api));
  await reaches('email', 2);
  await stays('email', 2);
  tell({ jobs: 3_000, cpu: 50, memory: 60 });
  await reaches('email', 4);
  await reaches('email', 6);
  // At the target itself nothing changes.
  tell({ jobs: 1_000, cpu: 50, memory: 60 });
  await stays('email', 6);
  tell({ jobs: 100, cpu: 50, memory: 60 });
  await reaches('email', 2);
});

test('a service goes out on any condition, stays while only one of the others holds, and goes in on both', async () => {
  await reaches('api', 2);
  tell({ jobs: 100, cpu: 90, memory: 60 });
  await reaches('api', 4);
  for (const [cpu, memory] of [
    [50, 60],
    [10, 60],
    [50, 30],
  ] as const) {
    tell({ jobs: 100, cpu, memory });
    await sleep(5_000); // what was before leaves the windows
    const now = await replicas('api');
    await stays('api', now);
    expect(now).toBeGreaterThanOrEqual(4);
  }
  tell({ jobs: 100, cpu: 10, memory: 30 });
  await reaches('api', 2);
});

test('off-hours: with the rights that it has, kubectl takes the pods away and wakes them, and can do nothing else', async () => {
  const token = tokenOf('off-hours');
  const as = (...words: string[]) => {
    const access = ['--kubeconfig', withoutUser(plane.kubeconfig), '--token', token, '--namespace', namespace];
    return spawnSync('kubectl', [...access, ...words], { encoding: 'utf8' });
  };
  expect(as(...scaleWords(['api', 'email'], 0))).toMatchObject({ status: 0 });
  // The autoscaler rests while there is no pod, whatever is measured.
  tell({ jobs: 3_000, cpu: 90, memory: 90 });
  await stays('api', 0);
  tell({ jobs: 100, cpu: 50, memory: 60 });
  expect(as(...scaleWords(['api', 'email'], 1))).toMatchObject({ status: 0 });
  await reaches('api', 2);
  await reaches('email', 2);
  for (const words of [
    ['delete', 'deployment/api'],
    ['get', 'secrets'],
    ['scale', '--replicas=0', 'deployment/metrics-prometheus'],
  ]) {
    expect(as(...words)).toMatchObject({ status: 1, stderr: expect.stringMatching(/forbidden/i) });
  }
});

/** As the kubelet asks for one; by a request of the API, which kubectl of every version can make. */
function tokenOf(account: string): string {
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
  const answer = execFileSync(
    'kubectl',
    ['--kubeconfig', plane.kubeconfig, 'create', '--raw', path, '--filename', '-'],
    {
      input: JSON.stringify(request),
      encoding: 'utf8',
    },
  );
  return (JSON.parse(answer) as { status: { token: string } }).status.token;
}

/** The same cluster, with nobody's certificate: the token alone says who asks. */
function withoutUser(kubeconfig: string): string {
  const file = `${kubeconfig}-nobody`;
  execFileSync('cp', [kubeconfig, file]);
  execFileSync('kubectl', ['--kubeconfig', file, 'config', 'unset', 'users']);
  return file;
}
