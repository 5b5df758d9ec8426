import { makeOfflinePlan, type OfflinePlan } from '../../../cli/offline/make-plan';
import { gcp } from '../../../components/gcp';
import { rangesOf } from '../../../components/gcp/network/ranges';
import { nextBests } from '../../../components/gcp/next-bests';
import type { Compute, Environment, PhaseName } from '../../../plan/vocabulary';
import type { RawConfig } from '../../../stacks/config/raw';
import { all, counts, one } from '../recorded';
import { filesOf } from './script-files';

jest.mock('../../../components/clouds', () => ({ cloudOf: () => gcp }));

const sql = 'gcp:sql/databaseInstance:DatabaseInstance';
const scaler = 'gcp:compute/regionAutoscaler:RegionAutoscaler';

function onGoogle(
  system: 'mercenary' | 'sv-sdk',
  phase: PhaseName,
  environment: Environment,
  compute: Compute = 'instances',
  account: Record<string, string> = {},
): Promise<OfflinePlan> {
  const text = JSON.stringify({ projectId: 'example-project-123', dnsZone: 'example-zone', ...account });
  const config: RawConfig = { gcp: { text, secret: false } };
  return makeOfflinePlan({ system, phase, cloud: 'gcp', environment, compute, config });
}
const policies = (recording: OfflinePlan) =>
  Object.fromEntries(all(recording, scaler).map(({ name, inputs }) => [name, inputs.autoscalingPolicy]));
const scriptOf = (recording: OfflinePlan, workload: string) => {
  const found = all(recording, 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate').find(
    ({ name }) => name === workload,
  );
  const script = (found!.inputs.metadata as Record<string, string>)['startup-script']!;
  return new Map(filesOf(script).map(({ path, content }) => [path.split('/').pop()!, content]));
};

test('Mercenary: one to five readers by CPU, a worker on spare capacity, PgBouncer beside both, one scheduled job', async () => {
  const recording = await onGoogle('mercenary', 'large', 'prod');
  expect(all(recording, sql).map(({ inputs }) => inputs.instanceType)).toEqual([undefined, 'READ_POOL_INSTANCE']);
  expect(policies(recording)).toMatchObject({
    'mercenary-prod-api-usc1': {
      minReplicas: 2,
      maxReplicas: 20,
      cpuUtilization: { target: 0.7 },
      loadBalancingUtilization: { target: 1 },
      scaleInControl: { timeWindowSec: 900 },
    },
    'mercenary-prod-celery-usc1': { metrics: [{ singleInstanceAssignment: 100 }] },
  });
  const files = scriptOf(recording, 'mercenary-prod-api-usc1');
  const ini = files.get('pgbouncer.ini')!;
  expect(ini).toContain('mercenary = host=<unknown:mercenary-prod-mercenary-sql.privateIpAddress>');
  expect(ini).toContain('mercenary_read = host=<unknown:mercenary-prod-mercenary-sql-pool.privateIpAddress>');
  expect(files.get('fetch-secrets')).toContain('STACKLADDER_PASSWORD_OF_DATABASE_READ_URL');
  expect(one(recording, 'gcp:cloudscheduler/job:Job').inputs.schedule).toBe('0 12 1 * *');
  const backend = all(recording, 'gcp:compute/backendService:BackendService').find(({ name }) => name.endsWith('-api'));
  expect(backend!.inputs.backends).toMatchObject([{ balancingMode: 'RATE', maxRatePerInstance: 16.6667 }]);
});

test('a database of the cloud’s own is watched there, on instances and beside a cluster', async () => {
  for (const compute of ['instances', 'kubernetes'] as const) {
    const recording = await onGoogle('sv-sdk', 'large', 'prod', compute);
    const alarms = all(recording, 'gcp:monitoring/alertPolicy:AlertPolicy').map(({ name }) => name);
    for (const alarm of ['DatabaseCpu', 'DatabaseStorage', 'CacheMemory']) {
      expect(alarms.filter((name) => name.endsWith(alarm))).toHaveLength(1);
    }
    // Pods' own exporter measures queues there.
    expect(alarms.some((name) => name.endsWith('EmailQueueDepth'))).toBe(compute === 'instances');
    expect(all(recording, 'gcp:monitoring/dashboard:Dashboard')).toHaveLength(1);
  }
});

test('pods are let out to where Cloud SQL and the broker are', async () => {
  const recording = await onGoogle('sv-sdk', 'small', 'prod', 'kubernetes');
  const policy = all(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').map(({ inputs }) =>
    JSON.stringify(inputs),
  );
  const { managed } = rangesOf(recording.plan.regions[0]!.cidr);
  expect(policy.filter((text) => text.includes(`"${managed}"`)).length).toBeGreaterThan(0);
  expect(counts(recording)).not.toHaveProperty([scaler]);
});

test('outside working hours groups of dev have no least', async () => {
  const recording = await onGoogle('mercenary', 'small', 'dev');
  expect(policies(recording)['mercenary-dev-api-usc1']).toMatchObject({
    minReplicas: 0,
    scalingSchedules: [
      { schedule: '0 7 * * 1,2,3,4,5', durationSec: 13 * 3_600, minRequiredReplicas: 2, timeZone: 'UTC' },
    ],
  });
});

test('a database that is there already is reached by its own secret, and none is made', async () => {
  const databaseSecretId = 'projects/example-project-123/secrets/shop-url';
  const recording = await onGoogle('sv-sdk', 'small', 'prod', 'instances', { databaseSecretId });
  expect(counts(recording)).not.toHaveProperty([sql]);
  const files = scriptOf(recording, 'sv-sdk-prod-app-usc1');
  expect(files.get('fetch-secrets')).toContain(`fetch 'DATABASE_URL' '${databaseSecretId}'`);
  expect(files.has('pgbouncer.ini')).toBe(false);
});

test('a database that is taken over is imported as it is', async () => {
  const recording = await onGoogle('sv-sdk', 'small', 'prod', 'instances', { adoptDatabase: 'shop-production' });
  const instance = one(recording, sql);
  expect([instance.importId, instance.ignoreChanges]).toEqual([
    'projects/example-project-123/instances/shop-production',
    expect.arrayContaining(['*']),
  ]);
  expect(recording.outputs.notices).toContainEqual(expect.stringContaining('shop-production is taken over'));
});

test('what a guide asks for and Google Cloud has not is named', async () => {
  const { plan } = await onGoogle('mercenary', 'large', 'prod');
  const said = nextBests(plan).join('\n');
  for (const part of [
    'requests in flight (> 100) and the response time (mean > 500 ms)',
    'in place of source-IP affinity a cookie',
    'For www.',
    'spot capacity is taken back with 30 s of notice',
    'no blue/green upgrade',
    'Memorystore for Redis 7.2 in the standard tier',
  ]) {
    expect(said).toContain(part);
  }
  const { plan: dev } = await onGoogle('mercenary', 'small', 'dev');
  expect(nextBests(dev).join('\n')).toContain('Off-hours in dev');
  const usual = { ...plan, relationalDatabase: { ...plan.relationalDatabase!, instanceClass: 'db-custom-2-8192' } };
  expect(nextBests(usual).join('\n')).toMatch(/there are 1, and not 1 to 5 by CPU/);
  expect(nextBests(usual).join('\n')).toMatch(/14 nightly copies are kept; .* 7 days/);
  expect(said).not.toMatch(/nightly copies/);
});
