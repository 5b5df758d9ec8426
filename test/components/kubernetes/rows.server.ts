import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startScript } from '../../../components/kubernetes/pooler/start';
import { runScript } from '../../../components/kubernetes/scheduled-sql/run-script';
import { lockedSql } from '../../../components/instances/scheduled-sql';
import { pgbouncerIni, userlist } from '../../../components/pooler/pgbouncer-ini';
import { partitionSql } from '../../../systems/partitions';
import { freePort, sharedFolder, startPostgres } from '../instances/servers';

/** What containers of poolers and schedules run, on a real PostgreSQL that takes encrypted connections alone. */
const user = 'svsdk';
const password = 'opensesame';

let folder: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  folder = sharedFolder();
  postgres = await startPostgres(user, password);
  postgres.ask('create table runs (at timestamptz not null default now())');
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('SQL by the calendar', () => {
  const file = (sql: string): string => {
    const path = join(folder, 'run.sql');
    writeFileSync(path, sql);
    return path;
  };
  const run = (sql: string, query = '?sslmode=require', secret = password) =>
    spawnSync('/bin/sh', ['-c', runScript(file(sql))], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        DATABASE_URL: postgres.url.replace(`:${password}@`, `:${secret}@`) + query,
      },
    });
  const runs = () => Number(postgres.ask('select count(*) from runs'));

  test('runs as the plan writes it, with its lock, as often as it is asked', () => {
    const sql = lockedSql({ name: 'partitions', sql: 'insert into runs default values;' });
    expect([run(sql).status, runs()]).toEqual([0, 1]);
    expect([run(sql).status, runs()]).toEqual([0, 2]);
  });

  test('makes the partitions of three months, takes rows of today, and passes over what is not there', () => {
    postgres.ask('create table audit_logs (at timestamptz not null) partition by range (at)');
    const sql = lockedSql({ name: 'partitions', sql: partitionSql(['audit_logs', 'nowhere'], 2) });
    for (const round of ['first', 'second']) expect([round, run(sql).status]).toEqual([round, 0]);
    const parts = "select count(*) from pg_inherits where inhparent = 'audit_logs'::regclass";
    expect(Number(postgres.ask(parts))).toBe(3);
    postgres.ask('insert into audit_logs values (now())');
  });

  test('is all or nothing', () => {
    const before = runs();
    const { status, stderr } = run('insert into runs default values; select 1 / 0;');
    expect([status, runs()]).toEqual([3, before]);
    expect(stderr).toContain('division by zero');
  });

  test.each([
    ['?sslmode=disable', 'no pg_hba.conf entry'],
    ['?sslmode=verify-full&sslrootcert=/nowhere/ca.crt', '"/nowhere/ca.crt" does not exist'],
  ])('asks for what the URL says of TLS: %s', (query, said) => {
    const { status, stderr } = run('select 1;', query);
    expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  test('a wrong password is a failure, and is not said', () => {
    const { status, stdout, stderr } = run('select 1;', '?sslmode=require', 'canary');
    expect(status).toBe(2);
    expect(stderr).toContain('password authentication failed');
    expect(stdout + stderr).not.toContain('canary');
  });
});

describe('a pooler that is told to go', () => {
  const pooler = {
    image: 'ghcr.io/cloudnative-pg/pgbouncer:1.17.0', // the words of the version that Debian 12 has
    port: 0,
    poolSize: 5,
    minPoolSize: 0,
    maxDatabaseConnections: 5,
    maxClientConnections: 100,
    timeoutSeconds: 10,
    pods: 1,
  };
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  let port: number;
  let child: ChildProcess;
  let output = '';

  beforeAll(async () => {
    port = await freePort();
    const authFile = join(folder, 'userlist.txt');
    const ini = join(folder, 'pgbouncer.ini');
    writeFileSync(authFile, userlist(user, password));
    const databases = [{ name: 'rows', host: '127.0.0.1', port: postgres.port, database: 'postgres' }];
    const options = { listenAddress: '*', pooler: { ...pooler, port }, authFile, databases, tls: 'require' } as const;
    writeFileSync(ini, pgbouncerIni(options));
    for (const path of [authFile, ini]) chmodSync(path, 0o644);
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
    child = spawn('/bin/sh', ['-c', startScript(ini)], { ...nobody, cwd: '/', env });
    child.stderr!.on('data', (data: Buffer) => (output += data.toString()));
    child.stdout!.on('data', (data: Buffer) => (output += data.toString()));
    for (let tries = 0; ask('select 1').stdout.trim() !== '1'; tries++) {
      if (tries > 50) throw new Error(output);
      await sleep(100);
    }
  });
  afterAll(() => void child?.kill('SIGKILL'));

  const url = () => `postgres://${user}:${password}@127.0.0.1:${port}/rows`;
  const psql = (sql: string): string[] => [url(), '--no-psqlrc', '--tuples-only', '--no-align', '--command', sql];
  const ask = (sql: string) => spawnSync('psql', psql(sql), { encoding: 'utf8' });

  test('lets what runs end, takes nobody new, and goes', async () => {
    const working = spawn('psql', psql('select pg_sleep(3), 42'));
    let answer = '';
    working.stdout.on('data', (data: Buffer) => (answer += data.toString()));
    const worked = once(working, 'exit');
    await sleep(1_000);
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await sleep(500);
    expect(child.exitCode).toBeNull();
    expect(ask('select 1').status).not.toBe(0);
    expect([(await worked)[0], answer.trim()]).toEqual([0, '|42']);
    await gone;
    expect(output).toMatch(/SIGINT/);
  });
});
