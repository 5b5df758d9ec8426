import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Measured } from '../../../../components/kubernetes/metrics/measured';
import { prometheusConfig } from '../../../../components/kubernetes/metrics/prometheus-config';
import { signalRules } from '../../../../components/kubernetes/metrics/rules';
import { mercenary } from '../../../../systems/mercenary';
import { svSdk } from '../../../../systems/sv-sdk';
import type { System } from '../../../../systems/system';
import { Promtool } from '../promtool';

/** The guides' rules in Prometheus's own simulation: what autoscalers are told, condition by condition. */
const NAMESPACE = 'here';
const measuredFor = (system: System): Measured => ({
  prefix: system.name.replace(/-/g, '_'),
  namespace: NAMESPACE,
  services: system.services.map(({ name, port, pod, scalingRules }) => ({
    name,
    port,
    // So many that a percentage is easy to write: a hundredth of a processor, a MiB.
    requests: { ...pod.requests, cpu: '1', memory: '100Mi' },
    rules: scalingRules!,
  })),
  workers: (system.workers ?? []).flatMap(({ name, queue, scaling }) =>
    scaling.kind === 'rules'
      ? [{ name, queue, requests: { cpu: '1', memory: '100Mi' }, out: scaling.out, in: scaling.in }]
      : [],
  ),
  queues: system.broker!.queues,
});
const api = mercenary.services[0]!.name;
const app = svSdk.services[0]!.name;

const open: Promtool[] = [];
function simulate(system: System): Promtool {
  const promtool = new Promtool(signalRules(measuredFor(system)), '15s');
  open.push(promtool);
  return promtool;
}
let guides: { mercenary: Promtool; svSdk: Promtool };
beforeAll(() => {
  guides = { mercenary: simulate(mercenary), svSdk: simulate(svSdk) };
});
afterAll(() => open.forEach((promtool) => promtool.close()));

type Series = Record<string, string>;
const LENGTH = 160; // forty minutes of quarter minutes
const own = (service: string) => `namespace="${NAMESPACE}",service="${service}"`;
const container = (name: string, pod: string) => `namespace="${NAMESPACE}",container="${name}",pod="${pod}"`;
/** Percent of a whole processor, and of 100 MiB. */
const cpu = (name: string, percent: number, pod = 'a'): Series => ({
  [`container_cpu_usage_seconds_total{${container(name, pod)}}`]: `0+${(percent / 100) * 15}x${LENGTH}`,
});
const memory = (name: string, percent: number, pod = 'a'): Series => ({
  [`container_memory_working_set_bytes{${container(name, pod)}}`]: `${percent * 1_048_576}x${LENGTH}`,
});
const answering = (service: string, instance = '1'): Series => ({
  [`up{${own(service)},instance="${instance}"}`]: `1x${LENGTH}`,
});
/** Requests a minute, and their mean time in milliseconds. */
const requests = (prefix: string, service: string, perMinute: number, millis: number): Series => ({
  [`${prefix}_http_requests_total{${own(service)},instance="1"}`]: `0+${perMinute / 4}x${LENGTH}`,
  [`${prefix}_http_request_duration_seconds_count{${own(service)},instance="1"}`]: `0+${perMinute / 4}x${LENGTH}`,
  [`${prefix}_http_request_duration_seconds_sum{${own(service)},instance="1"}`]: `0+${((perMinute / 4) * millis) / 1_000}x${LENGTH}`,
});

interface Job {
  job_name: string;
  kubernetes_sd_configs?: object[];
}

test('Prometheus accepts the rules and the configuration of both guides', () => {
  expect(guides.mercenary.check()).toContain('SUCCESS');
  expect(guides.svSdk.check()).toContain('SUCCESS');
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  const rules = join(folder, 'rules.yml');
  writeFileSync(rules, JSON.stringify(signalRules(measuredFor(svSdk))));
  writeFileSync(join(folder, 'token'), 'a token');
  const config = join(folder, 'prometheus.yml');
  const made = parse(prometheusConfig(measuredFor(svSdk), { rules, account: folder })) as { scrape_configs: Job[] };
  const containers = made.scrape_configs.find((job) => job.kubernetes_sd_configs)!;
  expect(containers.kubernetes_sd_configs).toEqual([{ role: 'node' }]);
  // Debian's build leaves this way of finding nodes out.
  delete containers.kubernetes_sd_configs;
  writeFileSync(config, stringify(made));
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', config], { encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  expect([status, stderr, stdout]).toEqual([0, expect.any(String), expect.stringContaining('SUCCESS')]);
});

