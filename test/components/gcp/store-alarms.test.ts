import { record } from '../../../cli/offline/recorder';
import { alarmShape } from '../../../components/gcp/alerts/alarm-shapes';
import { panelQuery, type PanelKind, type Watched } from '../../../components/gcp/alerts/panel-queries';
import { StoreAlarms, type StoreAlarmsArgs } from '../../../components/gcp/alerts/store-alarms';
import { type StoreAlarm, storeShape } from '../../../components/gcp/alerts/store-shapes';
import { QueueMetrics } from '../../../components/gcp/queue-metrics/queue-metrics';
import { all, messageOf } from '../recorded';
import { projectId } from './given';

const watched: Watched = {
  projectId,
  backend: 'api-backend',
  workload: 'shop-prod-api',
  databases: ['db', 'db-read'],
  caches: 'shop-prod-cache-',
  queues: { depth: 'custom.googleapis.com/shop-prod/queue_depth', prefix: 'shop-prod' },
  engine: 'postgres',
};
const shapeOf = (alarm: object) =>
  storeShape({ name: 'a', minutes: 5, ...alarm } as StoreAlarm, watched).conditionThreshold as unknown as Record<
    string,
    unknown
  >;

test.each([
  [{ kind: 'database-cpu', percent: 80 }, 'database/cpu/utilization', 'COMPARISON_GT', 0.8],
  [{ kind: 'database-disk-free', percent: 20 }, 'database/disk/utilization', 'COMPARISON_GT', 0.8],
  [{ kind: 'replication-lag', millis: 100 }, 'database/replication/replica_lag', 'COMPARISON_GT', 0.1],
  [{ kind: 'cache-memory', percent: 90 }, 'instance/memory/maximum_utilization', 'COMPARISON_GT', 0.9],
  [{ kind: 'queue-depth', queue: 'email', jobs: 10_000 }, 'shop-prod/queue_depth', 'COMPARISON_GT', 10_000],
  [{ kind: 'database-down' }, 'cloudsql.googleapis.com/database/up', 'COMPARISON_LT', 1],
])('%j', (alarm, metric, comparison, thresholdValue) => {
  const shape = shapeOf(alarm);
  expect(shape).toMatchObject({ comparison, thresholdValue, duration: '300s', trigger: { count: 1 } });
  expect(shape.filter).toContain(metric);
});

test('every instance of the database is watched, and the primary alone for being up', () => {
  expect(shapeOf({ kind: 'database-cpu', percent: 80 }).filter).toContain(
    `one_of("${projectId}:db", "${projectId}:db-read")`,
  );
  expect(shapeOf({ kind: 'database-down' }).filter).toContain(`one_of("${projectId}:db")`);
});

test.each([
  [
    { kind: 'memory', percent: 95 },
    /^avg\(agent_googleapis_com:memory_percent_used\{.*workload="shop-prod-api"\}\) > 95$/,
  ],
  [{ kind: 'disk-free', percent: 10 }, /^min\(agent_googleapis_com:disk_percent_used\{.*state="free".*\}\) < 10$/],
])('%j is asked of the agents, whether there are any yet or not', (alarm, query) => {
  const service = { backend: 'b', checkId: 'c', workload: 'shop-prod-api' };
  const shape = alarmShape({ name: 'a', minutes: 5, ...alarm } as never, service);
  expect(shape.conditionPrometheusQueryLanguage).toMatchObject({
    query: expect.stringMatching(query) as string,
    duration: '300s',
    disableMetricValidation: true,
  });
});

const args = (more: Partial<StoreAlarmsArgs> = {}): StoreAlarmsArgs => ({
  projectId,
  prefix: 'shop-prod',
  databases: ['db'],
  caches: 'shop-prod-cache-',
  channelIds: ['channels/1'],
  alarms: [],
  ...more,
});

test('warning and critical apart, after the metrics that they read', async () => {
  const recording = await record(() => {
    const queues = new QueueMetrics('shop-prod-queues', { prefix: 'shop-prod' });
    const alarms: StoreAlarm[] = [
      { name: 'CpuWarning', kind: 'database-cpu', percent: 70, minutes: 5, severity: 'warning' },
      { name: 'Queue', kind: 'queue-depth', queue: 'email', jobs: 10, minutes: 5 },
    ];
    new StoreAlarms('stores', args({ queues, alarms }));
  });
  const policies = all(recording, 'gcp:monitoring/alertPolicy:AlertPolicy');
  expect(policies.map(({ inputs }) => inputs.severity)).toEqual(['WARNING', 'CRITICAL']);
  expect(policies.every(({ dependsOn }) => dependsOn.join().includes('metricDescriptor'))).toBe(true);
});

test('what cannot be watched is refused, in one message', () => {
  const alarms: StoreAlarm[] = [
    { name: 'A', kind: 'database-cpu', percent: 100, minutes: 0 },
    { name: 'A', kind: 'queue-depth', queue: 'email', jobs: -1, minutes: 5 },
    { name: 'B', kind: 'replication-lag', millis: 0, minutes: 5 },
    { name: 'C', kind: 'cache-memory', percent: 90, minutes: 5 },
  ];
  const message = messageOf(() => new StoreAlarms('s', args({ databases: undefined, caches: undefined, alarms })));
  expect(message.split('\n').map((line) => line.trim().replace(/: .*/, ''))).toEqual([
    'StoreAlarms "s" cannot be created:',
    'alarms[0].minutes',
    'alarms[0].percent',
    'alarms[1].jobs',
    'alarms[2].millis',
    'alarms',
    'alarms[0]',
    'alarms[1]',
    'alarms[2]',
    'alarms[3]',
  ]);
  expect(messageOf(() => new QueueMetrics('q', { prefix: 'Shop Prod' }))).toContain('prefix: "Shop Prod"');
});

const kinds: [PanelKind, string][] = [
  [{ kind: 'request-rate' }, 'https/request_count'],
  [{ kind: 'error-rate' }, 'response_code_class=500'],
  [{ kind: 'latency-p50' }, 'REDUCE_PERCENTILE_50'],
  [{ kind: 'latency-p90' }, 'histogram_quantile(0.9'],
  [{ kind: 'latency-p95' }, 'REDUCE_PERCENTILE_95'],
  [{ kind: 'latency-p99' }, 'REDUCE_PERCENTILE_99'],
  [{ kind: 'cpu' }, 'instance/cpu/utilization'],
  [{ kind: 'memory' }, 'agent_googleapis_com:memory_percent_used'],
  [{ kind: 'database-cpu' }, 'database/cpu/utilization'],
  [{ kind: 'database-connections' }, 'postgresql/num_backends'],
  [{ kind: 'replication-lag' }, 'replica_lag'],
  [{ kind: 'cache-memory' }, 'memory/maximum_utilization'],
  [{ kind: 'cache-hit-ratio' }, 'total_keyspace_hits_count'],
  [{ kind: 'cache-evictions' }, 'total_evicted_keys_count'],
  [{ kind: 'queue-depth', queue: 'email' }, 'metric.labels.queue=\\"email\\"'],
];

test.each(kinds)('a panel of %j', (panel, part) => {
  const { timeSeriesQuery, unit } = panelQuery(panel, watched);
  expect(JSON.stringify(timeSeriesQuery)).toContain(part);
  expect(unit).not.toBe('');
});
