import { alertRules, storeAlertRules } from '../../../components/kubernetes/monitoring/rules';
import { dashboard, storeDashboard } from '../../../components/kubernetes/monitoring/dashboard';
import type { WatchedStores } from '../../../components/kubernetes/monitoring/store-metrics';
import type { AlertCondition, AlertPlan, PanelPlan } from '../../../plan/types';
import { mercenary } from '../../../systems/mercenary';
import { svSdk } from '../../../systems/sv-sdk';
import { Promtool } from './promtool';

/** Alerts of every kind in Prometheus's own simulation: below, at and above their thresholds, with their severities. */
const NAMESPACE = 'here';
const watched = { system: 'shop', namespace: NAMESPACE, service: 'api', limits: { cpu: '1', memory: '100Mi' } };
const stores: WatchedStores = {
  system: 'shop',
  namespace: NAMESPACE,
  relational: { cluster: 'shop-db', cpu: '2000m' },
  cache: { exporter: 'metrics-cache' },
  queues: { exporter: 'metrics-queues' },
};
const MINUTES = 5;
const levels = (warning: AlertCondition, critical: AlertCondition): AlertPlan[] => [
  { name: `${warning.kind}-warning`, minutes: MINUTES, summary: 'high', severity: 'warning', ...warning },
  { name: `${warning.kind}-critical`, minutes: MINUTES, summary: 'higher', severity: 'critical', ...critical },
];
const percents = (
  kind: 'cpu' | 'memory' | 'disk-free' | 'error-rate',
  warning: number,
  critical: number,
): AlertPlan[] => levels({ kind, service: 'api', percent: warning }, { kind, service: 'api', percent: critical });

/** Mercenary's table, and the kinds of SV-SDK's. */
const ofService = [
  ...percents('cpu', 70, 90),
  ...percents('memory', 80, 95),
  ...percents('error-rate', 1, 5),
  ...percents('disk-free', 20, 10),
  ...levels(
    { kind: 'latency', service: 'api', percentile: 99, seconds: 1 },
    { kind: 'latency', service: 'api', percentile: 99, seconds: 2 },
  ),
];
const ofStores = [
  ...levels({ kind: 'database-cpu', percent: 70 }, { kind: 'database-cpu', percent: 80 }),
  ...levels({ kind: 'database-disk-free', percent: 20 }, { kind: 'database-disk-free', percent: 10 }),
  ...levels({ kind: 'replication-lag', millis: 100 }, { kind: 'replication-lag', millis: 1_000 }),
  ...levels({ kind: 'cache-memory', percent: 80 }, { kind: 'cache-memory', percent: 90 }),
  ...levels(
    { kind: 'queue-depth', queue: 'email', jobs: 1_000 },
    { kind: 'queue-depth', queue: 'email', jobs: 10_000 },
  ),
  { name: 'down', kind: 'database-down', minutes: 1, summary: 'down' } as AlertPlan,
];

let service: Promtool;
let store: Promtool;
beforeAll(() => {
  service = new Promtool(alertRules(ofService, watched), '30s');
  store = new Promtool(storeAlertRules(ofStores, stores), '30s');
});
afterAll(() => [service, store].forEach((promtool) => promtool.close()));

type Series = Record<string, string>;
const steady = (name: string, value: number): Series => ({ [name]: `${value}x60` });
const growing = (name: string, each: number): Series => ({ [name]: `0+${each}x60` });
const pod = (container: string, name: string) => `namespace="${NAMESPACE}",container="${container}",pod="${name}"`;

test('Prometheus accepts the rules of both guides, and no alert is lost but those of services', () => {
  for (const { alerts, services } of [mercenary, svSdk]) {
    const mine = alerts.filter((alert) => 'service' in alert);
    const others = alerts.filter((alert) => !('service' in alert));
    const rules = [alertRules(mine, { ...watched, limits: services[0]!.pod.limits }), storeAlertRules(others, stores)];
    const count = rules.flatMap(({ groups }) => groups.flatMap((group) => group.rules)).length;
    expect(count).toBe(alerts.length);
    for (const each of rules) {
      const promtool = new Promtool(each, '30s');
      expect(promtool.check()).toContain('SUCCESS');
      promtool.close();
    }
  }
});

