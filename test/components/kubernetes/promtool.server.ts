import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertRules } from '../../../components/kubernetes/monitoring/rules';
import { pulse } from '../../../systems/pulse';

/**
 * The three alerts of Pulse's guide in Prometheus's own unit tests: each goes off at its threshold, when it has lasted,
 * and is silent below.
 */
const watched = { system: 'pulse', namespace: 'pulse', service: 'api', limits: pulse.services[0]!.pod.limits };
const labels = 'namespace="pulse",service="api"';
const requests = (status: number) =>
  `pulse_http_requests_total{${labels},method="GET",endpoint="/api",status="${status}"}`;
const bucket = (le: string) => `pulse_http_request_duration_seconds_bucket{${labels},le="${le}"}`;
const up = 'up{namespace="pulse",job="mongodb",instance="a"}';
const mongodbUp = 'mongodb_up{namespace="pulse",job="mongodb",instance="a"}';

let folder: string;
beforeAll(() => {
  if (spawnSync('promtool', ['--version']).status !== 0) {
    throw new Error('promtool is missing: install it (Debian: apt-get install -y prometheus)');
  }
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
  writeFileSync(join(folder, 'rules.yml'), stringify(alertRules(pulse.alerts, watched)));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whether an alert fires, minute by minute, in Prometheus's own simulation. */
function fires(alert: string, series: Record<string, string>, minute: number): boolean {
  const at = (expected: object[]) => ({
    rule_files: ['rules.yml'],
    evaluation_interval: '30s',
    tests: [
      {
        interval: '30s',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [{ eval_time: `${minute}m`, alertname: alert, exp_alerts: expected }],
      },
    ],
  });
  const path = join(folder, 'test.yml');
  writeFileSync(path, stringify(at([])));
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', path], { encoding: 'utf8' });
  if (status === 0) return false;
  // A test that fails for another reason than an alert would pass for one.
  if (!/got:\[\s*\d+:\s*Labels:/s.test(`${stdout}${stderr}`)) throw new Error(`${stdout}${stderr}`);
  return true;
}

test('Prometheus accepts the rules', () => {
  const output = execFileSync('promtool', ['check', 'rules', join(folder, 'rules.yml')], { encoding: 'utf8' });
  expect(output).toContain('SUCCESS: 3 rules found');
});

// So many requests in each half minute: the part of errors is what counts, whatever the number.
const traffic = (good: number, bad: number) => ({
  [requests(200)]: `0+${good}x60`,
  [requests(500)]: `0+${bad}x60`,
});

test.each([
  ['6 % of a little traffic', 94, 6, true],
  ['6 % of a lot', 94_000, 6_000, true],
  ['all of it', 0, 10, true],
  ['5 %, which is the limit itself', 95, 5, false],
  ['4 % of a lot: hundreds of errors a second', 960_000, 40_000, false],
  ['none', 100, 0, false],
  ['nobody asks', 0, 0, false],
])('HighErrorRate: %s', (_, good, bad, expected) => {
  expect(fires('HighErrorRate', traffic(good, bad), 20)).toBe(expected);
});

test('HighErrorRate waits five minutes, and hears of errors before the first good answer', () => {
  const series = traffic(90, 10);
  expect(fires('HighErrorRate', series, 4)).toBe(false);
  expect(fires('HighErrorRate', series, 7)).toBe(true);
  // A service that has never failed has no series of errors at all.
  expect(fires('HighErrorRate', { [requests(200)]: '0+100x60' }, 20)).toBe(false);
});

/** Of 100 requests in each half minute so many take up to a second, the others up to two and a half. */
const durations = (quick: number) => ({
  [bucket('0.5')]: `0+${quick / 2}x60`,
  [bucket('1')]: `0+${quick}x60`,
  [bucket('2.5')]: '0+100x60',
  [bucket('+Inf')]: '0+100x60',
});

test.each([
  ['94 % within a second', 94, true],
  ['95 % within a second, which is the limit itself', 95, false],
  ['99 % within a second', 99, false],
])('SlowResponses: %s', (_, quick, expected) => {
  expect(fires('SlowResponses', durations(quick), 25)).toBe(expected);
});

test('SlowResponses waits ten minutes, and forgets what was slow an hour ago', () => {
  expect(fires('SlowResponses', durations(50), 9)).toBe(false);
  expect(fires('SlowResponses', durations(50), 12)).toBe(true);
  // Slow in the first ten minutes and quick for twenty: the counters' own quantile would still be above a second.
  const mended = {
    [bucket('0.5')]: '0x20 0+100x40',
    [bucket('1')]: '0x20 0+100x40',
    [bucket('2.5')]: '0+100x20 2100+100x40',
    [bucket('+Inf')]: '0+100x20 2100+100x40',
  };
  expect(fires('SlowResponses', mended, 29)).toBe(false);
});

test.each([
  ['the database does not answer', { [up]: '1x60', [mongodbUp]: '0x60' }, true],
  ['nobody can ask it', { [up]: '0x60' }, true],
  ['there is nobody to ask', {}, true],
  ['it answers', { [up]: '1x60', [mongodbUp]: '1x60' }, false],
])('DatabaseDown: %s', (_, series, expected) => {
  expect(fires('DatabaseDown', series as Record<string, string>, 10)).toBe(expected);
});

test('DatabaseDown waits a minute', () => {
  const series = { [up]: '1x60', [mongodbUp]: '1x10 0x50' };
  expect(fires('DatabaseDown', series, 5)).toBe(false);
  // Down from 5:30 on.
  expect(fires('DatabaseDown', series, 6)).toBe(false);
  expect(fires('DatabaseDown', series, 7)).toBe(true);
});
