import { record } from '../../../cli/offline/recorder';
import { cpuTargetOf } from '../../../components/digitalocean/worker-pool/scaling';
import { WorkerPool, type WorkerPoolArgs } from '../../../components/digitalocean/worker-pool/worker-pool';
import type { QueueScaling } from '../../../plan/types';
import { counts, messageOf, one } from '../recorded';
import { pool } from './droplet-pool-arguments';

const { region, vpcId, sshKeys, machineImage, clientTags, projectId, tags, secrets } = pool;
const worker: WorkerPoolArgs = {
  ...{ region, vpcId, sshKeys, machineImage, clientTags, projectId, tags, secrets },
  image: 'ghcr.io/mercenary/api:1.4.2',
  command: ['celery', '-A', 'app.worker', 'worker'],
  machine: 'm-2vcpu-16gb',
  capacity: { min: 2, max: 5, desired: 3 },
  cpuPercent: 50,
  cooldownSeconds: 300,
  drainSeconds: 600,
  environment: { ENVIRONMENT: 'production' },
};
const poolType = 'digitalocean:index/dropletAutoscale:DropletAutoscale';
const firewallType = 'digitalocean:index/firewall:Firewall';

function recordPool(change: Partial<WorkerPoolArgs> = {}) {
  return record(() => ({ id: new WorkerPool('mercenary-prod-celery-nyc3', { ...worker, ...change }).pool.id }));
}

test('droplets without a balancer, that nobody reaches and stores let in, follow their CPU', async () => {
  const recording = await recordPool();
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:WorkerPool': 1,
    'digitalocean:index/tag:Tag': 1,
    [poolType]: 1,
    [firewallType]: 1,
  });
  const made = one(recording, poolType);
  const { config, dropletTemplate } = made.inputs as { config: unknown; dropletTemplate: Record<string, unknown> };
  expect(config).toEqual({ minInstances: 2, maxInstances: 5, targetCpuUtilization: 0.5, cooldownMinutes: 5 });
  expect(dropletTemplate).toMatchObject({ publicNetworking: false, size: 'm-2vcpu-16gb', vpcUuid: 'vpc-1' });
  expect(dropletTemplate.tags).toContain('clients');
  expect(dropletTemplate.userData).toMatch(/"\$\{IMAGE:\?\}" 'celery' '-A' 'app\.worker' 'worker'/);
  expect(dropletTemplate.userData).toContain('docker stop --time 600');
  expect(dropletTemplate.userData).not.toContain('nginx');
  const firewall = one(recording, firewallType);
  expect(firewall.inputs.inboundRules).toBeUndefined();
  expect(made.dependsOn).toContain(firewall.urn);
});

test('without a target their number is fixed', async () => {
  const { inputs } = one(await recordPool({ cpuPercent: undefined }), poolType);
  expect(inputs.config).toEqual({ targetNumberInstances: 3 });
});

test('a password goes to the pooler by the vault, and its URL to nobody', async () => {
  const database = {
    variable: 'DATABASE_URL',
    name: 'app',
    host: 'db',
    port: 25_060,
    database: 'app',
    user: 'doadmin',
  };
  const pooler = {
    image: 'ghcr.io/cloudnative-pg/pgbouncer:1.24.1',
    ...{ port: 6432, poolSize: 5, minPoolSize: 1, maxDatabaseConnections: 100, maxClientConnections: 1_000 },
    ...{ timeoutSeconds: 30, pods: 2 },
  };
  const passwordSecret = 'https://vault.example/0123/password';
  const pooled = { pooler, databases: [{ ...database, passwordSecret }] };
  const { inputs } = one(await recordPool({ pooled }), poolType);
  const { userData } = inputs.dropletTemplate as { userData: string };
  expect(userData).toContain(`fetch 'STACKLADDER_PASSWORD_OF_DATABASE_URL' '${passwordSecret}'`);
  expect(userData).toContain('app = host=db port=25060 dbname=app');
  const clash = { ...worker, pooled, secrets: { DATABASE_URL: 'https://vault.example/url' } };
  expect(messageOf(() => new WorkerPool('celery', clash))).toMatch(/pooled\.databases\.DATABASE_URL: is filled more/);
});

const target: QueueScaling = { kind: 'target', jobs: 1_000, cooldownSeconds: 300 };
const rules: QueueScaling = {
  kind: 'rules',
  out: [
    { signal: 'wait', seconds: 60, minutes: 1 },
    { signal: 'cpu', percent: 80, minutes: 5 },
  ],
  in: [],
  cooldownSeconds: 300,
};

test('a guide’s own CPU is the pool’s; without one it is half', () => {
  expect([target, rules].map(cpuTargetOf)).toEqual([50, 80]);
});

test('every fault is said at once, by its path', () => {
  const bad: WorkerPoolArgs = {
    ...worker,
    image: 'UPPER',
    machine: 'r5.large',
    capacity: { min: 0, max: -1, desired: 9 },
    cpuPercent: 0,
    cooldownSeconds: 3_600,
    drainSeconds: -1,
    sshKeys: [],
    environment: { '1A': 'x', MONGO_URL: 'x' },
  };
  const lines = messageOf(() => new WorkerPool('celery', bad))
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
    'image',
    'machine',
    'capacity.min',
    'capacity.max',
    'capacity.max',
    'capacity.desired',
    'cpuPercent',
    'cooldownSeconds',
    'drainSeconds',
    'sshKeys',
    'environment',
    'secrets.MONGO_URL',
  ]);
});
