import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScript } from '../../../components/kubernetes/cache/start';
import { valkeyConfig } from '../../../components/kubernetes/cache/valkey-config';
import { CONFIG_FOLDER, OWN_FILE } from '../../../components/kubernetes/valkey-node';

/**
 * The cache's configuration and the script of its Job against real servers: Debian's Redis 7, which speaks the same
 * words as Valkey. One node grows to two shards and to three, with keys inside.
 */
const script = join(__dirname, '../../../components/kubernetes/cache/shape-cluster.sh');
const password = 'opensesame';
const environment = { ...process.env, CLI: 'redis-cli', REDISCLI_AUTH: password };

let folder: string;
let servers: ChildProcess[];
beforeAll(() => {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error('redis-server is missing: install it (Debian: apt-get install -y redis-server)');
  }
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) {
    if (server.exitCode !== null || server.signalCode !== null) continue;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** A free port whose neighbour, 10,000 above, is free too: the nodes talk there. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return free;
}

async function start(port: number): Promise<ChildProcess> {
  const data = join(folder, String(port));
  mkdirSync(data, { recursive: true });
  const ownFile = join(data, 'own.conf');
  writeFileSync(
    ownFile,
    `requirepass ${password}\nmasterauth ${password}\ncluster-announce-ip 127.0.0.1\nbind 127.0.0.1\n`,
  );
  const path = join(data, 'valkey.conf');
  writeFileSync(path, valkeyConfig({ port, memoryMib: 128, evictionPolicy: 'allkeys-lru', data, ownFile }));
  const server = spawn('redis-server', [path], { stdio: 'ignore' });
  servers.push(server);
  return server;
}

function cli(port: number, ...command: string[]): string {
  return execFileSync('redis-cli', ['-c', '-p', String(port), ...command], {
    encoding: 'utf8',
    env: environment,
  }).trim();
}

