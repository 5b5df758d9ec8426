import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { preamble } from '../../../components/instances/service-unit';
import { publishPoint } from '../../../components/gcp/queue-metrics/series';
import { alivePart } from '../../../components/gcp/worker-group/alive';
import { drainPart } from '../../../components/gcp/worker-group/drain';

const run = promisify(execFile);
let folder: string;

/** A program of that name, before the machine's own. */
function stand(name: string, lines: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/bash\n${lines}\n`);
  chmodSync(path, 0o755);
}
const env = () => ({ ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` });
const called = (): string => readFileSync(join(folder, 'called'), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worker-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'called'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scriptOf(part: ReturnType<typeof alivePart>): string {
  const file = part.files.find(({ permissions }) => permissions === '0755')!;
  const path = join(folder, 'script');
  writeFileSync(path, file.content);
  chmodSync(path, 0o755);
  return path;
}

test.each([
  ['active', 'true', '200 OK'],
  ['deactivating', 'false', '200 OK'],
  ['activating', '', '503 Service Unavailable'],
  ['failed', '', '503 Service Unavailable'],
])('a worker that is %s, its container running: "%s", answers %s', (state, running, status) => {
  stand('systemctl', `echo ${state}`);
  stand('docker', `echo "${running}"`);
  const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
  const answer = execFileSync(scriptOf(alivePart()), { env: env(), input: request }).toString();
  expect(answer).toBe(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
});

test('the drain waits until the instance is to go, then lets the container end, then switches off', async () => {
  // Twice nothing has changed; then the instance is to go.
  stand(
    'curl',
    `echo asked >>${folder}/called; [[ $(grep -c asked ${folder}/called) -ge 3 ]] && printf PENDING_STOP || printf RUNNING`,
  );
  stand('systemctl', `echo "systemctl $*" >>${folder}/called`);
  stand('sleep', ':');
  await run(scriptOf(drainPart(120)), { env: env(), timeout: 20_000 });
  expect(called()).toBe('asked\nasked\nasked\nsystemctl stop stackladder.service\nsystemctl poweroff\n');
});

test.each([
  [
    '12',
    '34',
    [
      { metric: 'depth', value: '12' },
      { metric: 'wait', value: '34' },
    ],
  ],
  ['0', '', [{ metric: 'depth', value: '0' }]],
])(
  'a depth of %s and a wait of "%s" are points of the queue, and no argument holds the token',
  async (depth, wait, points) => {
    stand(
      'curl',
      `echo "arguments $*" >>${folder}/called
for argument; do
  case "$argument" in *service-accounts*) echo '{"access_token":"canary-4711"}'; exit 0 ;; esac
done
cat >${folder}/header
while [[ $# -gt 0 ]]; do [[ $1 == --data ]] && printf '%s' "$2" >${folder}/body; shift; done`,
    );
    const place = { projectId: 'p', prefix: 'shop-prod', region: 'us-central1' };
    const script = `${preamble}\npublish() {\nlocal queue="$1" depth="$2" wait="$3"\n${publishPoint(place)}\n}\npublish email ${depth} "${wait}"`;
    await run('bash', ['-c', script], { env: env(), timeout: 20_000 });
    expect(readFileSync(join(folder, 'header'), 'utf8')).toBe('Authorization: Bearer canary-4711\n');
    expect(called()).not.toContain('canary-4711');
    const body = JSON.parse(readFileSync(join(folder, 'body'), 'utf8')) as { timeSeries: Record<string, unknown>[] };
    const types = { depth: 'queue_depth', wait: 'queue_wait_seconds' };
    expect(body.timeSeries).toEqual(
      points.map(({ metric, value }) => ({
        metric: { type: `custom.googleapis.com/shop-prod/${types[metric as 'depth']}`, labels: { queue: 'email' } },
        resource: {
          type: 'generic_task',
          labels: { project_id: 'p', location: 'us-central1', namespace: 'shop-prod', job: 'queues', task_id: 'email' },
        },
        points: [
          {
            interval: { endTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string },
            value: { int64Value: value },
          },
        ],
      })),
    );
  },
);
