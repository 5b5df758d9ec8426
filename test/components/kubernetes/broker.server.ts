import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokerConfig } from '../../../components/kubernetes/broker/broker-config';
import { freePorts } from '../../kubernetes/cluster/process';

/** The broker's configuration on a real server: Debian's Redis 7, which speaks the same words as Valkey. */
const password = 'opensesame';
/** Of the container: seven tenths are for jobs. */
const MEMORY_MIB = 16;

let folder: string;
let port: number;
let server: ChildProcess;

beforeAll(() => {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error('redis-server is missing: install it (Debian: apt-get install -y redis-server)');
  }
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'broker-'));
  [port = 0] = await freePorts(1);
  const ownFile = join(folder, 'own.conf');
  writeFileSync(ownFile, `requirepass ${password}\nbind 127.0.0.1\n`);
  writeFileSync(join(folder, 'valkey.conf'), brokerConfig({ port, memoryMib: MEMORY_MIB, data: folder, ownFile }));
  await start();
});
afterEach(async () => {
  await end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = spawn('redis-server', [join(folder, 'valkey.conf')], { stdio: 'ignore' });
  for (let tries = 0; ; tries++) {
    if (ask('ping') === 'PONG') return;
    if (tries > 100) throw new Error('the broker does not answer');
    await sleep(50);
  }
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill(signal);
    await once(server, 'exit');
  }
  return server.exitCode;
}

function ask(...command: string[]): string {
  const { stdout, stderr } = spawnSync('redis-cli', ['-p', String(port), ...command], {
    encoding: 'utf8',
    env: { ...process.env, REDISCLI_AUTH: password },
  });
  return `${stdout}${stderr}`.trim();
}

const settingOf = (name: string): string => ask('config', 'get', name).split('\n')[1]!;

test('it drops nothing, is not sharded, and has each job on disk', () => {
  expect(settingOf('maxmemory-policy')).toBe('noeviction');
  expect(Number(settingOf('maxmemory'))).toBe(Math.floor(MEMORY_MIB * 0.7) * 1024 ** 2);
  expect([settingOf('appendonly'), settingOf('appendfsync')]).toEqual(['yes', 'everysec']);
  expect(ask('info', 'cluster')).toContain('cluster_enabled:0');
});

test('nobody comes in without the password', () => {
  const answer = execFileSync('redis-cli', ['-p', String(port), 'lpush', 'celery', 'job'], { encoding: 'utf8' });
  expect(answer).toContain('NOAUTH');
});

test('what waits is there again when the process was killed', async () => {
  for (let job = 0; job < 50; job++) ask('lpush', 'bull:email:wait', `job ${job}`);
  // The log is written within a second.
  await sleep(1_500);
  await end('SIGKILL');
  await start();
  expect(ask('llen', 'bull:email:wait')).toBe('50');
  expect(ask('rpop', 'bull:email:wait')).toBe('job 0');
});

test('Kubernetes’ own signal ends it with all that was put in, at once', async () => {
  for (let job = 0; job < 50; job++) ask('lpush', 'celery', `job ${job}`);
  expect(await end('SIGTERM')).toBe(0);
  await start();
  expect(ask('llen', 'celery')).toBe('50');
});

test('when it is full a new job is refused, and none that waits is dropped for it', () => {
  ask('lpush', 'celery', 'the first');
  const large = 'x'.repeat(120_000);
  const answers: string[] = [];
  for (let job = 0; job < 150 && !answers.at(-1)?.includes('OOM'); job++) {
    answers.push(ask('lpush', `filling:${job}`, large));
  }
  expect(answers.at(-1)).toMatch(/OOM command not allowed/);
  expect(answers.length).toBeGreaterThan(20);
  expect(ask('rpop', 'celery')).toBe('the first');
  expect(ask('exists', 'filling:0')).toBe('1');
  expect(ask('info', 'stats')).toContain('evicted_keys:0');
});
