import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { passwordVariable, pooledUrls, runPooler } from '../../../components/instances/pooler';
import { pgbouncerIni } from '../../../components/pooler/pgbouncer-ini';
import { behindPooler, pooler } from './beside';
import { freePort, postgresProgram, sharedFolder, standIns, start, startPostgres, until } from './servers';

/**
 * PgBouncer with the generated configuration, started by the script of the instances, in front of a real PostgreSQL.
 * Docker alone is a stand-in: it starts the PgBouncer of the machine with the files that it was to mount.
 */
const PASSWORD = 'Canary0Password';
const CLIENTS = 200;

let folder: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  folder = sharedFolder();
  postgres = await startPostgres('owner', PASSWORD);
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The version of this machine, as the image's tag: what it does not know must not be in the file. */
const image = () =>
  `pgbouncer:${/(\d+\.\d+\.\d+)/.exec(execFileSync('pgbouncer', ['--version'], { encoding: 'utf8' }))![1]}`;

async function startPooler() {
  const port = await freePort();
  const plan = { ...pooler, port, image: image() };
  const databases = [{ ...behindPooler.databases[0]!, host: '127.0.0.1', port: postgres.port, database: 'postgres' }];
  const users = join(folder, 'userlist.txt');
  const secrets = join(folder, 'secrets.env');
  const fetched = `OTHER=kept\n${passwordVariable('DATABASE_URL')}=${PASSWORD}\n`;
  rmSync(secrets, { force: true });
  writeFileSync(secrets, fetched);
  chmodSync(secrets, 0o644);
  const ini = pgbouncerIni({ listenAddress: '127.0.0.1', pooler: plan, authFile: users, databases, tls: 'require' });
  writeFileSync(join(folder, 'pgbouncer.ini'), ini);
  writeFileSync(join(folder, 'run-pooler'), runPooler({ pooler: plan, databases }));
  writeFileSync(join(folder, 'pooled-urls'), pooledUrls({ pooler: plan, databases }));
  const PATH = standIns(folder, { docker: `exec pgbouncer ${folder}/pgbouncer.ini`, chown: '' });
  const env = { ...process.env, PATH, RUNTIME_DIRECTORY: folder };
  const server = start('bash', [join(folder, 'run-pooler')], env);
  await until(
    () => server.output().includes('process up'),
    () => server.output(),
  );
  // What the service's unit does with its own copy of the secrets.
  writeFileSync(secrets, fetched);
  expect(spawnSync('bash', [join(folder, 'pooled-urls')], { env }).status).toBe(0);
  const line = readFileSync(secrets, 'utf8');
  expect(line).toBe(`OTHER=kept\nDATABASE_URL=postgres://owner:${PASSWORD}@127.0.0.1:${port}/mercenary\n`);
  return { server, users, url: line.split('DATABASE_URL=')[1]!.trim() };
}

test(`${CLIENTS} clients share at most the pool's connections of the database`, async () => {
  const { server, users, url } = await startPooler();
  try {
    // One user for two variables, once in the list.
    expect(readFileSync(users, 'utf8')).toBe(`"owner" "${PASSWORD}"\n`);
    const script = join(folder, 'transaction.sql');
    writeFileSync(script, 'begin;\nselect pg_sleep(0.01);\ncommit;\n');
    const load = spawn(
      postgresProgram('pgbench'),
      ['--no-vacuum', '--client', `${CLIENTS}`, '--jobs', '2', '--time', '6', '--file', script, url],
      { stdio: 'pipe' },
    );
    let report = '';
    load.stdout.on('data', (data: Buffer) => (report += data.toString()));
    load.stderr.on('data', (data: Buffer) => (report += data.toString()));
    const ended = new Promise<number | null>((resolve) => load.once('exit', resolve));
    const seen: number[] = [];
    const encrypted: string[] = [];
    const sample = setInterval(() => {
      const through = `usename = 'owner' and backend_type = 'client backend' and pid <> pg_backend_pid()`;
      seen.push(Number(postgres.ask(`select count(*) from pg_stat_activity where ${through}`)));
      encrypted.push(
        postgres.ask(`select bool_and(ssl) from pg_stat_activity join pg_stat_ssl using (pid) where ${through}`),
      );
    }, 500);
    const status = await ended;
    clearInterval(sample);
    expect([status, /number of clients: (\d+)/.exec(report)?.[1]]).toEqual([0, `${CLIENTS}`]);
    expect(report).not.toMatch(/aborted/i);
    expect(Math.max(...seen)).toBe(pooler.poolSize);
    expect(new Set(encrypted)).toEqual(new Set(['t']));
    expect(server.output()).not.toContain(PASSWORD);
  } finally {
    await server.stop();
  }
});

test('a wrong password is turned away', async () => {
  const { server, url } = await startPooler();
  try {
    expect(() => postgres.ask('select 1', url.replace(PASSWORD, 'wrong'))).toThrow(/authentication failed/i);
    expect(postgres.ask('select 1', url)).toBe('1');
  } finally {
    await server.stop();
  }
});
