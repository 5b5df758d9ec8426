import { record } from '../../../cli/offline/recorder';
import { rollMinutes } from '../../../components/gcp/managed-group/scaling';
import { QueueMetrics } from '../../../components/gcp/queue-metrics/queue-metrics';
import { WorkerGroup, type WorkerGroupArgs } from '../../../components/gcp/worker-group/worker-group';
import { all, counts, messageOf, one } from '../recorded';
import { network, projectId } from './given';
import { filesOf } from './script-files';

const template = 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate';
const pooler = {
  image: 'ghcr.io/cloudnative-pg/pgbouncer:1.24.1',
  port: 6432,
  poolSize: 5,
  minPoolSize: 0,
  maxDatabaseConnections: 20,
  maxClientConnections: 100,
  timeoutSeconds: 30,
  pods: 2,
};
const given = (args: Partial<WorkerGroupArgs> = {}): WorkerGroupArgs => ({
  projectId,
  region: 'us-central1',
  zones: ['us-central1-a', 'us-central1-b'],
  ...network(),
  prefix: 'shop-prod',
  metrics: new QueueMetrics('shop-prod-queues', { prefix: 'shop-prod' }),
  image: 'ghcr.io/shop/worker:1.4.2',
  command: ['node', 'worker.js'],
  machine: 'e2-small',
  capacity: { min: 2, max: 20, desired: 2 },
  queues: [
    { name: 'email', key: 'bull:email:wait', library: 'bullmq' },
    { name: 'jobs', key: 'bull:jobs:wait', library: 'bullmq' },
  ],
  queue: 'email',
  brokerVariable: 'QUEUE_URL',
  scaling: { kind: 'target', jobs: 1_000, cooldownSeconds: 300 },
  spot: false,
  drainSeconds: 120,
  secrets: { QUEUE_URL: 'projects/p/secrets/queue', DATABASE_URL: 'projects/p/secrets/url' },
  pooled: {
    pooler,
    databases: [
      {
        variable: 'DATABASE_URL',
        name: 'shop',
        host: '10.0.224.3',
        port: 5432,
        database: 'shop',
        user: 'shop',
        passwordId: 'projects/p/secrets/password',
      },
    ],
  },
  ...args,
});
const made = (args: Partial<WorkerGroupArgs> = {}) =>
  record(() => void new WorkerGroup('shop-prod-email-usc1', given(args)));
const filesIn = (inputs: Record<string, unknown>) =>
  new Map(
    filesOf((inputs.metadata as Record<string, string>)['startup-script']!).map(({ path, content }) => [path, content]),
  );
const scripts = '/usr/local/lib/stackladder';

