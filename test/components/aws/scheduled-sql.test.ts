import { record } from '../../../cli/offline/recorder';
import { LoadBalancedGroup } from '../../../components/aws/load-balanced-group/group';
import { morningCron, schedulerCron } from '../../../components/aws/scheduled-sql/calendar';
import { ScheduledSql, type ScheduledSqlArgs } from '../../../components/aws/scheduled-sql/scheduled-sql';
import { sendPolicy } from '../../../components/aws/scheduled-sql/sender';
import { all, counts, messageOf, one } from '../recorded';
import { api } from './load-balanced-group-arguments';

const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:url-a1B2c3';
const plan = { name: 'partitions', schedule: '0 2 25 * *', sql: `select 'it''s $HOME';`, summary: 'Partitions' };
const offHours = { timezone: 'Europe/Berlin', from: '07:45', to: '20:00', days: [1, 5] };

const recordSql = (change: Partial<ScheduledSqlArgs> = {}) =>
  record(() => {
    const { group, role } = new LoadBalancedGroup('api', { ...api, accessLogs: false });
    new ScheduledSql('sql', { ...plan, region: 'us-east-1', secretArn, group, role, ...change });
  });

test('a document, sent by the calendar to the instances of one group, one after the other', async () => {
  const recording = await recordSql();
  const made = counts(recording);
  expect([made['aws:ssm/document:Document'], made['aws:scheduler/schedule:Schedule']]).toEqual([1, 1]);
  const { inputs, dependsOn } = one(recording, 'aws:scheduler/schedule:Schedule');
  expect(inputs).toMatchObject({
    scheduleExpression: 'cron(0 2 25 * ? *)',
    scheduleExpressionTimezone: 'UTC',
    target: { arn: 'arn:aws:scheduler:::aws-sdk:ssm:sendCommand', roleArn: '<unknown:sql.arn>' },
  });
  expect(JSON.parse((inputs.target as { input: string }).input)).toEqual({
    DocumentName: '<unknown:sql.name>',
    Targets: [{ Key: 'tag:aws:autoscaling:groupName', Values: ['<unknown:api.name>'] }],
    MaxConcurrency: '1',
    MaxErrors: '100%',
  });
  expect(dependsOn.join()).toContain('sql-url');
  const policies = all(recording, 'aws:iam/rolePolicy:RolePolicy');
  const policyOf = (name: string) =>
    JSON.parse(policies.find((policy) => policy.name === name)!.inputs.policy as string);
  expect(policyOf('sql-url').Statement).toEqual([
    { Sid: 'DatabaseUrl', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
  ]);
});

test('the sender may send its own document to its own group and nothing else', () => {
  const { Statement } = sendPolicy('arn:aws:ssm:us-east-1:123456789012:document/sql', 'api-1');
  expect(Statement.map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
    ['ssm:SendCommand', 'arn:aws:ssm:us-east-1:123456789012:document/sql', undefined],
    [
      'ssm:SendCommand',
      'arn:aws:ec2:us-east-1:123456789012:instance/*',
      { StringEquals: { 'ssm:resourceTag/aws:autoscaling:groupName': 'api-1' } },
    ],
  ]);
});

test('where there is a time without instances, every morning makes up for it', async () => {
  const recording = await recordSql({ offHours });
  const schedules = all(recording, 'aws:scheduler/schedule:Schedule').map(({ inputs }) => [
    inputs.scheduleExpression,
    inputs.scheduleExpressionTimezone,
  ]);
  expect(schedules).toEqual([
    ['cron(0 2 25 * ? *)', 'UTC'],
    ['cron(15 8 ? * MON,FRI *)', 'Europe/Berlin'],
  ]);
  expect(morningCron({ ...offHours, from: '23:50' })).toBe('cron(59 23 ? * MON,FRI *)');
});

test.each([
  ['*/15 * * * *', 'cron(*/15 * * * ? *)'],
  ['0 3 * * 1-5', 'cron(0 3 ? * MON-FRI *)'],
  ['0 3 * * 0,7', 'cron(0 3 ? * SUN,SUN *)'],
  ['0 3 * * */2', 'cron(0 3 ? * */2 *)'],
  ['0 3 1 JAN *', 'cron(0 3 1 JAN ? *)'],
])('cron %j is %j', (cron, expected) => {
  expect(schedulerCron(cron)).toBe(expected);
});

test('all faults in one message', () => {
  const { group, role } = {} as ScheduledSqlArgs;
  const args = { ...plan, region: 'us-east-1', secretArn, group, role };
  const message = messageOf(() => new ScheduledSql('s', { ...args, sql: ' ', schedule: '0 0 13 * 5' }));
  expect(message.split('\n')).toEqual([
    'ScheduledSql "s" cannot be created:',
    '  sql: must not be empty',
    '  schedule: "0 0 13 * 5" names a day of the month and one of the week: EventBridge Scheduler takes one of them',
  ]);
  expect(messageOf(() => new ScheduledSql('s', { ...args, sql: 'x'.repeat(65_536) }))).toMatch(
    /sql: makes a document of \d+ bytes; Systems Manager takes 65536/,
  );
  expect(messageOf(() => new ScheduledSql('s', { ...args, schedule: '@daily' }))).toContain(
    'schedule: "@daily" must have the five fields of cron',
  );
});