/** What fires after a quarter of an hour of one and the same number. */
const after = (promtool: Promtool, kind: string, series: Series): string[] =>
  ['warning', 'critical'].flatMap((severity) => promtool.fires(`${kind}-${severity}`, series, 15));

const cpuOf = (percent: number) =>
  growing(`container_cpu_usage_seconds_total{${pod('api', 'a')}}`, (percent / 100) * 30);
const memoryOf = (percent: number) =>
  steady(`container_memory_working_set_bytes{${pod('api', 'a')}}`, percent * 1_048_576);
const errorsOf = (percent: number) => {
  const name = (status: number) =>
    `shop_http_requests_total{namespace="${NAMESPACE}",service="api",status="${status}"}`;
  return { ...growing(name(200), 1_000 * (100 - percent)), ...growing(name(500), 1_000 * percent) };
};
const diskOf = (percent: number) => {
  const labels = 'fstype="ext4",mountpoint="/",instance="node-1"';
  return {
    ...steady(`node_filesystem_avail_bytes{${labels}}`, percent),
    ...steady(`node_filesystem_size_bytes{${labels}}`, 100),
  };
};
/** 100 requests each half minute, so many of them above the bound. */
const slower = (bound: string, percent: number) => {
  const bucket = (le: string, count: number) =>
    growing(`shop_http_request_duration_seconds_bucket{namespace="${NAMESPACE}",service="api",le="${le}"}`, count);
  return { ...bucket('0.5', 0), ...bucket(bound, 100 - percent), ...bucket('4', 100), ...bucket('+Inf', 100) };
};

test.each([
  ['cpu', 'at 70 %', cpuOf(70), []],
  ['cpu', 'above 70 %', cpuOf(71), ['warning']],
  ['cpu', 'above 90 %', cpuOf(91), ['warning', 'critical']],
  ['memory', 'at 80 %', memoryOf(80), []],
  ['memory', 'above 80 %', memoryOf(81), ['warning']],
  ['memory', 'above 95 %', memoryOf(96), ['warning', 'critical']],
  ['error-rate', 'at 1 %', errorsOf(1), []],
  ['error-rate', 'above 1 %', errorsOf(1.1), ['warning']],
  ['error-rate', 'above 5 %', errorsOf(5.1), ['warning', 'critical']],
  ['disk-free', 'at 20 %', diskOf(20), []],
  ['disk-free', 'below 20 %', diskOf(19), ['warning']],
  ['disk-free', 'below 10 %', diskOf(9), ['warning', 'critical']],
  ['latency', 'p99 at a second', slower('1', 1), []],
  ['latency', 'p99 above a second', slower('1', 1.2), ['warning']],
  ['latency', 'p99 above two seconds', slower('2', 1.2), ['warning', 'critical']],
])('%s %s', (kind, _, series, expected) => {
  expect(after(service, kind, series as Series)).toEqual(expected);
});

test('averages are those of all pods, and a restarted container is not counted twice', () => {
  const both = { ...cpuOf(100), ...growing(`container_cpu_usage_seconds_total{${pod('api', 'b')}}`, 0.2 * 30) };
  expect(after(service, 'cpu', both)).toEqual([]);
  const restarted = {
    ...memoryOf(60),
    ...steady(`container_memory_working_set_bytes{${pod('api', 'a')},id="before"}`, 60 * 1_048_576),
  };
  expect(after(service, 'memory', restarted)).toEqual([]);
});

const member = (name: string) => `namespace="${NAMESPACE}",pod="${name}"`;
const databaseCpu = (percent: number) =>
  growing(`container_cpu_usage_seconds_total{${pod('postgres', 'shop-db-1')}}`, (percent / 100) * 2 * 30);
