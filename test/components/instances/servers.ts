import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PostgreSQL and PgBouncer do not run as root; where the tests do, the servers are nobody's. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A folder that the servers may use too. */
export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'instances-'));
  if (nobody.uid) chownSync(folder, nobody.uid, nobody.gid);
  chmodSync(folder, 0o755);
  return folder;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Programs of PostgreSQL that Debian keeps off PATH. */
export function postgresProgram(name: string): string {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  return `/usr/lib/postgresql/${versions[0]}/bin/${name}`;
}

export interface Running {
  stop(): Promise<void>;
  output(): string;
}

export function start(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Running {
  const child: ChildProcess = spawn(command, args, { ...nobody, env, cwd: '/' });
  let text = '';
  child.stdout?.on('data', (data: Buffer) => (text += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (text += data.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    output: () => text,
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
}

export async function until(holds: () => boolean, what: () => string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(what());
}

/** PostgreSQL that takes encrypted connections alone, with one user whose password is a SCRAM secret. */
export async function startPostgres(user: string, password: string) {
  const folder = sharedFolder();
  const data = join(folder, 'data');
  const port = await freePort();
  const as = { ...nobody, cwd: '/', stdio: 'pipe' as const };
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o644 });
  const initdb = ['--username', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--no-sync', '-D', data];
  execFileSync(postgresProgram('initdb'), initdb, as);
  const key = join(data, 'server.key');
  const certificate = [
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    join(data, 'server.crt'),
  ];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...certificate], as);
  writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  const settings = { port, listen_addresses: '127.0.0.1', ssl: 'on', unix_socket_directories: '', fsync: 'off' };
  const server = start(postgresProgram('postgres'), [
    ...['-D', data],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const url = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  const ask = (sql: string, at = `${url}?sslmode=require`) =>
    execFileSync('psql', [at, '--no-psqlrc', '--tuples-only', '--no-align', '--command', sql], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  await until(
    () => server.output().includes('ready to accept connections'),
    () => server.output(),
  );
  return { port, url, ask, stop: () => server.stop().then(() => rmSync(folder, { recursive: true, force: true })) };
}

/** Programs that stand in for others, first on PATH. */
export function standIns(folder: string, programs: Record<string, string>): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return `${bin}:${process.env.PATH}`;
}
