import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onCalendar } from '../../../components/instances/calendar';
import type { InstancePart } from '../../../components/instances/part';
import { poolerPart } from '../../../components/instances/pooler';
import { measureQueues, queueDepthPart } from '../../../components/instances/queue-depth';
import { lockedSql, psqlScript, scheduledSqlPart } from '../../../components/instances/scheduled-sql';
import { serviceUnit } from '../../../components/instances/service-unit';
import { behindPooler, queues, schedules } from './beside';
import { freePort, sharedFolder, standIns, start, startPostgres, until, type Running } from './servers';

/** The scripts beside a service, run against a real Valkey-compatible server, a real PostgreSQL, and systemd's own reader. */
let folder: string;
beforeEach(() => {
  folder = sharedFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const parts: [string, InstancePart][] = [
  ['pooler', poolerPart(behindPooler)],
  ['queue depth', queueDepthPart(queues)],
  ['scheduled SQL', scheduledSqlPart(schedules)],
];

test.each(parts)('the shell linter accepts every script of the %s', (_, { files }) => {
  const scripts = files.filter(({ content }) => content.startsWith('#!'));
  expect(scripts.length).toBeGreaterThan(0);
  for (const { path, content } of scripts) {
    const file = written(path.split('/').pop()!, content);
    expect(spawnSync('shellcheck', ['--severity=style', file], { encoding: 'utf8' }).stdout).toBe('');
  }
});

test('systemd understands every unit', () => {
  const service = { unit: 'stackladder-pooler.service', script: '/usr/local/lib/stackladder/pooled-urls' };
  const files = [
    { path: '/stackladder.service', content: serviceUnit(30, service) },
    ...parts.flatMap(([, part]) => part.files.filter(({ path }) => path.startsWith('/etc/systemd'))),
    // What the units name, and is not on this machine.
    { path: '/docker.service', content: '[Service]\nType=oneshot\nExecStart=/bin/true\n' },
  ];
  const units = files.map(({ path, content }) =>
    written(
      path.split('/').pop()!,
      content.replaceAll(/^(Exec\w+=-?)\S+/gm, '$1/bin/true').replaceAll(/^Environment.*\n/gm, ''),
      0o644,
    ),
  );
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
  });
  expect(stderr.split('\n').filter((line) => line.includes(folder))).toEqual([]);
  expect(status).toBe(0);
});

test.each([
  ['0 2 25 * *', '2030-01-01 00:00', '2030-01-25 02:00'],
  ['*/15 * * * *', '2030-01-01 00:01', '2030-01-01 00:15'],
  ['30 3 * * 1-5', '2030-01-05 00:00', '2030-01-07 03:30'], // from a Saturday to Monday
  ['0 0 1 */3 *', '2030-01-02 00:00', '2030-04-01 00:00'],
])('systemd runs %j after %s at %s', (cron, from, at) => {
  const args = ['calendar', '--base-time', `${from}:00 UTC`, ...onCalendar(cron)];
  const { stdout, stderr } = spawnSync('systemd-analyze', args, {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  });
  expect([stderr, /Next elapse: \w+ (.{16})/.exec(stdout)?.[1]]).toEqual(['', at]);
});

