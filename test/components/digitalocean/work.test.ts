import { makeOfflinePlan, type OfflinePlan, type PlanFlags } from '../../../cli/offline/make-plan';
import { record } from '../../../cli/offline/recorder';
import { QueueCheck } from '../../../components/digitalocean/alerts/queue-check';
import { nextBests } from '../../../components/digitalocean/next-bests';
import { all, messageOf, one } from '../recorded';

const flags = (system: string, more: Partial<PlanFlags> = {}): PlanFlags => ({
  system,
  cloud: 'digitalocean',
  compute: 'instances',
  environment: 'prod',
  phase: 'large',
  ...more,
});
const type = (name: string) => `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const called = (plan: OfflinePlan, kind: string, part: string) => {
  const found = all(plan, type(kind)).find(({ name }) => name.includes(part));
  if (!found) throw new Error(`no ${kind} of ${part}`);
  return found;
};
const userDataOf = (plan: OfflinePlan, part: string) =>
  (called(plan, 'DropletAutoscale', part).inputs.dropletTemplate as { userData: string }).userData;

describe('SV-SDK at large, on droplets', () => {
  let plan: OfflinePlan;
  beforeAll(async () => {
    plan = await makeOfflinePlan(flags('sv-sdk'));
  });

  test('services and workers reach the database through PgBouncer beside them, reads by both readers', () => {
    for (const part of ['-app-', '-email-worker-', '-queue-worker-']) {
      const text = userDataOf(plan, part);
      expect(text).toContain('svsdk = host=<unknown:sv-sdk-prod-svsdk.privateHost> port=25060 dbname=svsdk');
      expect(text).toMatch(/fetch 'STACKLADDER_PASSWORD_OF_DATABASE_URL' 'https:\S+svsdk-sql-password'/);
      expect(text).not.toContain('svsdk-sql-url');
      expect(text).not.toContain('<secret>');
    }
    const readers = [1, 2].map((at) => `<unknown:sv-sdk-prod-svsdk-read-nyc3-${at}.privateHost>`).join(',');
    expect(userDataOf(plan, '-app-')).toContain(`svsdk_read = host=${readers} port=25060 dbname=svsdk`);
    expect(userDataOf(plan, '-email-worker-')).not.toContain('svsdk_read');
  });

  test('the pooler opens what the plan has fitted, and no more', () => {
    const { pooler } = plan.plan.services[0]!;
    expect(userDataOf(plan, '-app-')).toContain(`default_pool_size = ${pooler?.poolSize}\n`);
  });

  test('jobs wait in a store of their own that never drops them, with a standby', () => {
    expect(called(plan, 'DatabaseCluster', 'broker')).toMatchObject({
      protect: true,
      inputs: { engine: 'valkey', evictionPolicy: 'noeviction', nodeCount: 2 },
    });
    expect(called(plan, 'DatabaseCluster', 'cache').inputs.evictionPolicy).toBe('allkeys_lru');
    for (const part of ['-app-', '-email-worker-', '-queue-worker-']) {
      expect(userDataOf(plan, part)).toMatch(/fetch 'QUEUE_REDIS_URL' 'https:\S+broker-url-nyc3'/);
    }
  });

  test('workers have pools of their own, by CPU within their range, and no balancer', () => {
    expect(called(plan, 'DropletAutoscale', 'email-worker').inputs.config).toEqual({
      minInstances: 2,
      maxInstances: 20,
      targetCpuUtilization: 0.5,
      cooldownMinutes: 5,
    });
    expect(called(plan, 'DropletAutoscale', 'queue-worker').inputs.config).toMatchObject({
      minInstances: 5,
      maxInstances: 10,
      targetCpuUtilization: 0.8,
    });
    expect(all(plan, type('LoadBalancer')).map(({ name }) => name)).toEqual(['sv-sdk-prod-app-nyc3']);
    expect(userDataOf(plan, '-queue-worker-')).toContain(`'node' 'dist/queue-worker.js'`);
  });

  test('queues that are too long are told of: droplets look, and an uptime check asks them', () => {
    const target = String(called(plan, 'UptimeCheck', 'email-queue').inputs.target);
    expect(target).toMatch(/\/\.well-known\/stackladder\/queues\/email-10000$/);
    const text = userDataOf(plan, '-app-');
    expect(text).toContain(`location = ${new URL(target).pathname} {`);
    expect(text).toContain("/queue-depths 'bull:email:wait' 'bull:jobs:wait'");
    expect(userDataOf(plan, '-email-worker-')).not.toContain('queue-depths');
  });

  test('database, cache and broker are watched as the guide says', () => {
    const value = (part: string) => called(plan, 'MonitorAlert', part).inputs.value;
    expect(value('svsdk-alerts-cpu-alerts-warning')).toBe(80);
    expect(value('svsdk-alerts-disk-utilization-alerts-warning')).toBe(80);
    expect(value('cache-nyc3-alerts-memory-utilization-alerts-warning')).toBe(90);
  });

  test('what DigitalOcean has not is named', () => {
    const said = nextBests(plan.plan);
    for (const words of [
      /readers do not follow the load; there are always 2/,
      /PgBouncer takes them in turn/,
      /owner doadmin, not svsdk/,
      /backups are of 7 days, not 14/,
      /least connections is not asked for/,
      /knows no minutes, nothing to shrink at \(cpu below 30 % and responses below 200 ms\), and no response time/,
      /email-worker: .* not by what waits in a queue\. The pool keeps 50 % CPU between 2 and 20/,
      /email-worker: a droplet has 60 s to shut down, not 120/,
      /EmailQueueDepth: .* asks \/\.well-known\/stackladder\/queues\/email-10000/,
      /Broker: Valkey is written to disk every ten minutes/,
    ]) {
      expect(said.filter((sentence) => words.test(sentence))).toHaveLength(1);
    }
  });
});

describe('Mercenary on droplets', () => {
  test('the calendar’s SQL, cookies and rules stand where the guide’s balancer has them', async () => {
    const plan = await makeOfflinePlan(flags('mercenary'));
    const text = userDataOf(plan, '-api-');
    expect(text).toContain('OnCalendar=*-*-1 12:0:00 UTC');
    expect(text).toMatch(/"~\^\/static\/\.\*\$" 1;/);
    expect(userDataOf(plan, '-celery-')).not.toContain('OnCalendar');
    expect(one(plan, type('LoadBalancer')).inputs.stickySessions).toMatchObject({
      type: 'cookies',
      cookieTtlSeconds: 3_600,
    });
    const values = (metric: string) =>
      all(plan, type('MonitorAlert'))
        .filter(({ name }) => name.includes(`api-droplet-alerts-nyc3-${metric}`))
        .map(({ name, inputs }) => [name.split('-').pop(), inputs.value]);
    expect(values('cpu')).toEqual([
      ['critical', 90],
      ['warning', 70],
    ]);
    expect(values('memory')).toEqual([
      ['critical', 95],
      ['warning', 80],
    ]);
    expect(values('disk')).toEqual([
      ['critical', 90],
      ['warning', 80],
    ]);
    const said = nextBests(plan.plan).join('\n');
    expect(said).toMatch(/ReplicationLag: DigitalOcean tells nobody/);
    expect(said).toMatch(/Dashboard: .* and not: Latency \(p90\), Replication Lag, Queue Depth\./);
    expect(said).toMatch(/celery: DigitalOcean sells no spare capacity/);
    expect(said).toMatch(/keeps no client by its address\. A cookie leads it to the same droplet for 3600 s/);
  });

  test('at enterprise SQL runs at home alone, and each region reads from its own reader', async () => {
    const plan = await makeOfflinePlan(flags('mercenary', { phase: 'enterprise' }));
    expect(userDataOf(plan, '-api-nyc3')).toContain('OnCalendar=');
    expect(userDataOf(plan, '-api-sfo3')).not.toContain('OnCalendar=');
    expect(userDataOf(plan, '-api-sfo3')).toContain(
      'mercenary_read = host=<unknown:mercenary-prod-mercenary-read-sfo3-1',
    );
    const reader = called(plan, 'DatabaseReplica', 'sfo3-1');
    expect(reader.inputs).toMatchObject({
      region: 'sfo3',
      privateNetworkUuid: '<unknown:mercenary-prod-network-sfo3.id>',
    });
  });

  test('in dev out of hours is named: nothing stops by itself', async () => {
    const { plan } = await makeOfflinePlan(flags('mercenary', { environment: 'dev', phase: 'small' }));
    expect(nextBests(plan).join('\n')).toMatch(/Out of hours: Droplet pools have no schedule/);
  });
});

test('on a cluster the database is DigitalOcean’s, pods are let in, and alerts of queues are the cluster’s own', async () => {
  const plan = await makeOfflinePlan(flags('sv-sdk', { compute: 'kubernetes' }));
  expect(all(plan, type('DropletAutoscale'))).toEqual([]);
  expect(called(plan, 'DatabaseFirewall', 'svsdk').inputs.rules).toContainEqual({
    type: 'k8s',
    value: '<unknown:sv-sdk-prod-doks-nyc3.id>',
  });
  expect(all(plan, type('UptimeCheck'))).toHaveLength(1);
  const said = nextBests(plan.plan).join('\n');
  expect(said).not.toMatch(/droplet/i);
  expect(said).toMatch(/readers do not follow the load/);
});

test('a check of a queue wants an address by https and somebody who hears', async () => {
  const target = 'https://app.example.com/.well-known/stackladder/queues/email-10000';
  const recording = await record(() => {
    new QueueCheck('email', { target, emails: ['ops@example.com'] });
    return {};
  });
  expect(one(recording, type('UptimeAlert')).inputs).toMatchObject({ type: 'down', period: '2m' });
  expect(messageOf(() => new QueueCheck('email', { target: 'http://a', emails: [] }))).toMatch(
    /emails: an alert that nobody hears.*\n.*target: /,
  );
});
