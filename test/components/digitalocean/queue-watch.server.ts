import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { proxyConfig } from '../../../components/digitalocean/droplet-pool/proxy-config';
import { queuePath, queueWatchPart } from '../../../components/digitalocean/droplet-pool/queue-watch';
import { userData } from '../../../components/digitalocean/droplet-pool/user-data';
import { scheduledSqlPart } from '../../../components/instances/scheduled-sql';
import { behindPooler, schedules } from '../instances/beside';
import { freePort, sharedFolder, standIns, start, until, type Running } from '../instances/servers';

/** What droplets tell of queues, by a real Valkey-compatible server and a real nginx; and all that may stand beside a service. */
const email = { queue: 'email', key: 'bull:email:wait', jobs: 3, minutes: 2 };
const jobs = { queue: 'jobs', key: 'celery', jobs: 100, minutes: 1 };
const watches = [email, jobs];

let folder: string;
let redis: Running;
let port: number;
beforeEach(async () => {
  folder = sharedFolder();
  port = await freePort();
  redis = start('redis-server', ['--port', String(port), '--requirepass', 'canary', '--save', '', '--dir', '/tmp']);
  await until(
    () => redis.output().includes('Ready to accept connections'),
    () => redis.output(),
  );
});
afterEach(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

const here = (text: string) =>
  text.replaceAll('/run/stackladder', join(folder, 'run')).replaceAll('/usr/local/lib/stackladder', folder);
const full = (queue: string) => join(folder, `run-queues/${queue}.full`);

/** The minute's look, with Docker's part done by hand. */
function look(): { status: number | null; stderr: string } {
  for (const { path, content } of queueWatchPart('QUEUE_URL', watches).files) {
    if (content.startsWith('#!')) writeFileSync(join(folder, path.split('/').pop()!), here(content), { mode: 0o755 });
  }
  mkdirSync(join(folder, 'run'), { recursive: true });
  writeFileSync(join(folder, 'run/secrets.env'), `A=b\nQUEUE_URL=redis://default:canary@127.0.0.1:${port}\n`);
  const docker = `while [[ $1 != /queue-depths ]]; do shift; done; shift; exec sh ${folder}/queue-depths "$@"`;
  const path = standIns(folder, { docker, 'valkey-cli': 'exec redis-cli --no-auth-warning "$@"' });
  const env = { ...process.env, PATH: path };
  const { status, stderr } = spawnSync('bash', [join(folder, 'watch-queues')], { env, encoding: 'utf8' });
  return { status, stderr };
}

function push(key: string, count: number): void {
  const items = Array.from({ length: count }, (_, at) => String(at));
  spawnSync('redis-cli', ['-p', String(port), '-a', 'canary', '--no-auth-warning', 'LPUSH', key, ...items]);
}

test('a queue is too long when it has been for its minutes, and well again at once', () => {
  expect(look()).toEqual({ status: 0, stderr: '' });
  push(email.key, 4);
  push(jobs.key, 101);
  look();
  expect([existsSync(full('email-3')), existsSync(full('jobs-100'))]).toEqual([false, true]);
  look();
  expect(existsSync(full('email-3'))).toBe(true);
  spawnSync('redis-cli', ['-p', String(port), '-a', 'canary', '--no-auth-warning', 'LPOP', email.key]);
  look();
  expect([existsSync(full('email-3')), existsSync(full('jobs-100'))]).toEqual([false, true]);
});

test('a broker that does not answer changes nothing, and its password is not shown', async () => {
  push(jobs.key, 101);
  look();
  await redis.stop();
  const { status, stderr } = look();
  expect([status === 0, existsSync(full('jobs-100'))]).toEqual([false, true]);
  expect(stderr).not.toContain('canary');
  redis = start('redis-server', ['--port', String(port), '--save', '', '--dir', '/tmp']);
});

test('nginx answers for the queue, and asks the service nothing', async () => {
  const listen = await freePort();
  const config = proxyConfig({
    port: listen,
    containerPort: 9,
    balancerCidr: '127.0.0.0/8',
    healthPath: '/health',
    idleTimeoutSeconds: 60,
    queues: watches,
  });
  writeFileSync(join(folder, 'service.conf'), here(config));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (what) => `${what}_temp_path ${folder}/${what};`,
  );
  const whole = `daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp {\n${temporary.join('\n')}\naccess_log off;\ninclude ${folder}/service.conf;\n}\n`;
  writeFileSync(join(folder, 'nginx.conf'), whole);
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  const gone = new Promise((resolve) => nginx.once('exit', resolve));
  const status = () =>
    fetch(`http://127.0.0.1:${listen}${queuePath(jobs)}`).then(
      (answer) => answer.status,
      () => undefined,
    );
  try {
    for (let tries = 0; tries < 100 && (await status()) === undefined; tries++) await sleep(50);
    look();
    expect(await status()).toBe(200);
    push(jobs.key, 101);
    look();
    expect(await status()).toBe(503);
  } finally {
    nginx.kill('SIGTERM');
    await gone;
  }
});

test('a droplet with all that may stand beside a service: its document and its scripts are accepted', () => {
  const text = userData({
    image: 'ghcr.io/acme/api:1.4.2',
    proxy: { port: 80, balancerCidr: '10.0.0.0/16', healthPath: '/health', idleTimeoutSeconds: 60, queues: watches },
    environment: {},
    secrets: { QUEUE_URL: 'https://vault.example/q' },
    pooler: { ...behindPooler, listenAddress: '172.17.0.1', address: '172.17.0.1' },
    parts: [scheduledSqlPart(schedules), queueWatchPart('QUEUE_URL', watches)],
    drainSeconds: 30,
  });
  const document = join(folder, 'user-data');
  writeFileSync(document, text);
  const said = spawnSync('cloud-init', ['schema', '--config-file', document], { encoding: 'utf8' });
  expect(said.stdout).toContain('Valid');
  const { write_files: files } = parse(text, { version: '1.1' }) as {
    write_files: { path: string; content: string }[];
  };
  const scripts = files.filter(({ content }) => content.startsWith('#!'));
  expect(scripts.map(({ path }) => path.split('/').pop())).toEqual(
    expect.arrayContaining(['run-pooler', 'pooled-urls', 'run-sql', 'watch-queues', 'queue-depths']),
  );
  for (const { path, content } of scripts) {
    const file = join(folder, path.split('/').pop()!);
    writeFileSync(file, content);
    expect(spawnSync('shellcheck', ['--severity=style', file], { encoding: 'utf8' }).stdout).toBe('');
  }
});
