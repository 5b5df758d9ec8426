import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { proxyConfig, type ProxyOptions } from '../../../components/digitalocean/droplet-pool/proxy-config';
import { userData, type UserDataOptions } from '../../../components/digitalocean/droplet-pool/user-data';
import { runnerUserData } from '../../../components/digitalocean/index-runner/user-data';

/**
 * What a droplet is told, against the tools that read it: cloud-init's own schema, a shell linter, bash with stand-ins
 * for `docker`, `iptables` and `systemctl`, secrets from a real server, and nginx itself.
 */
const rateLimit = { requests: 100, windowSeconds: 60, burst: 20, status: 429 };
const plain = {
  image: 'ghcr.io/pulse/api:1.4.2',
  proxy: { port: 8081, balancerCidr: '127.0.0.0/8', healthPath: '/health', idleTimeoutSeconds: 60 },
  environment: {},
  secrets: {},
  drainSeconds: 30,
} satisfies UserDataOptions;
const full = (base: string): UserDataOptions => ({
  ...plain,
  proxy: { ...plain.proxy, port: 80, rateLimit },
  environment: { A: `"it's" $HOME \${X} \`id\` %s \\ # é`, B: 'yes', C: '0777', E: '' },
  secrets: { MONGO_URL: `${base}/mongo`, REDIS_URL: `${base}/redis` },
  registrySecret: `${base}/registry`,
});

let folder: string;
let server: Server;
let base: string;
let answers: Record<string, string>;
let asked: string[];
let told: IncomingHttpHeaders[];
const children: ChildProcess[] = [];

beforeAll(() => {
  for (const tool of ['cloud-init', 'shellcheck', 'nginx', 'curl']) {
    const found = spawnSync(tool, ['-v']).error === undefined;
    if (!found) throw new Error(`${tool} is missing: install it (Debian: apt-get install -y ${tool})`);
  }
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'droplet-'));
  [answers, asked, told] = [{}, [], []];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    told.push(request.headers);
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 403 : 200).end(answer ?? 'denied');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

interface Script {
  name: string;
  content: string;
}

function scriptsOf(text: string): Script[] {
  const files: { path: string; content: string }[] = parse(text, { version: '1.1' }).write_files;
  return files
    .filter(({ content }) => content.startsWith('#!'))
    .map(({ path, content }) => ({ name: path.split('/').pop()!, content }));
}

const documents = (): [string, string][] => [
  ['nothing but an image', userData(plain)],
  ['all there is', userData(full(base))],
  ['the runner', runnerUserData({ script: 'print("1")\n', secretUrl: `${base}/mongo`, image: 'mongo:8.0.17' })],
];

test('cloud-init’s schema accepts the documents', () => {
  for (const [what, text] of documents()) {
    const path = join(folder, 'user-data');
    writeFileSync(path, text);
    const said = execFileSync('cloud-init', ['schema', '--config-file', path], { encoding: 'utf8' });
    expect([what, said]).toEqual([what, expect.stringContaining('Valid')]);
  }
});

test('the shell linter accepts every script', () => {
  const names = documents().map(([, text]) =>
    scriptsOf(text).map(({ name, content }) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      expect(spawnSync('shellcheck', ['--severity=style', path], { encoding: 'utf8' }).stdout).toBe('');
      return name;
    }),
  );
  const service = ['close-metadata', 'fetch-secrets', 'pull-image', 'run-container'];
  expect(names).toEqual([service, service, ['create-indexes']]);
});

const nothing = { sleep: '', docker: '', iptables: '', systemctl: '', 'close-metadata': '' };