const databaseDisk = (percent: number) => {
  const labels = `namespace="${NAMESPACE}",persistentvolumeclaim="shop-db-1"`;
  return {
    ...steady(`kubelet_volume_stats_available_bytes{${labels}}`, percent),
    ...steady(`kubelet_volume_stats_capacity_bytes{${labels}}`, 100),
  };
};
const lag = (seconds: number) => ({
  ...steady(`cnpg_pg_replication_lag{${member('shop-db-1')}}`, 0),
  ...steady(`cnpg_pg_replication_lag{${member('shop-db-2')}}`, seconds),
});
const cacheMemory = (percent: number) => {
  const labels = (node: number) => `namespace="${NAMESPACE}",service="metrics-cache",node="${node}"`;
  return {
    ...steady(`redis_memory_used_bytes{${labels(1)}}`, 10),
    ...steady(`redis_memory_max_bytes{${labels(1)}}`, 100),
    ...steady(`redis_memory_used_bytes{${labels(2)}}`, percent),
    ...steady(`redis_memory_max_bytes{${labels(2)}}`, 100),
  };
};
const depth = (jobs: number) =>
  steady(`redis_script_values{namespace="${NAMESPACE}",service="metrics-queues",key="depth/email"}`, jobs);

test.each([
  ['database-cpu', 'at 70 %', databaseCpu(70), []],
  ['database-cpu', 'above 70 %', databaseCpu(71), ['warning']],
  ['database-cpu', 'above 80 %', databaseCpu(81), ['warning', 'critical']],
  ['database-disk-free', 'at 20 %', databaseDisk(20), []],
  ['database-disk-free', 'below 20 %', databaseDisk(19), ['warning']],
  ['database-disk-free', 'below 10 %', databaseDisk(9), ['warning', 'critical']],
  ['replication-lag', 'at 100 ms', lag(0.1), []],
  ['replication-lag', 'above 100 ms', lag(0.101), ['warning']],
  ['replication-lag', 'above a second', lag(1.1), ['warning', 'critical']],
  ['cache-memory', 'at 80 % of the fullest node', cacheMemory(80), []],
  ['cache-memory', 'above 80 %', cacheMemory(81), ['warning']],
  ['cache-memory', 'above 90 %', cacheMemory(91), ['warning', 'critical']],
  ['queue-depth', 'at 1,000', depth(1_000), []],
  ['queue-depth', 'above 1,000', depth(1_001), ['warning']],
  ['queue-depth', 'above 10,000', depth(10_001), ['warning', 'critical']],
])('%s %s', (kind, _, series, expected) => {
  expect(after(store, kind, series as Series)).toEqual(expected);
});

test('what has not lasted its minutes is silent', () => {
  expect(service.fires('memory-critical', memoryOf(99), 4)).toEqual([]);
  expect(service.fires('memory-critical', memoryOf(99), 6)).toEqual(['critical']);
});

test.each([
  ['an instance answers', { ...up('shop-db-1', 0), ...up('shop-db-2', 1) }, []],
  ['none answers', { ...up('shop-db-1', 0), ...up('shop-db-2', 0) }, ['critical']],
  ['none tells', {}, ['critical']],
  ['another database is no answer', up('other-db-1', 1), ['critical']],
])('the database is down, which is critical where nothing else is said: %s', (_, series, expected) => {
  expect(store.fires('down', series as Series, 10)).toEqual(expected);
});

function up(name: string, value: number): Series {
  return steady(`cnpg_collector_up{${member(name)}}`, value);
}

test('every panel of both guides has an expression that Prometheus understands', () => {
  for (const system of [mercenary, svSdk]) {
    const shown = [dashboard('d', system.dashboard, watched), storeDashboard('d', system.dashboard, stores)].flatMap(
      ({ panels }) => panels as { title: string; targets: { expr: string }[] }[],
    );
    expect(shown.map(({ title }) => title).sort()).toEqual(
      system.dashboard.map(({ title }: PanelPlan) => title).sort(),
    );
    const rules = shown.map(({ targets }, at) => ({ record: `panel_${at}`, expr: targets[0]!.expr }));
    const promtool = new Promtool({ groups: [{ name: 'panels', rules }] }, '30s');
    expect(promtool.check()).toContain(`${shown.length} rules found`);
    promtool.close();
  }
});
