import { createHash, randomBytes } from 'node:crypto';
import { connect as connectPlain, createServer } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startScript } from '../../../components/kubernetes/edge/start';
import type { NginxConfig } from '../../../components/kubernetes/edge/nginx-config';
import { startBackend, type Backend } from './backend';
import { ask, askPlain, DOMAIN, listens, makeCertificate, startNginx, type Nginx, type Started } from './nginx';

/** The real nginx with the generated configuration on the loopback address, in front of three real backends. */
let backends: Backend[];
let nginx: Nginx;
const nothing = { stop: () => Promise.resolve() };

async function open(change: Partial<NginxConfig> = {}, started?: Started): Promise<void> {
  backends = await Promise.all(['one', 'two', 'three'].map((name) => startBackend(name)));
  nginx = nothing as Nginx;
  const servers = backends.map(({ port }) => `127.0.0.1:${port}`);
  nginx = await startNginx(change, servers, started);
}
afterEach(async () => {
  await nginx.stop();
  await Promise.all(backends.map((backend) => backend.stop()));
});

const rateLimit = { requests: 100, windowSeconds: 60, burst: 20, status: 429 };
const proxy = (failTimeoutSeconds: number) => ({
  maxFails: 3,
  failTimeoutSeconds,
  keepalive: 32,
  connectTimeoutSeconds: 60,
  sendTimeoutSeconds: 60,
  readTimeoutSeconds: 60,
});

/** Who answered, one request after the other. */
async function answers(count: number): Promise<Record<string, number>> {
  const by: Record<string, number> = {};
  for (let at = 0; at < count; at++) {
    const { status, body } = await ask(nginx, '/api/projects');
    expect(status).toBe(200);
    by[body] = (by[body] ?? 0) + 1;
  }
  return by;
}

test('requests are spread over all backends', async () => {
  await open();
  const by = await answers(60);
  expect(Object.keys(by).sort()).toEqual(['one', 'three', 'two']);
  for (const count of Object.values(by)) expect(count).toBeGreaterThanOrEqual(15);
});

test('connections to the backends are kept, and no request closes one', async () => {
  await open();
  await answers(60);
  // Two workers, each with its own connections to three backends.
  expect(backends.reduce((sum, { connections }) => sum + connections, 0)).toBeLessThanOrEqual(6);
  expect(backends[0]!.headers.connection).not.toBe('close');
});

test('a dead backend is left out and nobody sees it; it returns after its timeout', async () => {
  const seconds = 2;
  await open({ proxy: proxy(seconds) });
  const dead = backends[1]!;
  await dead.stop();
  // In its place something that hangs up, and counts how often it is tried.
  let tries = 0;
  const broken = createServer((socket) => {
    tries++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => broken.listen(dead.port, '127.0.0.1', resolve));
  const by = await answers(40);
  expect(Object.keys(by).sort()).toEqual(['one', 'three']);
  expect([3, 4]).toContain(tries); // max_fails, once more where both workers tried at the same time
  await new Promise((resolve) => broken.close(resolve));

  const back = await startBackend('two', dead.port);
  backends[1] = back;
  await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1_000));
  expect(await answers(30)).toHaveProperty('two');
});

