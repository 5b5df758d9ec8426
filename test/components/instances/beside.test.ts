import { containerCommand, containerFlags } from '../../../components/instances/container';
import { onCalendar } from '../../../components/instances/calendar';
import type { InstancePart } from '../../../components/instances/part';
import { passwordVariable, poolerPart, poolerUnit } from '../../../components/instances/pooler';
import { queueDepthPart } from '../../../components/instances/queue-depth';
import { lockedSql, scheduledSqlPart } from '../../../components/instances/scheduled-sql';
import { serviceUnit } from '../../../components/instances/service-unit';
import { behindPooler, queues, schedules } from './beside';

const fileOf = ({ files }: InstancePart, name: string) => files.find(({ path }) => path.endsWith(`/${name}`))!.content;

test('the service starts after the pooler, with its own variables rewritten between secrets and start', () => {
  const lines = serviceUnit(30, { unit: poolerUnit, script: '/usr/local/lib/stackladder/pooled-urls' }).split('\n');
  const order = ['fetch-secrets', 'pooled-urls', 'pull-image', 'run-container'].map((name) =>
    lines.findIndex((line) => line.startsWith('ExecStart') && line.endsWith(name)),
  );
  expect([...order].sort((a, b) => a - b)).toEqual(order);
  expect(order[0]).toBeGreaterThan(0);
  expect(lines).toContain('After=docker.service network-online.target stackladder-pooler.service');
  expect(lines).toContain('Wants=network-online.target stackladder-pooler.service');
  expect(serviceUnit(30)).not.toContain('pooler');
});

test('the pooler starts before the service and asks for its secrets itself', () => {
  const unit = fileOf(poolerPart(behindPooler), 'stackladder-pooler.service');
  expect(unit).toContain('Before=stackladder.service');
  expect(unit).toContain('ExecStartPre=/usr/local/lib/stackladder/fetch-secrets');
  expect(poolerPart(behindPooler).units).toEqual(['stackladder-pooler.service']);
});

test('the pooler listens where it is told and the service finds it there', () => {
  const part = poolerPart({ ...behindPooler, listenAddress: '*', address: 'pooler', network: '--network stackladder' });
  expect(fileOf(part, 'pgbouncer.ini')).toContain('listen_addr = *\n');
  expect(fileOf(part, 'pooled-urls')).toContain(`'@pooler:6432/mercenary_read'`);
  expect(fileOf(part, 'run-pooler')).toContain('--network stackladder ');
  expect(fileOf(poolerPart(behindPooler), 'pgbouncer.ini')).toContain('listen_addr = 127.0.0.1\n');
});

test('a password has a name of its own for each variable', () => {
  expect(passwordVariable('DATABASE_URL')).not.toBe(passwordVariable('DATABASE_READ_URL'));
});

test('queues are measured every minute, each by its own key', () => {
  const part = queueDepthPart(queues);
  expect(part.units).toEqual(['stackladder-queue-depth.timer']);
  expect(fileOf(part, 'stackladder-queue-depth.timer')).toContain('OnUnitActiveSec=60\n');
  const script = fileOf(part, 'publish-queue-depth');
  expect(script).toContain(`'email' 'bull:email:wait' 'bullmq'`);
  expect(script).toContain(`'tasks' 'celery' 'celery'`);
  expect(script).toContain(`  ${queues.publish}\n`);
});

test('a schedule runs at its time, makes up for what it missed, and under a lock', () => {
  const part = scheduledSqlPart(schedules);
  expect(part.units).toEqual(['stackladder-sql-partitions.timer']);
  const timer = fileOf(part, 'stackladder-sql-partitions.timer');
  expect(timer).toContain('OnCalendar=*-*-25 2:0:00 UTC\nPersistent=true\n');
  expect(fileOf(part, 'stackladder-sql-partitions.service')).toContain('Makes 100 %% of');
  expect(fileOf(part, 'partitions.sql')).toBe(lockedSql(schedules.schedules[0]!));
  expect(lockedSql({ name: "it's", sql: 'select 1;' })).toBe(
    `select pg_advisory_xact_lock(hashtext('stackladder:it''s'));\nselect 1;\n`,
  );
});

test.each([
  ['* * * * *', ['*-*-* *:*:00 UTC']],
  ['*/15 */6 * * *', ['*-*-* 0/6:0/15:00 UTC']],
  ['5,35 8-18 1-7 JAN,jul *', ['*-1,7-1..7 8..18:5,35:00 UTC']],
  ['0 3 * * 1-5', ['Mon,Tue,Wed,Thu,Fri *-*-* 3:0:00 UTC']],
  ['0 3 * * SUN', ['Sun *-*-* 3:0:00 UTC']],
  ['0 3 * * 7', ['Sun *-*-* 3:0:00 UTC']],
  ['0 3 * * */2', ['Sun,Tue,Thu,Sat *-*-* 3:0:00 UTC']],
  ['0 0 1 */3 *', ['*-1/3-1 0:0:00 UTC']],
  // Either day is enough for cron.
  ['0 0 13 * 5', ['*-*-13 0:0:00 UTC', 'Fri *-*-* 0:0:00 UTC']],
])('cron %j is %j', (cron, expected) => {
  expect(onCalendar(cron)).toEqual(expected);
});

test('a line that is no cron is refused', () => {
  expect(() => onCalendar('@monthly')).toThrow('"@monthly" must have the five fields of cron');
});

test('a worker’s container has no port to ask a capability for, and its own command', () => {
  const flags = containerFlags({ drainSeconds: 600, readOnlyRootFilesystem: true }).join(' ');
  expect(flags).toContain('--stop-timeout 600');
  expect(flags).not.toContain('--cap-add');
  expect(containerCommand(['celery', '-A', "it's"])).toBe(`"\${IMAGE:?}" 'celery' '-A' 'it'\\''s'`);
  expect(containerCommand()).toBe('"${IMAGE:?}"');
});