describe('queues', () => {
  const PASSWORD = 'Canary0Password';
  let port: number;
  let server: Running;
  beforeEach(async () => {
    port = await freePort();
    const quiet = ['--save', '', '--appendonly', 'no'];
    server = start('redis-server', ['--port', `${port}`, '--requirepass', PASSWORD, ...quiet]);
    await until(
      () => server.output().includes('Ready to accept connections'),
      () => server.output(),
    );
  });
  afterEach(() => server.stop());

  const ask = (...args: string[]) =>
    spawnSync('redis-cli', ['-p', `${port}`, '-a', PASSWORD, '--no-auth-warning', ...args], { encoding: 'utf8' })
      .stdout;

  function measure(url = `redis://default:${PASSWORD}@127.0.0.1:${port}/0`, answer = 'exec redis-cli "$@"') {
    const PATH = standIns(folder, { 'valkey-cli': `echo "$*" >>${folder}/calls\n${answer}` });
    const triples = queues.queues.flatMap(({ name, key, library }) => [name, key, library]);
    const { status, stdout, stderr } = spawnSync('sh', [written('measure', measureQueues), ...triples], {
      encoding: 'utf8',
      env: { PATH, BROKER_URL: url },
    });
    return { status, lines: stdout.split('\n').slice(0, -1), stderr };
  }

  test('depth of both libraries, and how long BullMQ’s oldest job has waited', () => {
    const now = Date.now();
    for (const [id, seconds] of [
      ['1', 90],
      ['2', 30],
      ['3', 5],
    ] as const) {
      ask('HSET', `bull:email:${id}`, 'timestamp', String(now - seconds * 1000));
      ask('LPUSH', 'bull:email:wait', id);
    }
    ask('RPUSH', 'celery', 'a', 'b');
    const { status, lines, stderr } = measure();
    expect([status, stderr]).toEqual([0, '']);
    const [name, depth, wait] = lines[0]!.split(' ');
    expect([name, depth]).toEqual(['email', '3']);
    expect(Number(wait)).toBeGreaterThanOrEqual(89);
    expect(Number(wait)).toBeLessThanOrEqual(95);
    expect(lines[1]).toBe('tasks 2 ');
  });

  test('empty queues are depth 0, and wait 0', () => {
    expect(measure().lines).toEqual(['email 0 0', 'tasks 0 ']);
  });

  test('one instance a minute measures', () => {
    expect(measure().lines).toHaveLength(2);
    expect(measure()).toEqual({ status: 0, lines: [], stderr: '' });
    const left = Number(ask('TTL', 'stackladder:measured'));
    expect(left).toBeGreaterThan(30);
    expect(left).toBeLessThan(60);
  });

  test('a broker that is full is measured all the same', () => {
    ask('RPUSH', 'celery', 'a');
    ask('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    ask('CONFIG', 'SET', 'maxmemory', '1');
    expect(measure().lines).toEqual(['email 0 0', 'tasks 1 ']);
  });

  test('a broker that is away or closed fails, and its password is in no argument list', () => {
    expect(measure(`redis://default:${PASSWORD}@127.0.0.1:1/0`)).toMatchObject({ lines: [] });
    expect(measure(`redis://default:${PASSWORD}@127.0.0.1:1/0`).status).not.toBe(0);
    const wrong = measure(`redis://:wrong@127.0.0.1:${port}/0`);
    expect(wrong.status).not.toBe(0);
    const calls = spawnSync('cat', [join(folder, 'calls')], { encoding: 'utf8' }).stdout;
    expect(calls).toContain(`-h 127.0.0.1 -p ${port}`);
    expect(calls).not.toContain(PASSWORD);
  });

  test('a broker with TLS is asked with it', () => {
    measure(`rediss://default:${PASSWORD}@127.0.0.1:${port}`, 'exit 1');
    expect(spawnSync('cat', [join(folder, 'calls')], { encoding: 'utf8' }).stdout).toContain('--user default --tls ');
  });
});

test('scheduled SQL runs under its lock, in one transaction, as often as it is asked', async () => {
  const PASSWORD = 'Canary0Password';
  const postgres = await startPostgres('owner', PASSWORD);
  try {
    const script = written('psql-script', psqlScript);
    const run = (sql: string, query = '?sslmode=require') =>
      spawnSync('sh', [script], {
        encoding: 'utf8',
        input: sql,
        env: { PATH: process.env.PATH!, DATABASE_URL: `${postgres.url}${query}` },
      });
    const plan = schedules.schedules[0]!;
    expect(run(lockedSql(plan))).toMatchObject({ status: 0, stderr: '' });
    // Without a word on TLS psql takes it where the server asks for it.
    expect(run(lockedSql(plan), '')).toMatchObject({ status: 0 });
    expect(postgres.ask('select count(*) from ran')).toBe('2');
    const failed = run(lockedSql({ name: 'x', sql: `insert into ran default values;\nselect 1/0;` }));
    expect(failed.status).not.toBe(0);
    expect(failed.stderr).toContain('division by zero');
    expect(failed.stderr).not.toContain(PASSWORD);
    expect(postgres.ask('select count(*) from ran')).toBe('2');
  } finally {
    await postgres.stop();
  }
});