const signal = (series: Series, minute = 39) => guides.mercenary.valueAt('scaling_signal', series, minute);
const calm = { ...answering(api), ...requests('mercenary', api, 10, 50) };

test.each([
  ['both are low', 20, 40, 0.5],
  ['cpu alone is low', 20, 60, 1],
  ['memory alone is low', 50, 40, 1],
  ['none is: cpu 50, memory 60', 50, 60, 1],
])('Mercenary goes in when %s', (_, cpuPercent, memoryPercent, expected) => {
  expect(signal({ ...calm, ...cpu(api, cpuPercent), ...memory(api, memoryPercent) })).toBe(expected);
});

test.each([
  ['cpu above 70', { ...calm, ...cpu(api, 71), ...memory(api, 40) }, 2],
  ['cpu at 70', { ...calm, ...cpu(api, 70), ...memory(api, 40) }, 1],
  ['memory above 80', { ...calm, ...cpu(api, 20), ...memory(api, 81) }, 2],
  ['memory at 80', { ...calm, ...cpu(api, 20), ...memory(api, 80) }, 1],
  ['cpu at 30 goes nowhere', { ...calm, ...cpu(api, 30), ...memory(api, 40) }, 1],
  ['memory at 50 goes nowhere', { ...calm, ...cpu(api, 20), ...memory(api, 50) }, 1],
  ['1004 requests a minute', { ...quiet(), ...answering(api), ...requests('mercenary', api, 1_004, 50) }, 2],
  ['996 requests a minute', { ...quiet(), ...answering(api), ...requests('mercenary', api, 996, 50) }, 1],
  // 600 a minute of 10.1 seconds each: 101 at a time.
  ['101 requests at a time', { ...quiet(), ...answering(api), ...requests('mercenary', api, 600, 10_100) }, 2],
  ['half a second and more', { ...quiet(), ...answering(api), ...requests('mercenary', api, 60, 504) }, 2],
  ['half a second', { ...quiet(), ...answering(api), ...requests('mercenary', api, 60, 500) }, 1],
])('Mercenary goes out by any condition alone: %s', (_, series, expected) => {
  expect(signal(series as Series)).toBe(expected);
});

/** Neither in nor out by processors and memory. */
function quiet(): Series {
  return { ...cpu(api, 50), ...memory(api, 60) };
}

test('the load is that of one pod: the same requests on two pods are half as many', () => {
  const one = { ...quiet(), ...answering(api), ...requests('mercenary', api, 1_600, 50) };
  expect(signal(one)).toBe(2);
  expect(signal({ ...one, ...answering(api, '2') })).toBe(1);
  // And percentages are averages: 90 and 40 are 65.
  expect(signal({ ...calm, ...cpu(api, 90), ...cpu(api, 40, 'b'), ...memory(api, 60) })).toBe(1);
  expect(signal({ ...calm, ...cpu(api, 90), ...cpu(api, 60, 'b'), ...memory(api, 60) })).toBe(2);
});

test('conditions must last: out five minutes, in fifteen', () => {
  const busy = { ...calm, ...cpu(api, 90), ...memory(api, 60) };
  expect(signal(busy, 3)).toBe(1);
  expect(signal(busy, 7)).toBe(2);
  const idle = { ...calm, ...cpu(api, 10), ...memory(api, 10) };
  expect(signal(idle, 10)).toBe(1);
  expect(signal(idle, 18)).toBe(0.5);
  // A minute of work within the fifteen keeps the pods.
  const once = {
    ...idle,
    [`container_memory_working_set_bytes{${container(api, 'a')}}`]: '10485760x60 73400320x4 10485760x96',
  };
  expect(signal(once, 25)).toBe(1);
  expect(signal(once, 36)).toBe(0.5);
});

