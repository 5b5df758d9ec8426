import { record } from '../../../cli/offline/recorder';
import { ScheduledSql, type ScheduledSqlArgs } from '../../../components/gcp/scheduled-sql/scheduled-sql';
import { messageOf, one } from '../recorded';
import { network, projectId } from './given';

const given = (args: Partial<ScheduledSqlArgs> = {}): ScheduledSqlArgs => ({
  projectId,
  region: 'us-central1',
  ...network(),
  key: 'partitions',
  schedule: '0 2 25 * *',
  sql: 'select 1;',
  summary: 'Partitions of the next month',
  secretId: 'projects/p/secrets/url',
  ...args,
});
const made = () => record(() => void new ScheduledSql('shop-prod-partitions-sql', given()));

test('one job in the network, started by the calendar as itself', async () => {
  const recording = await made();
  const job = one(recording, 'gcp:cloudrunv2/job:Job').inputs as {
    template: { template: { containers: { image: string; envs: Record<string, string>[] }[] } };
  };
  const [container] = job.template.template.containers;
  expect(container!.image).toBe('postgres:17.6-alpine');
  const encoded = container!.envs.find(({ name }) => name === 'SQL')!.value!;
  expect(Buffer.from(encoded, 'base64').toString()).toBe(
    "select pg_advisory_xact_lock(hashtext('stackladder:partitions'));\nselect 1;\n",
  );
  expect(container!.envs.find(({ name }) => name === 'DATABASE_URL')).toEqual({
    name: 'DATABASE_URL',
    valueSource: { secretKeyRef: { secret: 'projects/p/secrets/url', version: 'latest' } },
  });
  const schedule = one(recording, 'gcp:cloudscheduler/job:Job');
  expect(schedule.inputs).toMatchObject({
    schedule: '0 2 25 * *',
    timeZone: 'Etc/UTC',
    httpTarget: {
      httpMethod: 'POST',
      uri: `https://run.googleapis.com/v2/projects/${projectId}/locations/us-central1/jobs/<unknown:shop-prod-partitions-sql.name>:run`,
      oauthToken: { serviceAccountEmail: '<unknown:shop-prod-partitions-sql.email>' },
    },
  });
  expect(schedule.dependsOn.join()).toContain('jobIamMember');
  expect(one(recording, 'gcp:cloudrunv2/jobIamMember:JobIamMember').inputs).toMatchObject({
    role: 'roles/run.invoker',
  });
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    const wrong = { key: 'A B', schedule: 'monthly', sql: ' ', summary: '', region: 'here' };
    message = messageOf(() => new ScheduledSql('s', given(wrong)));
  });
  expect(message.split('\n').map((line) => line.replace(/: .*/, '').trim())).toEqual([
    'ScheduledSql "s" cannot be created:',
    'region',
    'key',
    'schedule',
    'sql',
    'summary',
  ]);
});

test('SQL that no variable of Cloud Run holds is refused with its size', async () => {
  let message = '';
  await record(() => void (message = messageOf(() => new ScheduledSql('s', given({ sql: 'x'.repeat(30_000) })))));
  expect(message).toContain('sql: makes a variable of 40000 bytes; Cloud Run takes 32768');
});
