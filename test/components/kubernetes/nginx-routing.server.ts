import { AFFINITY_COOKIE } from '../../../components/kubernetes/edge/routing';
import type { RoutePlan, RoutingPlan } from '../../../plan/types';
import { startBackend, type Backend } from './backend';
import { ask, askPlain, DOMAIN, startNginx, type Nginx } from './nginx';

/** Routing of the generated configuration, by the real nginx in front of three real backends. */
let backends: Backend[] = [];
let nginx: Nginx | undefined;

async function open(routing: RoutingPlan, names = ['one', 'two', 'three']): Promise<Nginx> {
  backends = await Promise.all(names.map((name) => startBackend(name)));
  nginx = await startNginx(
    { routing },
    backends.map(({ port }) => `127.0.0.1:${port}`),
  );
  return nginx;
}
afterEach(async () => {
  await nginx?.stop();
  nginx = undefined;
  await Promise.all(backends.map((backend) => backend.stop()));
});

const CONTENT = 'static.pulse.test';
const plain = (...rules: RoutePlan[]): RoutingPlan => ({ algorithm: 'round-robin', rules });
const where = async (server: Nginx, path: string, headers: Record<string, string> = {}) => {
  const { status, headers: answered } = await ask(server, path, headers);
  return status === 302 ? answered.location : status;
};

test('by path: what the pattern takes is redirected with path and query, the rest is answered', async () => {
  const server = await open(plain({ name: 'static', paths: ['/static/*', '/favicon.ico'], redirectTo: CONTENT }));
  expect(await where(server, '/static/a/b.css?v=1')).toBe(`https://${CONTENT}/static/a/b.css?v=1`);
  expect(await where(server, '/favicon.ico')).toBe(`https://${CONTENT}/favicon.ico`);
  // A dot is a dot, and a pattern is the whole path.
  expect(await where(server, '/faviconxico')).toBe(200);
  expect(await where(server, '/api/static/a')).toBe(200);
  expect(await where(server, '/static')).toBe(200);
});

test('by host, also where the name came in plain HTTP', async () => {
  const www = `www.${DOMAIN}`;
  const server = await open(plain({ name: 'www', hosts: [www], redirectTo: DOMAIN }));
  expect(await where(server, '/a?b=c', { host: www })).toBe(`https://${DOMAIN}/a?b=c`);
  expect(await where(server, '/a')).toBe(200);
  // A name that nobody gave is the service's own, in plain HTTP too.
  expect((await askPlain(server.http, '/a')).headers.location).toBe(`https://${DOMAIN}/a`);
});

test('by query: any of the values, whatever stands beside them', async () => {
  const query = [
    { key: 'download', value: '1' },
    { key: 'as', value: 'a file' },
  ];
  const server = await open(plain({ name: 'download', query, redirectTo: CONTENT }));
  expect(await where(server, '/files/a?x=y&download=1')).toBe(`https://${CONTENT}/files/a?x=y&download=1`);
  expect(await where(server, '/files/a?as=a%20file')).toBe(`https://${CONTENT}/files/a?as=a%20file`);
  expect(await where(server, '/files/a?download=10')).toBe(200);
  expect(await where(server, '/files/a')).toBe(200);
});

test('every kind of condition must match', async () => {
  const rule = { name: 'both', paths: ['/files/*'], query: [{ key: 'download', value: '1' }], redirectTo: CONTENT };
  const server = await open(plain(rule));
  expect(await where(server, '/files/a?download=1')).toBe(`https://${CONTENT}/files/a?download=1`);
  expect(await where(server, '/files/a?download=0')).toBe(200);
  expect(await where(server, '/other/a?download=1')).toBe(200);
});

test('the first rule that matches decides: one without a redirect keeps the request for the service', async () => {
  const server = await open(
    plain(
      { name: 'own', paths: ['/static/private/*'] },
      { name: 'static', paths: ['/static/*'], redirectTo: CONTENT },
      { name: 'later', paths: ['/static/*', '/media/*'], redirectTo: 'media.pulse.test' },
    ),
  );
  expect(await where(server, '/static/private/a')).toBe(200);
  expect(await where(server, '/static/a')).toBe(`https://${CONTENT}/static/a`);
  expect(await where(server, '/media/a')).toBe('https://media.pulse.test/media/a');
});

/** Who answers so many requests. */
async function answers(server: Nginx, count: number, headers: Record<string, string> = {}): Promise<string[]> {
  const all = [];
  for (let at = 0; at < count; at++) all.push((await ask(server, '/', headers)).body);
  return all;
}

test('affinity: a client that brings its cookie comes back to the same backend, others are spread', async () => {
  const server = await open({ algorithm: 'round-robin', affinitySeconds: 3_600, rules: [] });
  const reached = new Set<string>();
  for (let client = 0; client < 12; client++) {
    const first = await ask(server, '/');
    const [cookie] = first.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(
      new RegExp(`^${AFFINITY_COOKIE}=[0-9a-f]{32}; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax$`),
    );
    const again = { cookie: cookie!.split(';')[0]! };
    expect(new Set(await answers(server, 4, again))).toEqual(new Set([first.body]));
    // The hour runs from the first answer: no cookie is sent anew.
    expect((await ask(server, '/', again)).headers['set-cookie']).toBeUndefined();
    reached.add(first.body);
  }
  expect(reached.size).toBeGreaterThan(1);
});

test('affinity: where its backend is gone a client is answered by another, and a made-up cookie is replaced', async () => {
  const server = await open({ algorithm: 'round-robin', affinitySeconds: 60, rules: [] }, ['one', 'two']);
  const first = await ask(server, '/');
  const [cookie] = first.headers['set-cookie'] as unknown as string[];
  await backends.find(({ name }) => name === first.body)!.stop();
  const again = await ask(server, '/', { cookie: cookie!.split(';')[0]! });
  expect([again.status, again.body]).toEqual([200, first.body === 'one' ? 'two' : 'one']);
  const forged = await ask(server, '/', { cookie: `${AFFINITY_COOKIE}=everybody` });
  expect(forged.headers['set-cookie']).toBeDefined();
});

test('least outstanding requests: who is busy gets no more; in turn, who is busy gets its share', async () => {
  // A backend that never answers holds one request for ever.
  const spread = async (algorithm: RoutingPlan['algorithm']) => {
    const server = await open({ algorithm, rules: [] });
    const [slow] = backends;
    slow!.hold = true;
    const asked: Promise<unknown>[] = [];
    for (let at = 0; at < 30; at++) {
      asked.push(ask(server, '/').catch(() => undefined));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const held = slow!.asked.length;
    await nginx!.stop();
    nginx = undefined;
    await Promise.all(asked);
    await Promise.all(backends.map((backend) => backend.stop()));
    return held;
  };
  expect(await spread('round-robin')).toBeGreaterThanOrEqual(9);
  expect(await spread('least-outstanding-requests')).toBeLessThanOrEqual(4);
});