test('where nothing is known, nothing changes', () => {
  expect(signal({})).toBe(1);
  // The kubelets are not heard: memory and cpu cannot say that they are low.
  expect(signal(calm)).toBe(1);
  expect(signal({ ...calm, ...cpu(api, 10) })).toBe(1);
});

/** Every request within so many milliseconds, of the usual buckets. */
function within(millis: number, perMinute = 60): Series {
  const buckets = [100, 200, 400, 500, 600, 1_000];
  const series = [...buckets, Infinity].map((bound) => {
    const le = bound === Infinity ? '+Inf' : String(bound / 1_000);
    const name = `sv_sdk_http_request_duration_seconds_bucket{${own(app)},instance="1",le="${le}"}`;
    return [name, `0+${bound >= millis ? perMinute / 4 : 0}x${LENGTH}`];
  });
  return { ...answering(app), ...Object.fromEntries(series) };
}

test.each([
  ['in: cpu low and answers quick', 20, 100, 0.5],
  ['stays: cpu low and answers slower than 200 ms', 20, 400, 1],
  ['stays: cpu not low, answers quick', 50, 100, 1],
  ['stays: neither', 50, 400, 1],
  ['out: answers slower than 500 ms, cpu low', 20, 600, 2],
  ['out: cpu above 70, answers quick', 71, 100, 2],
])('SV-SDK %s', (_, cpuPercent, millis, expected) => {
  const series = { ...cpu(app, cpuPercent), ...memory(app, 60), ...within(millis) };
  expect(guides.svSdk.valueAt(`scaling_signal{service="${app}"}`, series, 39)).toBe(expected);
});

test('SV-SDK at night: nobody asks, so answers are not slow, and pods go; unless nobody is there to be asked', () => {
  const night = { ...cpu(app, 5), ...memory(app, 60), ...within(100, 0) };
  expect(guides.svSdk.valueAt(`scaling_signal{service="${app}"}`, night, 39)).toBe(0.5);
  const dark = { ...cpu(app, 5), ...memory(app, 60) };
  expect(guides.svSdk.valueAt(`scaling_signal{service="${app}"}`, dark, 39)).toBe(1);
});

const ruled = svSdk.workers!.find(({ scaling }) => scaling.kind === 'rules')!;
const waiting = (jobs: number, seconds: number): Series => ({
  [`redis_script_values{namespace="${NAMESPACE}",key="depth/${ruled.queue}",instance="1"}`]: `${jobs}x${LENGTH}`,
  [`redis_script_values{namespace="${NAMESPACE}",key="depth/${ruled.queue}",instance="2"}`]: `${jobs}x${LENGTH}`,
  [`redis_script_values{namespace="${NAMESPACE}",key="wait/${ruled.queue}",instance="1"}`]: `${seconds}x${LENGTH}`,
});
const two = { ...memory(ruled.name, 40, 'a'), ...memory(ruled.name, 40, 'b'), ...cpu(ruled.name, 40) };

test.each([
  ['more than 1000 for each of two', 2_002, 1, 2],
  ['1000 for each', 2_000, 1, 1],
  ['a job that has waited for more than a minute', 500, 61, 2],
  ['a job that has waited for a minute', 500, 60, 1],
  ['fewer than 100 for each', 198, 1, 0.5],
  ['100 for each', 200, 1, 1],
])('queue workers of SV-SDK: %s', (_, jobs, seconds, expected) => {
  const series = { ...two, ...waiting(jobs, seconds) };
  expect(guides.svSdk.valueAt(`worker_signal{worker="${ruled.name}"}`, series, 39)).toBe(expected);
});

test('the depth of a queue is told once, whichever exporter tells it', () => {
  const depth = `queue_depth{queue="${ruled.queue}",namespace="${NAMESPACE}"}`;
  expect(guides.svSdk.valueAt(depth, waiting(1_234, 0), 39)).toBe(1_234);
  expect(guides.svSdk.valueAt(`count(${depth})`, waiting(1_234, 0), 39)).toBe(1);
  expect(guides.svSdk.valueAt('queue_wait_seconds', waiting(3, 42), 39)).toBe(42);
});
