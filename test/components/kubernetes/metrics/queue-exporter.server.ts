import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueScript } from '../../../../components/kubernetes/metrics/queue-script';
import type { QueuePlan } from '../../../../plan/types';

/** The real exporter with the generated script, in front of a real broker: Debian's Redis 7, which never evicts. */
const PASSWORD = 'opensesame';
const queues: QueuePlan[] = [
  { name: 'email', key: 'bull:email:wait', library: 'bullmq' },
  { name: 'celery', key: 'celery', library: 'celery' },
  { name: "o'brien", key: "it's", library: 'celery' },
];

let folder: string;
let broker: number;
let exporter: number;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  for (const program of ['redis-server', 'prometheus-redis-exporter']) {
    if (spawnSync('which', [program]).status === 0) continue;
    throw new Error(`${program} is missing: install it (Debian: apt-get install -y ${program})`);
  }
  folder = mkdtempSync(join(tmpdir(), 'queues-'));
  [broker, exporter] = [await freePort(), await freePort()];
  const script = join(folder, 'queues.lua');
  writeFileSync(script, queueScript(queues));
  const limits = ['--maxmemory-policy', 'noeviction', '--save', '', '--bind', '127.0.0.1'];
  run('redis-server', ['--port', String(broker), '--requirepass', PASSWORD, '--dir', folder, ...limits]);
  await until('the broker answers', () => Promise.resolve(cli('PING') === 'PONG'));
  // As the component starts it: the whole URL in the environment.
  run('prometheus-redis-exporter', [`--web.listen-address=127.0.0.1:${exporter}`, `--script=${script}`], {
    REDIS_ADDR: `redis://:${PASSWORD}@127.0.0.1:${broker}`,
  });
  await until('the exporter answers', async () => (await page()) !== '');
});
afterAll(async () => {
  for (const process of processes) {
    if (process.exitCode !== null || process.signalCode !== null) continue;
    process.kill('SIGKILL');
    await once(process, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => void cli('FLUSHALL'));

function run(program: string, args: string[], environment: Record<string, string> = {}): void {
  processes.push(spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...environment } }));
}

function cli(...words: string[]): string {
  const { stdout } = spawnSync('redis-cli', ['-p', String(broker), ...words], {
    encoding: 'utf8',
    env: { ...process.env, REDISCLI_AUTH: PASSWORD },
  });
  return stdout.trim();
}

async function page(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${exporter}/metrics`).catch(() => undefined);
  return response ? response.text() : '';
}

/** What the exporter tells of a queue. */
async function told(what: string): Promise<number | undefined> {
  const lines = (await page()).split('\n');
  const line = lines.find((each) => each.startsWith('redis_script_values{') && each.includes(`key="${what}"`));
  return line === undefined ? undefined : Number(line.split(' ').pop());
}

/** Adds a job as BullMQ does: its hash, and its id on the left of the list. */
function addJob(id: string, addedAgo: number): void {
  cli('HSET', `bull:email:${id}`, 'name', 'send', 'timestamp', String(Date.now() - addedAgo * 1_000));
  cli('LPUSH', 'bull:email:wait', id);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (Date.now() > end) throw new Error(`${what}: not so after 10 s`);
  }
}

test('a queue that is empty has a depth of 0, and not none', async () => {
  expect(await told('depth/email')).toBe(0);
  expect(await told('wait/email')).toBe(0);
  expect(await told('depth/celery')).toBe(0);
});

test('BullMQ: how many wait, and how long the oldest has', async () => {
  addJob('1', 90);
  addJob('2', 10);
  addJob('3', 1);
  expect(await told('depth/email')).toBe(3);
  expect(await told('wait/email')).toBeGreaterThanOrEqual(90);
  expect(await told('wait/email')).toBeLessThan(95);
  // A worker takes the oldest.
  cli('RPOP', 'bull:email:wait');
  expect(await told('wait/email')).toBeLessThan(15);
  // Whose hash is gone has waited for a time that nobody knows.
  cli('DEL', 'bull:email:2');
  expect(await told('wait/email')).toBe(0);
});

test('Celery: how many wait, and nothing of their time', async () => {
  cli('LPUSH', 'celery', '{}', '{}');
  expect(await told('depth/celery')).toBe(2);
  expect(await told('wait/celery')).toBeUndefined();
});

test('names are written as they are', async () => {
  cli('LPUSH', "it's", 'a');
  expect(await told("depth/o'brien")).toBe(1);
});

test('a broker that is full takes no more jobs, and still tells how many it has', async () => {
  addJob('1', 5);
  cli('CONFIG', 'SET', 'maxmemory', '1');
  expect(cli('LPUSH', 'celery', '{}')).toContain('OOM');
  expect(await told('depth/email')).toBe(1);
  expect(await told('wait/email')).toBeGreaterThanOrEqual(5);
  cli('CONFIG', 'SET', 'maxmemory', '0');
});

test('the password is told nobody', async () => {
  expect(await page()).not.toContain(PASSWORD);
});
