import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profiles, type ProfileName, shapeOf, type Shrink } from '../../loadtest/profiles';
import { k6Script } from '../../loadtest/script';
import { systems } from '../../systems';
import type { System } from '../../systems/system';

/** The real k6, run against a server of our own: a test of the scripts, and so of each profile in a few seconds. */
const SECONDS = 3;
const LOAD = 10;
/** What k6 ends with when a threshold is crossed. */
const CROSSED = 99;

const folder = mkdtempSync(join(tmpdir(), 'k6-'));
let k6: string;
let server: Server;
let answer: { afterMillis: number; status: number };
const asked = new Set<string>();

beforeAll(async () => {
  const found = spawnSync('bash', [join(__dirname, '../k6/find.sh')], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (found.status !== 0) throw new Error('k6 could not be built');
  k6 = found.stdout.toString().trim();
  server = createServer((request, response) => {
    asked.add(request.url ?? '');
    setTimeout(() => response.writeHead(answer.status).end('{}'), answer.afterMillis);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** As much of a profile as fits into the time that a test has. */
function shrinkOf(profile: ProfileName, { loadTest }: System): Shrink {
  const { stages } = shapeOf(profile, loadTest);
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const most = Math.max(...stages.map(({ target }) => target));
  return { faster: Math.max(1, seconds / SECONDS), smaller: Math.max(1, most / LOAD) };
}

async function run(system: System, profile: ProfileName): Promise<{ code: number; output: string }> {
  const file = join(folder, `${system.name}-${profile}.js`);
  writeFileSync(file, k6Script(system, profile, { shrink: shrinkOf(profile, system) }));
  const { port } = server.address() as AddressInfo;
  const flags = ['run', '--quiet', '--no-usage-report', '--no-color', '-e', `BASE_URL=http://127.0.0.1:${port}/`];
  const running = spawn(k6, [...flags, '--address', '127.0.0.1:0', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [running.stdout, running.stderr]) stream.on('data', (text) => (output += String(text)));
  const [code] = (await once(running, 'close')) as [number];
  return { code, output };
}

const all = Object.values(systems).flatMap((system) => profiles.map((profile) => [system.name, profile] as const));

test.each(all)(
  '%s, %s: passes where the system is as its guide wants it, fails where it is slow',
  async (name, profile) => {
    const system = systems[name]!;
    const { latency } = system.loadTest.expects;
    answer = { afterMillis: 0, status: 200 };
    const fast = await run(system, profile);
    expect(`${fast.code}\n${fast.output}`).toMatch(/^0\n/);
    expect([...asked].sort()).toEqual([...system.loadTest.paths].sort());
    asked.clear();
    answer = { afterMillis: latency.millis + 100, status: 200 };
    const slow = await run(system, profile);
    expect(`${slow.code}\n${slow.output}`).toMatch(new RegExp(`^${CROSSED}\n`));
    expect(slow.output).toMatch(/thresholds on metrics '.*http_req_duration.*' have been crossed/);
    asked.clear();
  },
);

test('a system that answers with errors fails, however fast', async () => {
  answer = { afterMillis: 0, status: 500 };
  const { code, output } = await run(systems.mercenary!, 'load');
  expect(code).toBe(CROSSED);
  expect(output).toMatch(/thresholds on metrics '.*http_req_failed.*' have been crossed/);
  expect(output).not.toMatch(/thresholds on metrics '.*http_req_duration/);
  asked.clear();
});

test('the limit of Pulse is not an error', async () => {
  answer = { afterMillis: 0, status: 429 };
  expect((await run(systems.pulse!, 'smoke')).code).toBe(0);
});