test('of forty requests at once at most 21 pass, the rest are told 429', async () => {
  await open({ rateLimit });
  const all = await Promise.all(Array.from({ length: 40 }, () => ask(nginx, '/api/projects')));
  const passed = all.filter(({ status }) => status === 200).length;
  // The first, twenty of the burst, and one more for each 0.6 seconds that the forty took.
  expect(passed).toBeLessThanOrEqual(21);
  expect(passed).toBeGreaterThanOrEqual(20);
  expect(all.filter(({ status }) => status === 429)).toHaveLength(40 - passed);
  // An answer of nginx's own has the security headers too.
  expect(all.find(({ status }) => status === 429)!.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
});

test('each client has a limit of its own, by the address that a trusted balancer tells', async () => {
  await open({ rateLimit, trustedProxies: ['127.0.0.1/32'] });
  const from = (address: string) => ask(nginx, '/api/projects', { 'x-forwarded-for': address });
  const first = await Promise.all(Array.from({ length: 30 }, () => from('203.0.113.7')));
  expect(first.some(({ status }) => status === 429)).toBe(true);
  expect((await from('203.0.113.8')).status).toBe(200);
  const told = backends.find(({ headers }) => headers['x-real-ip'] === '203.0.113.8')!;
  expect(told.headers['x-forwarded-for']).toBe('203.0.113.8');
});

test('behind Cloudflare each client has a limit of its own, and the service is told his address', async () => {
  await open({ rateLimit: { ...rateLimit, clientHeader: { name: 'CF-Connecting-IP', from: ['127.0.0.0/8'] } } });
  const from = (address: string) => ask(nginx, '/api/projects', { 'cf-connecting-ip': address });
  const first = await Promise.all(Array.from({ length: 30 }, () => from('203.0.113.7')));
  expect(first.some(({ status }) => status === 429)).toBe(true);
  expect((await from('2001:db8::8')).status).toBe(200);
  const told = backends.find(({ headers }) => headers['x-real-ip'] === '2001:db8::8')!;
  expect(told.headers).toMatchObject({ 'x-forwarded-for': '2001:db8::8', 'cf-connecting-ip': '2001:db8::8' });
  // No address in it, or no header at all: he is who connects.
  const nobody = await Promise.all(Array.from({ length: 30 }, () => from('nobody')));
  expect(nobody.some(({ status }) => status === 429)).toBe(true);
});

test('who goes around Cloudflare is not believed about himself, whatever he writes', async () => {
  const clientHeader = { name: 'CF-Connecting-IP', from: ['203.0.113.0/24', '2400:cb00::/32'] };
  await open({ rateLimit: { ...rateLimit, clientHeader } });
  const all = await Promise.all(
    Array.from({ length: 40 }, (_, at) => ask(nginx, '/api/projects', { 'cf-connecting-ip': `198.51.100.${at}` })),
  );
  expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(21);
  const told = backends.find(({ headers }) => headers['x-real-ip'] !== undefined)!;
  expect(told.headers).toMatchObject({ 'x-real-ip': '127.0.0.1', 'cf-connecting-ip': '127.0.0.1' });
});

test('behind Cloudflare and a balancer that tells who connects', async () => {
  const clientHeader = { name: 'CF-Connecting-IP', from: ['203.0.113.0/24'] };
  await open({ rateLimit: { ...rateLimit, clientHeader }, trustedProxies: ['127.0.0.1/32'] });
  const from = (edge: string, client: string) =>
    ask(nginx, '/api/projects', { 'x-forwarded-for': `${client}, ${edge}`, 'cf-connecting-ip': client });
  const first = await Promise.all(Array.from({ length: 40 }, (_, at) => from('203.0.113.7', `198.51.100.${at}`)));
  expect(first.every(({ status }) => status === 200)).toBe(true);
  const around = await Promise.all(Array.from({ length: 40 }, (_, at) => from('192.0.2.7', `198.51.100.${100 + at}`)));
  expect(around.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(21);
});

test('what an untrusted client says of its address is not believed', async () => {
  await open({ rateLimit, trustedProxies: ['192.0.2.0/24'] });
  const all = await Promise.all(
    Array.from({ length: 40 }, (_, at) => ask(nginx, '/api/projects', { 'x-forwarded-for': `203.0.113.${at}` })),
  );
  expect(all.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(21);
  const told = backends.find(({ headers }) => headers['x-real-ip'] !== undefined)!;
  expect(told.headers['x-forwarded-for']).toBe('127.0.0.1');
});

/** Opens a connection, speaks, and gives back the first of what is answered. */
function speak(socket: TLSSocket, words: string, until: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    socket.on('data', (data: Buffer) => {
      heard += data.toString('latin1');
      if (until.test(heard)) resolve(heard);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
    if (socket.destroyed) resolve(heard);
    else socket.write(words);
  });
}

const secured = (more: ConnectionOptions = {}) =>
  connect({ host: '127.0.0.1', port: nginx.https, servername: DOMAIN, ca: nginx.certificate, ...more });

test('a WebSocket upgrade passes, and frames go both ways', async () => {
  await open();
  const key = randomBytes(16).toString('base64');
  const socket = secured();
  const handshake =
    `GET /ws HTTP/1.1\r\nHost: ${DOMAIN}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
  const answer = await speak(socket, handshake, /\r\n\r\n/);
  expect(answer).toMatch(/^HTTP\/1\.1 101 /);
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  expect(answer).toContain(`Sec-WebSocket-Accept: ${accept}`);
  socket.removeAllListeners('data');
  expect(await speak(socket, 'there and back', /there and back/)).toBe('there and back');
  socket.destroy();
  expect(backends.some(({ headers }) => headers.upgrade === 'websocket')).toBe(true);
});

test('nothing but a WebSocket is upgraded to: in a connection of another kind nginx would see no further request', async () => {
  await open();
  const answer = await speak(
    secured(),
    `GET /api HTTP/1.1\r\nHost: ${DOMAIN}\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n`,
    /(one|two|three)/,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  const asked = backends.find(({ asked: paths }) => paths.length > 0)!;
  expect(asked.headers).not.toHaveProperty('upgrade');
  expect(asked.headers.connection).toBe(undefined);
});

test('a slow request is not given to all pods in turn, and none is passed on once its time is over', async () => {
  const one = { connectTimeoutSeconds: 1, sendTimeoutSeconds: 1, readTimeoutSeconds: 1 };
  await open({ proxy: { ...proxy(30), ...one }, idleTimeoutSeconds: 1 });
  for (const backend of backends) backend.hold = true;
  expect((await ask(nginx, '/api/report')).status).toBe(504);
  expect(backends.flatMap(({ asked }) => asked)).toHaveLength(2);
});

test('a WebSocket may be silent for as long as a client’s connection may', async () => {
  await open({ proxy: { ...proxy(30), readTimeoutSeconds: 1 }, idleTimeoutSeconds: 4 });
  const socket = secured();
  const handshake = `GET /ws HTTP/1.1\r\nHost: ${DOMAIN}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`;
  expect(await speak(socket, handshake, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 101 /);
  await sleep(2_500);
  socket.removeAllListeners('data');
  expect(await speak(socket, 'still there', /still there/)).toBe('still there');
  socket.destroy();
});

test('a body goes on to the service while it comes in: nothing of it is kept on the pod’s disk', async () => {
  await open();
  const socket = secured();
  const head = `POST /upload HTTP/1.1\r\nHost: ${DOMAIN}\r\nContent-Length: 1000000\r\n\r\n`;
  // The service answers at once, with most of the body still to come.
  expect(await speak(socket, `${head}${'x'.repeat(1_000)}`, /(one|two|three)/)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

test('it is reached by IPv6 as well, and starts on a node that has none', async () => {
  await open({}, {});
  expect(await listens('::1', nginx.https)).toBe(true);
  expect((await ask(nginx, '/api/projects')).status).toBe(200);
  await nginx.stop();
  await Promise.all(backends.map((backend) => backend.stop()));
  await open({}, { addresses6: '/dev/null' });
  for (const port of [nginx.http, nginx.https, nginx.status]) expect(await listens('::1', port)).toBe(false);
  expect((await ask(nginx, '/api/projects')).status).toBe(200);
});

test('HTTP is redirected to the same path over TLS', async () => {
  await open();
  const { status, headers } = await askPlain(nginx.http, '/api/projects?org=1');
  expect([status, headers.location]).toEqual([301, `https://${DOMAIN}/api/projects?org=1`]);
  expect(backends.flatMap(({ asked }) => asked)).toEqual([]);
});

/** The version that client and server agree on, or the error. */
function versionOf(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = secured(options);
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol()!);
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

test('TLS 1.2 and 1.3 are spoken, TLS 1.1 is refused by the server', async () => {
  await open();
  expect(await versionOf({ minVersion: 'TLSv1.3' })).toBe('TLSv1.3');
  expect(await versionOf({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
  // Level 0, or the client itself would not even ask.
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  expect(await versionOf(old)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
});

/** The certificate that a client is shown, as PEM would have it. */
async function shown(): Promise<string> {
  const socket = secured({ rejectUnauthorized: false });
  await new Promise((resolve, reject) => socket.on('secureConnect', resolve).on('error', reject));
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return raw.toString('base64');
}
const bodyOf = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, '');

test('a renewed certificate is loaded; one that is broken is not, and hinders no later one', async () => {
  await open({}, { renewalSeconds: 1 });
  expect(await shown()).toBe(bodyOf(nginx.certificate));
  writeFileSync(join(nginx.folder, 'tls.crt'), 'broken');
  await sleep(2_500);
  expect(await shown()).toBe(bodyOf(nginx.certificate));
  const renewed = bodyOf(makeCertificate(nginx.folder));
  for (let tries = 0; tries < 50 && (await shown()) !== renewed; tries++) await sleep(200);
  expect(await shown()).toBe(renewed);
});

test('HTTP/2 is offered, security headers are sent, and nginx does not say which it is', async () => {
  await open();
  const socket = secured({ ALPNProtocols: ['h2', 'http/1.1'] });
  await new Promise((resolve) => socket.on('secureConnect', resolve));
  expect(socket.alpnProtocol).toBe('h2');
  socket.destroy();
  const { headers } = await ask(nginx, '/api/projects');
  expect(headers).toMatchObject({
    server: 'nginx',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});

test('metrics are not for the outside, however they are spelled; health is the service’s own', async () => {
  await open();
  for (const path of [
    '/metrics',
    '/metrics/',
    '/METRICS',
    '//metrics',
    '/a/../metrics',
    '/%6detrics',
    '/metrics?a=b',
  ]) {
    expect([path, (await ask(nginx, path)).status]).toEqual([path, 404]);
  }
  expect((await ask(nginx, '/health')).status).toBe(200);
  expect(backends.flatMap(({ asked }) => asked)).toEqual(['/health']);
  expect(await askPlain(nginx.status, '/ready')).toMatchObject({ status: 200, body: 'ready' });
  expect((await askPlain(nginx.status, '/status')).body).toContain('Active connections');
});

test('behind a balancer that speaks the PROXY protocol the client’s address comes with the connection', async () => {
  await open({ proxyProtocol: true, trustedProxies: ['127.0.0.1/32'] });
  const plain = connectPlain(nginx.https, '127.0.0.1');
  plain.write(`PROXY TCP4 198.51.100.9 127.0.0.1 40000 ${nginx.https}\r\n`);
  const socket = secured({ socket: plain });
  const answer = await speak(
    socket,
    `GET /api HTTP/1.1\r\nHost: ${DOMAIN}\r\nConnection: close\r\n\r\n`,
    /(one|two|three)/,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  const told = backends.find(({ headers }) => headers['x-real-ip'] !== undefined)!;
  expect(told.headers['x-real-ip']).toBe('198.51.100.9');
  // The probe's port does without: the kubelet speaks no PROXY.
  expect((await askPlain(nginx.status, '/ready')).status).toBe(200);
});

test('the shell linter accepts the script that starts it', async () => {
  await open();
  const { stdout, status } = spawnSync('shellcheck', ['--shell=sh', '-'], { input: startScript(), encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});