function shape(ports: number[], shards: number, replicas: number): string {
  const nodes = ports.map((port) => `127.0.0.1:${port}`).join(' ');
  return execFileSync('sh', [script], {
    encoding: 'utf8',
    env: { ...environment, NODES: nodes, SHARDS: String(shards), REPLICAS: String(replicas) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** How many slots and replicas each primary has. */
function shapeOf(port: number): { slots: number; replicas: number }[] {
  const nodes = cli(port, 'cluster', 'nodes')
    .split('\n')
    .map((line) => line.split(' '));
  return nodes
    .filter(([, , flags]) => flags!.includes('master'))
    .map(([id, , , , , , , , ...ranges]) => ({
      slots: ranges.reduce((sum, range) => {
        const [from, to = from] = range.split('-').map(Number);
        return sum + to! - from! + 1;
      }, 0),
      replicas: nodes.filter(([, , flags, primary]) => flags!.includes('slave') && primary === id).length,
    }));
}

/** So many keys that every shard has some. */
const keys = Array.from({ length: 300 }, (_, at) => `project:${at}`);

test('one node grows to two shards and to three, and every key is still there', async () => {
  const ports: number[] = [];
  for (let at = 0; at < 9; at++) ports.push(await freePort());
  expect(new Set(ports).size).toBe(9);
  const [first] = ports as [number];

  await start(first);
  shape([first], 1, 0);
  expect(shapeOf(first)).toEqual([{ slots: 16_384, replicas: 0 }]);
  for (const key of keys) cli(first, 'set', key, `value of ${key}`);

  for (const port of ports.slice(1, 4)) await start(port);
  shape(ports.slice(0, 4), 2, 1);
  expect(shapeOf(first)).toEqual([
    { slots: 8_192, replicas: 1 },
    { slots: 8_192, replicas: 1 },
  ]);

  for (const port of ports.slice(4)) await start(port);
  shape(ports, 3, 2);
  const grown = shapeOf(first);
  expect(grown.map(({ replicas }) => replicas)).toEqual([2, 2, 2]);
  expect(grown.reduce((sum, { slots }) => sum + slots, 0)).toBe(16_384);
  for (const { slots } of grown) expect(Math.abs(slots - 16_384 / 3)).toBeLessThan(16_384 * 0.02);

  // Asked on a node that came last: the cluster knows where each key is.
  for (const key of keys) expect(cli(ports[8]!, 'get', key)).toBe(`value of ${key}`);

  // Run again it changes nothing.
  const before = cli(first, 'cluster', 'slots');
  expect(shape(ports, 3, 2)).toMatch(/in shape: 3 shards, 2 replicas each\n$/);
  expect(cli(first, 'cluster', 'slots')).toBe(before);
});

test('replicas that came first are shared among shards that came later', async () => {
  const ports: number[] = [];
  for (let at = 0; at < 4; at++) ports.push(await freePort());
  for (const port of ports.slice(0, 3)) await start(port);
  shape(ports.slice(0, 3), 1, 2);
  expect(shapeOf(ports[0]!)).toEqual([{ slots: 16_384, replicas: 2 }]);
  await start(ports[3]!);
  shape(ports, 2, 1);
  expect(shapeOf(ports[0]!).map(({ replicas }) => replicas)).toEqual([1, 1]);
});

test('the configuration: cluster mode, a password, the eviction policy, keys on disk', async () => {
  const port = await freePort();
  const server = await start(port);
  shape([port], 1, 0);
  const setting = (name: string) => cli(port, 'config', 'get', name).split('\n')[1];
  expect(setting('cluster-enabled')).toBe('yes');
  expect(setting('maxmemory-policy')).toBe('allkeys-lru');
  expect(setting('maxmemory')).toBe(String(89 * 1024 * 1024));
  expect(setting('appendonly')).toBe('yes');
  const denied = spawnSync('redis-cli', ['-p', String(port), 'get', 'x'], { encoding: 'utf8' });
  expect(`${denied.stdout}${denied.stderr}`).toContain('NOAUTH');

  cli(port, 'set', 'kept', 'warm');
  // At most a second of writes is in memory alone.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  server.kill('SIGKILL');
  await once(server, 'exit');
  await start(port);
  shape([port], 1, 0);
  expect(cli(port, 'get', 'kept')).toBe('warm');
});

/** A pod of the cache: the script that it runs, with Redis in Valkey's place, on an address of its own. */
function startPod(name: string, address: string, port: number): ChildProcess {
  const home = join(folder, name);
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  const standIn = (tool: string, line: string) => {
    writeFileSync(join(bin, tool), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, tool), 0o755);
  };
  standIn('valkey-cli', 'exec redis-cli -h "$POD_IP" "$@"');
  standIn('valkey-server', 'exec redis-server "$@" --bind "$POD_IP"');
  // DNS as the cluster has it at the moment.
  standIn('getent', `grep " $2\\$" ${folder}/hosts`);
  const ownFile = join(home, 'own.conf');
  const config = valkeyConfig({ port, memoryMib: 64, evictionPolicy: 'allkeys-lru', data: home, ownFile });
  writeFileSync(join(home, 'valkey.conf'), config);
  const script = startScript(port, 'cache-nodes').replaceAll(OWN_FILE, ownFile).replaceAll(CONFIG_FOLDER, home);
  const server = spawn('sh', ['-c', script], {
    stdio: 'ignore',
    // With what it starts in the background, so that all of it ends together.
    detached: true,
    env: { PATH: `${bin}:${process.env.PATH}`, POD_IP: address, POD_NAME: name, CACHE_PASSWORD: password },
  });
  servers.push(server);
  return server;
}

async function stopPod(pod: ChildProcess): Promise<void> {
  process.kill(-pod.pid!, 'SIGKILL');
  await once(pod, 'exit');
}

test('nodes that all come back with other addresses find each other again', async () => {
  const port = await freePort();
  const names = ['cache-0', 'cache-1', 'cache-2'];
  const up = (net: number) => {
    const addresses = names.map((_, at) => `127.0.${net}.${at + 1}`);
    writeFileSync(join(folder, 'hosts'), addresses.map((each, at) => `${each} ${names[at]}.cache-nodes\n`).join(''));
    return { addresses, pods: names.map((name, at) => startPod(name, addresses[at]!, port)) };
  };
  const before = up(71);
  try {
    const nodes = before.addresses.map((address) => `${address}:${port}`).join(' ');
    execFileSync('sh', [script], {
      env: { ...environment, NODES: nodes, SHARDS: '3', REPLICAS: '0' },
      stdio: 'ignore',
    });
  } finally {
    await Promise.all(before.pods.map(stopPod));
  }

  const after = up(72);
  try {
    const state = () =>
      spawnSync('redis-cli', ['-h', after.addresses[0]!, '-p', String(port), 'cluster', 'nodes'], {
        encoding: 'utf8',
        env: environment,
      }).stdout;
    // Every primary is reached at its new address.
    const found = () => after.addresses.every((address) => new RegExp(`${address}:.* connected `).test(state()));
    for (let left = 60; !found() && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(found() ? '' : state()).toBe('');
    expect(state()).not.toContain('fail');
  } finally {
    await Promise.all(after.pods.map(stopPod));
  }
});

test('the shell linter accepts both scripts', () => {
  const path = join(folder, 'start.sh');
  writeFileSync(path, startScript(6379, 'cache-nodes'));
  for (const file of [script, path]) {
    expect(spawnSync('shellcheck', ['--shell=sh', file], { encoding: 'utf8' }).stdout).toBe('');
  }
});