/** Runs a script with stand-ins on PATH; each notes its arguments, a line a call. */
async function run(name: string, text: string, standIns: Record<string, string> = {}) {
  const [bin, runtime] = [join(folder, 'bin'), join(folder, 'run')];
  for (const path of [bin, runtime]) if (!existsSync(path)) mkdirSync(path);
  for (const [tool, body] of Object.entries({ ...nothing, ...standIns })) {
    writeFileSync(join(bin, tool), `#!/bin/bash\necho "${tool} $*" >>"${folder}/calls"\n${body}\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  const path = join(folder, name);
  const { content } = scriptsOf(text).find((script) => script.name === name)!;
  // Scripts that it calls are stand-ins, too.
  writeFileSync(path, content.replaceAll('/usr/local/lib/stackladder', bin));
  const env = { PATH: `${bin}:/usr/bin:/bin`, RUNTIME_DIRECTORY: runtime, IMAGE: plain.image };
  const child = spawn('bash', [path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const status = await new Promise((resolve) => child.once('close', resolve));
  const calls = join(folder, 'calls');
  return {
    status,
    stderr,
    calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [],
    secretsFile: join(runtime, 'secrets.env'),
    dockerConfig: join(runtime, 'docker', 'config.json'),
  };
}

test('secrets arrive as they are, for root alone; the registry’s with all its lines', async () => {
  const value = `mongodb+srv://u:p'"$HOME\`id\`%s\\@host/?a=b#c`;
  answers = { '/mongo': value, '/redis': 'rediss://x', '/registry': '{\n  "auths": {}\n}\n' };
  const { status, secretsFile, dockerConfig } = await run('fetch-secrets', userData(full(base)));
  expect(status).toBe(0);
  expect(readFileSync(secretsFile, 'utf8')).toBe(`MONGO_URL=${value}\nREDIS_URL=rediss://x\n`);
  expect(statSync(secretsFile).mode & 0o777).toBe(0o600);
  expect(readFileSync(dockerConfig, 'utf8')).toBe('{\n  "auths": {}\n}\n');
});

test.each([
  ['several lines', 'canary\nsecond'],
  ['nothing', ''],
])('a secret of %s stops the start and is not shown', async (_, secret) => {
  answers = { '/mongo': secret };
  const { status, stderr, secretsFile } = await run('fetch-secrets', userData(full(base)));
  expect(status).not.toBe(0);
  expect(stderr).toContain('the secret of MONGO_URL is empty, or has more than one line');
  expect(stderr).not.toContain('canary');
  expect(existsSync(secretsFile)).toBe(false);
});

test('a secret that is denied stops the start after five tries, and its answer is taken for no secret', async () => {
  const { status, secretsFile } = await run('fetch-secrets', userData(full(base)));
  expect(status).not.toBe(0);
  expect(asked).toEqual(Array.from({ length: 5 }, () => '/mongo'));
  expect(existsSync(secretsFile)).toBe(false);
});

test('containers are cut off from the metadata service, once', async () => {
  const rule = 'DOCKER-USER --destination 169.254.169.254/32 --jump DROP';
  const first = await run('close-metadata', userData(plain), { iptables: '[[ $* != *--check* ]]' });
  expect(first.calls).toEqual([`iptables --wait --check ${rule}`, `iptables --wait --insert ${rule}`]);
  rmSync(join(folder, 'calls'));
  const second = await run('close-metadata', userData(plain));
  expect([first.status, second.status, second.calls]).toEqual([0, 0, [`iptables --wait --check ${rule}`]]);
});

test('the container is started with its files, on the droplet’s loopback', async () => {
  const { status, stderr, calls } = await run('run-container', userData(full(base)));
  expect([status, stderr]).toEqual([0, '']);
  const [closed, docker] = calls;
  // First the door, then who might go through it.
  expect(closed?.trim()).toBe('close-metadata');
  expect(docker).toContain('--publish 127.0.0.1:9000:80 ');
  expect(docker).not.toContain('--network host');
  expect(docker).toContain(`--env-file ${join(folder, 'run', 'secrets.env')}`);
  expect(docker).toContain('--cap-add NET_BIND_SERVICE');
  expect(docker?.endsWith(` ${plain.image}`)).toBe(true);
});

test('the runner turns its droplet off when all indexes are there, and leaves it on when not', async () => {
  answers = { '/mongo': 'mongodb+srv://u:canary@host/db' };
  const text = runnerUserData({ script: 'print(1)', secretUrl: `${base}/mongo`, image: 'mongo:8.0.17' });
  const seen = `[[ $MONGO_URL == mongodb+srv://u:canary@host/db ]]`;
  const good = await run('create-indexes', text, { docker: seen });
  expect([good.status, good.calls.at(-1)]).toEqual([0, 'systemctl poweroff --no-block']);
  expect(good.calls.join('\n') + good.stderr).not.toContain('canary');
  rmSync(join(folder, 'calls'));
  const bad = await run('create-indexes', text, { docker: 'exit 1' });
  expect(bad.status).not.toBe(0);
  expect(bad.calls.join('\n')).not.toContain('poweroff');
});

/** nginx with the configuration of a droplet, in front of the server of this test. */
async function startNginx(port: number, options: Partial<ProxyOptions> = {}): Promise<string> {
  const containerPort = (server.address() as AddressInfo).port;
  writeFileSync(join(folder, 'service.conf'), proxyConfig({ ...plain.proxy, ...options, port, containerPort }));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (what) => `${what}_temp_path ${folder}/${what};`,
  );
  const whole = `daemon off; pid ${folder}/pid; error_log stderr warn; events {}\nhttp {\n${temporary.join('\n')}\naccess_log ${folder}/access;\ninclude ${folder}/service.conf;\n}\n`;
  writeFileSync(join(folder, 'nginx.conf'), whole);
  children.push(spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      await fetch(`${url}/health`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return url;
    await sleep(50);
  }
  throw new Error('nginx did not start');
}

const statuses = (url: string, count: number, client: string): Promise<number[]> =>
  Promise.all(
    Array.from({ length: count }, () =>
      fetch(url, { headers: { 'X-Forwarded-For': client } }).then(({ status }) => status),
    ),
  );

test('of 40 requests of one client at once 21 pass and the rest get 429; another client, and the health check, are apart', async () => {
  answers = { '/': 'served', '/health': 'ok' };
  const url = await startNginx(18_481, { rateLimit });
  const first = await statuses(url, 40, '203.0.113.7');
  const passed = first.filter((status) => status === 200).length;
  expect(passed).toBeGreaterThanOrEqual(21);
  expect(passed).toBeLessThanOrEqual(23); // the bucket leaks a request every 0.6 s
  expect(first.filter((status) => status === 429)).toHaveLength(40 - passed);
  expect(await statuses(url, 5, '203.0.113.8')).toEqual([200, 200, 200, 200, 200]);
  expect(await statuses(`${url}/health`, 40, '203.0.113.7')).toEqual(Array.from({ length: 40 }, () => 200));
});

test('a client cannot lend itself another address: only what the balancer added counts', async () => {
  answers = { '/': 'served', '/health': 'ok' };
  const url = await startNginx(18_482, { rateLimit });
  const forged = (turn: number) =>
    fetch(url, { headers: { 'X-Forwarded-For': `198.51.100.${turn}, 203.0.113.7` } }).then(({ status }) => status);
  const found = await Promise.all(Array.from({ length: 40 }, (_, turn) => forged(turn)));
  expect(found.filter((status) => status === 429).length).toBeGreaterThan(10);
});

test('behind Cloudflare each client has a limit of its own, and who goes around it cannot lend himself another address', async () => {
  answers = { '/': 'served', '/health': 'ok' };
  const clientHeader = { name: 'CF-Connecting-IP', from: ['203.0.113.0/24'] };
  const url = await startNginx(18_484, { rateLimit: { ...rateLimit, clientHeader } });
  const asked = (edge: string, turn: number) =>
    fetch(url, { headers: { 'X-Forwarded-For': edge, 'CF-Connecting-IP': `198.51.100.${turn}` } });
  const through = await Promise.all(Array.from({ length: 40 }, (_, turn) => asked('203.0.113.7', turn)));
  expect(through.every(({ status }) => status === 200)).toBe(true);
  const around = await Promise.all(Array.from({ length: 40 }, (_, turn) => asked('192.0.2.7', 100 + turn)));
  expect(around.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
});

test('metrics are nobody’s business outside, and the health check is not logged', async () => {
  const spelled = ['/metrics', '/metrics/', '/METRICS', '/metrics/cpu'];
  answers = { '/': 'served', '/health': 'ok', ...Object.fromEntries(spelled.map((path) => [path, 'canary'])) };
  const url = await startNginx(18_483);
  for (const path of spelled) expect((await fetch(`${url}${path}`)).status).toBe(404);
  expect(await (await fetch(url)).text()).toBe('served');
  await sleep(100);
  const log = readFileSync(join(folder, 'access'), 'utf8');
  expect(log).toContain('GET / ');
  expect(log).not.toContain('/health');
});

test('nothing but a WebSocket is upgraded to: in a connection of another kind nginx would see no further request', async () => {
  answers = { '/': 'served', '/health': 'ok' };
  const url = await startNginx(18_485);
  const upgraded = async (to: string): Promise<IncomingHttpHeaders> => {
    const before = told.length;
    const headers = { Upgrade: to, Connection: 'Upgrade' };
    await new Promise((resolve, reject) =>
      get(url, { headers }, (answer) => answer.resume().on('end', resolve)).on('error', reject),
    );
    return told.slice(before)[0]!;
  };
  const other = await upgraded('h2c');
  expect(other).not.toHaveProperty('upgrade');
  expect(other).not.toHaveProperty('connection');
  expect(await upgraded('websocket')).toMatchObject({ upgrade: 'websocket', connection: 'upgrade' });
});

test('rules send a client on before the service is asked, the first that matches; the rest is served', async () => {
  answers = {
    '/': 'served',
    '/health': 'ok',
    '/static/own/a': 'served',
    '/static/a': 'served',
    '/files?download=10': 'x',
  };
  const routes = [
    { name: 'own', paths: ['/static/own/*'] },
    { name: 'static', paths: ['/static/*', '/media/*'], redirectTo: 'cdn.example.com' },
    { name: 'www', hosts: ['www.example.com'], redirectTo: 'example.com' },
    { name: 'get', paths: ['/files*'], query: [{ key: 'download', value: '1' }], redirectTo: 'get.example.com' },
  ];
  const url = await startNginx(18_484, { routes });
  const led = async (path: string, host = 'example.com') => {
    const answer = await ask(`${url}${path}`, host);
    return answer.location ?? answer.status;
  };
  expect(await led('/static/a?b=c')).toBe('https://cdn.example.com/static/a?b=c');
  expect(await led('/media/x', 'www.example.com')).toBe('https://cdn.example.com/media/x');
  expect(await led('/', 'WWW.example.com')).toBe('https://example.com/');
  expect(await led('/files?a=b&download=1')).toBe('https://get.example.com/files?a=b&download=1');
  expect(await led('/files?download=10')).toBe(200);
  expect(await led('/static/own/a')).toBe(200);
  expect(await led('/')).toBe(200);
  expect(await led('/health', 'www.example.com')).toBe(200);
});

/** By `http`, for fetch does not let a test say the host. */
function ask(url: string, host: string): Promise<{ status?: number; location?: string }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, location: answer.headers.location });
    }).on('error', reject);
  });
}
