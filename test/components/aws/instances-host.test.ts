import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { makeOfflinePlan, type OfflinePlan } from '../../../cli/offline/make-plan';
import type { RecordedResource } from '../../../cli/offline/recorder';
import type { Environment, PhaseName } from '../../../plan/vocabulary';

/** Whole systems on instances: what the host makes of plan and wiring. */
const planOf = (system: string, environment: Environment, phase: PhaseName): Promise<OfflinePlan> =>
  makeOfflinePlan({ system, phase, cloud: 'aws', environment });

let svSdk: OfflinePlan;
let mercenary: OfflinePlan;
beforeAll(async () => {
  svSdk = await planOf('sv-sdk', 'prod', 'large');
  mercenary = await planOf('mercenary', 'dev', 'enterprise');
});

const ofType = ({ resources }: OfflinePlan, type: string): RecordedResource[] =>
  resources.filter((resource) => resource.type === type);
const named = (plan: OfflinePlan, type: string, name: string): RecordedResource =>
  ofType(plan, type).find((resource) => resource.name === name)!;

function fileOf(plan: OfflinePlan, group: string, file: string): string {
  const { userData } = named(plan, 'aws:ec2/launchTemplate:LaunchTemplate', group).inputs;
  const bytes = Buffer.from(userData as string, 'base64');
  const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  const { write_files: files } = parse(text.toString(), { version: '1.1' }) as {
    write_files: { path: string; content: string }[];
  };
  return files.find(({ path }) => path.endsWith(`/${file}`))!.content;
}

test('services reach the database through the pooler: the password is fetched, its URL is not', () => {
  const fetched = fileOf(svSdk, 'sv-sdk-prod-app-use1', 'fetch-secrets');
  expect(fetched).toContain(`fetch 'STACKLADDER_PASSWORD_OF_DATABASE_URL'`);
  expect(fetched).toContain(`fetch 'STACKLADDER_PASSWORD_OF_DATABASE_REPLICA_URL'`);
  expect(fetched).not.toContain(`fetch 'DATABASE_URL'`);
  expect(fetched).toContain(`fetch 'QUEUE_REDIS_URL'`);
  const ini = fileOf(svSdk, 'sv-sdk-prod-app-use1', 'pgbouncer.ini');
  expect(ini).toMatch(/^svsdk = host=\S+ port=5432 dbname=svsdk$/m);
  expect(ini).toMatch(/^svsdk_read = host=\S+ port=5432 dbname=svsdk$/m);
});

test.each(['email-worker', 'queue-worker'])('%s measures every queue, so that whoever is there does', (worker) => {
  const script = fileOf(svSdk, `sv-sdk-prod-${worker}-use1`, 'publish-queue-depth');
  expect(script).toContain(`'email' 'bull:email:wait' 'bullmq'`);
  expect(script).toContain(`'jobs' 'bull:jobs:wait' 'bullmq'`);
  expect(script).toContain(`s/^QUEUE_REDIS_URL=//p`);
  expect(script).toContain(`--namespace 'Stackladder/sv-sdk-prod'`);
});

test('workers wear the group that stores let in', () => {
  const template = named(svSdk, 'aws:ec2/launchTemplate:LaunchTemplate', 'sv-sdk-prod-queue-worker-use1');
  const [card] = template.inputs.networkInterfaces as { securityGroups: string[] }[];
  expect(card!.securityGroups.join()).toContain('clients');
});

test('warnings have a topic of their own, for stores too; queues are critical', () => {
  const alarms = ofType(svSdk, 'aws:cloudwatch/metricAlarm:MetricAlarm');
  const topicOf = (name: string) =>
    (alarms.find((alarm) => alarm.name.includes(name))!.inputs.alarmActions as string[])[0];
  expect(topicOf('DatabaseCpu-database')).toContain('warnings');
  expect(topicOf('EmailQueueDepth')).toContain('sv-sdk-prod-alerts');
  const pulseLike = ofType(svSdk, 'stackladder:aws:AlertTopic').map(({ name }) => name);
  expect(pulseLike.sort()).toEqual(['sv-sdk-prod-alerts-use1', 'sv-sdk-prod-warnings-use1']);
});

test('one dashboard shows the service, its stores and the queues', () => {
  const { dashboardBody } = ofType(svSdk, 'aws:cloudwatch/dashboard:Dashboard')[0]!.inputs;
  const { widgets } = JSON.parse(dashboardBody as string) as {
    widgets: { properties: { title: string; metrics: unknown[] } }[];
  };
  expect(widgets.map(({ properties }) => properties.title)).toEqual(
    expect.arrayContaining(['CPU', 'Replication Lag', 'Cache Evictions', 'Email Queue', 'Job Queue']),
  );
  for (const { properties } of widgets)
    expect([properties.title, properties.metrics.length > 0]).toEqual([properties.title, true]);
});

test('a host of the rules has a record in each region, and is on the certificate', () => {
  const records = ofType(mercenary, 'aws:route53/record:Record').map(({ inputs }) => [
    inputs.name,
    inputs.setIdentifier,
  ]);
  expect(records).toContainEqual(['www.mercenary-dev.placeholder.invalid', 'us-east-1']);
  expect(records).toContainEqual(['www.mercenary-dev.placeholder.invalid', 'us-west-2']);
  const certificates = ofType(mercenary, 'aws:acm/certificate:Certificate');
  expect(
    certificates
      .filter(({ inputs }) => inputs.subjectAlternativeNames !== undefined)
      .map(({ inputs }) => inputs.region),
  ).toEqual(['us-east-1', 'us-west-2']);
});

test('schedules run at home alone, and groups rest in every region', () => {
  const sql = ofType(mercenary, 'stackladder:aws:ScheduledSql').map(({ name }) => name);
  expect(sql).toEqual(['mercenary-dev-partitions-sql-use1']);
  const actions = ofType(mercenary, 'aws:autoscaling/schedule:Schedule').map(({ name }) => name);
  expect(actions).toHaveLength(2 * 2 * 2); // morning and evening, API and workers, two regions
  expect(ofType(svSdk, 'aws:autoscaling/schedule:Schedule')).toEqual([]);
});

test('what AWS does in place of what the guide asks for is named', () => {
  const notices = (mercenary.outputs.notices as string[]).join('\n');
  expect(notices).toContain('An Application Load Balancer has no affinity by source address');
  expect(notices).toContain("Little's law");
  expect((svSdk.outputs.notices as string[]).join('\n')).not.toContain('affinity');
});

test('who works on spot capacity is told what becomes of a job that is cut short', () => {
  const noticesOf = ({ outputs }: OfflinePlan) => (outputs.notices as string[]).join('\n');
  expect(noticesOf(mercenary)).toMatch(/celery: spot capacity[\s\S]*task_acks_late/);
  expect(noticesOf(svSdk)).not.toMatch(/spot/);
});