test('a group that no balancer leads to, and only health checks reach', async () => {
  const recording = await made();
  expect(counts(recording)).not.toHaveProperty(['gcp:compute/backendService:BackendService']);
  const group = one(recording, 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager').inputs;
  expect(group).not.toHaveProperty('namedPorts');
  expect(group.autoHealingPolicies).toEqual({
    healthCheck: '<unknown:shop-prod-email-usc1-healing.id>',
    initialDelaySec: 300,
  });
  expect(one(recording, 'gcp:compute/firewall:Firewall').inputs.allows).toEqual([{ protocol: 'tcp', ports: ['8079'] }]);
  const scaler = one(recording, 'gcp:compute/regionAutoscaler:RegionAutoscaler');
  expect(scaler.inputs.autoscalingPolicy).toMatchObject({
    minReplicas: 2,
    maxReplicas: 20,
    metrics: [{ singleInstanceAssignment: 1_000 }],
  });
  expect(scaler.dependsOn.join()).toContain('metricDescriptor:MetricDescriptor');
});

test('every instance measures all queues of the broker, and runs the image’s other command', async () => {
  const files = filesIn(one(await made(), template).inputs);
  const publishes = files.get(`${scripts}/publish-queue-depth`)!;
  expect(publishes).toContain("'email' 'bull:email:wait' 'bullmq'");
  expect(publishes).toContain("'jobs' 'bull:jobs:wait' 'bullmq'");
  expect(publishes).toContain('custom.googleapis.com/shop-prod/queue_depth');
  expect(files.get(`${scripts}/run-container`)).toContain(`"\${IMAGE:?}" 'node' 'worker.js'`);
});

test('an instance that is to go lets its job end, within the plan’s seconds', async () => {
  const { inputs } = one(await made(), template);
  expect(inputs.scheduling).toEqual({
    automaticRestart: true,
    onHostMaintenance: 'MIGRATE',
    gracefulShutdown: { enabled: true, maxDuration: { seconds: 165 } },
  });
  const files = filesIn(inputs);
  expect(files.get(`${scripts}/drain`)).toMatch(
    /PENDING_STOP[\s\S]*systemctl stop stackladder\.service\nsystemctl poweroff/,
  );
  expect(files.get('/etc/systemd/system/stackladder.service')).toContain('docker stop --time 120');
});

test.each([
  [12, 3, 30, 60], // 4 waves of 6 minutes: an hour is enough
  [20, 3, 600, 105], // 7 waves, each with ten minutes for its jobs
  [50, 3, 3_555, 1_105],
])(
  'a roll through %i instances in %i zones, each with %i s for its work, may take %i minutes',
  (max, zones, drain, minutes) => {
    const names = Array.from({ length: zones }, (_, at) => `us-central1-${'abc'[at]}`);
    const given = { capacity: { min: 2, max, desired: 2 }, zones: names, drainSeconds: drain };
    expect(rollMinutes(given)).toBe(minutes);
  },
);

test('spot capacity is given back when Google asks, and has no graceful shutdown', async () => {
  const { inputs } = one(await made({ spot: true }), template);
  expect(inputs.scheduling).toEqual({
    provisioningModel: 'SPOT',
    preemptible: true,
    automaticRestart: false,
    onHostMaintenance: 'TERMINATE',
    instanceTerminationAction: 'DELETE',
  });
  expect(filesIn(inputs).has(`${scripts}/drain`)).toBe(false);
});

test('PgBouncer beside it has the password, and nobody the URL', async () => {
  const recording = await made();
  const files = filesIn(one(recording, template).inputs);
  const fetches = files.get(`${scripts}/fetch-secrets`)!;
  expect(fetches).toContain("fetch 'STACKLADDER_PASSWORD_OF_DATABASE_URL' 'projects/p/secrets/password'");
  expect(fetches).not.toContain('projects/p/secrets/url');
  expect(files.get('/etc/stackladder/pgbouncer.ini')).toContain('shop = host=10.0.224.3 port=5432 dbname=shop');
  expect(files.get('/etc/systemd/system/stackladder.service')).toContain(
    'Wants=network-online.target stackladder-pooler.service',
  );
  const read = all(recording, 'gcp:secretmanager/secretIamMember:SecretIamMember').map(({ inputs }) => inputs.secretId);
  expect(read.sort()).toEqual(['projects/p/secrets/password', 'projects/p/secrets/queue']);
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    const wrong: Partial<WorkerGroupArgs> = {
      zones: [],
      image: 'Not An Image',
      machine: 'r5.large',
      capacity: { min: 0, max: 0, desired: 5 },
      diskGb: 5,
      environment: { 'A B': 'x' },
      drainSeconds: 3_600,
      queue: 'nothing',
      queues: [
        { name: 'a', key: 'a', library: 'celery' },
        { name: 'a', key: 'b', library: 'celery' },
      ],
      brokerVariable: 'MISSING',
      scaling: { kind: 'rules', out: [{ signal: 'wait', seconds: 60, minutes: 1 }], in: [], cooldownSeconds: -1 },
    };
    message = messageOf(() => new WorkerGroup('w', given(wrong)));
  });
  expect(message.split('\n').map((line) => line.replace(/: .*/, '').trim())).toEqual([
    'WorkerGroup "w" cannot be created:',
    'zones',
    'image',
    'machine',
    'capacity.min',
    'capacity.max',
    'capacity.desired',
    'diskGb',
    'environment',
    'drainSeconds',
    'queue',
    'queues',
    'brokerVariable',
    'scaling.cooldownSeconds',
    'scaling.out',
  ]);
});
