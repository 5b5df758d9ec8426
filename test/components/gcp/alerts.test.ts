import { record } from '../../../cli/offline/recorder';
import { alarmShape, type ServiceAlarm } from '../../../components/gcp/alerts/alarm-shapes';
import { dashboardBody } from '../../../components/gcp/alerts/dashboard-body';
import { EmailChannels } from '../../../components/gcp/alerts/email-channels';
import { ServiceAlarms } from '../../../components/gcp/alerts/service-alarms';
import type { Watched } from '../../../components/gcp/alerts/panel-queries';
import { ServiceDashboard } from '../../../components/gcp/alerts/service-dashboard';
import { all, counts, messageOf, one } from '../recorded';
import { projectId } from './given';

const alarms: ServiceAlarm[] = [
  { name: 'HighErrorRate', kind: 'error-rate', percent: 5, minutes: 5, summary: 'High error rate detected' },
  { name: 'SlowResponses', kind: 'latency', percentile: 95, seconds: 1, minutes: 10 },
  { name: 'DatabaseDown', kind: 'database-down', minutes: 1 },
];
const args = {
  projectId,
  domain: 'api.pulse.example.com',
  healthPath: '/health',
  backend: 'api-backend',
  workload: 'pulse-prod-api',
  channelIds: ['channels/1'],
  alarms,
  labels: { system: 'pulse' },
};
const service = { backend: 'api-backend', checkId: 'check-1', workload: 'pulse-prod-api' };
const thresholdOf = (alarm: ServiceAlarm) => alarmShape(alarm, service).conditionThreshold;
const requests =
  'metric.type="loadbalancing.googleapis.com/https/request_count" AND resource.type="https_lb_rule" ' +
  'AND resource.labels.backend_target_name="api-backend"';

const watched: Watched = {
  projectId,
  backend: 'api-backend',
  workload: 'pulse-prod-api',
  databases: ['db', 'db-read'],
  caches: 'pulse-prod-cache-',
  queues: { depth: 'custom.googleapis.com/pulse-prod/queue_depth', prefix: 'pulse-prod' },
  engine: 'postgres',
};

test('5 percent of requests for five minutes, all clients and edges together', () => {
  const rate = { alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_RATE', crossSeriesReducer: 'REDUCE_SUM' };
  expect(thresholdOf(alarms[0]!)).toEqual({
    filter: `${requests} AND metric.labels.response_code_class=500`,
    aggregations: [rate],
    denominatorFilter: requests,
    denominatorAggregations: [rate],
    comparison: 'COMPARISON_GT',
    thresholdValue: 0.05,
    duration: '300s',
    trigger: { count: 1 },
  });
});

test('the percentile over all series, in the milliseconds that Google measures', () => {
  expect(thresholdOf(alarms[1]!)).toMatchObject({
    aggregations: [
      { alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_DELTA', crossSeriesReducer: 'REDUCE_PERCENTILE_95' },
    ],
    thresholdValue: 1000,
    duration: '600s',
  });
  const fifth: ServiceAlarm = { name: 'x', kind: 'latency', percentile: 5, seconds: 0.5, minutes: 1 };
  expect(thresholdOf(fifth)).toMatchObject({ aggregations: [{ crossSeriesReducer: 'REDUCE_PERCENTILE_05' }] });
});

test('a health path that fails from two places', () => {
  expect(thresholdOf(alarms[2]!)).toMatchObject({
    filter: expect.stringContaining('metric.labels.check_id="check-1"') as string,
    aggregations: [{ perSeriesAligner: 'ALIGN_NEXT_OLDER', crossSeriesReducer: 'REDUCE_COUNT_FALSE' }],
    comparison: 'COMPARISON_GT',
    thresholdValue: 1,
    duration: '60s',
  });
});

test('an alert for each, and one place that asks', async () => {
  const recording = await record(() => void new ServiceAlarms('pulse-prod-api-alarms', args));
  expect(counts(recording)).toEqual({
    'stackladder:gcp:ServiceAlarms': 1,
    'gcp:monitoring/alertPolicy:AlertPolicy': 3,
    'gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig': 1,
  });
  expect(one(recording, 'gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig').inputs).toEqual({
    displayName: 'pulse-prod-api-alarms',
    monitoredResource: { type: 'uptime_url', labels: { host: 'api.pulse.example.com', project_id: projectId } },
    httpCheck: { path: '/health', port: 443, useSsl: true, validateSsl: true },
    period: '60s',
    timeout: '10s',
    userLabels: { system: 'pulse' },
  });
  const high = all(recording, 'gcp:monitoring/alertPolicy:AlertPolicy').find(({ name }) =>
    name.endsWith('HighErrorRate'),
  );
  expect(high!.inputs).toEqual({
    displayName: 'pulse-prod-api-alarms: HighErrorRate',
    combiner: 'OR',
    conditions: [{ displayName: 'High error rate detected', ...alarmShape(alarms[0]!, service) }],
    severity: 'CRITICAL',
    notificationChannels: ['channels/1'],
    documentation: { content: 'High error rate detected', mimeType: 'text/markdown' },
    alertStrategy: { autoClose: '1800s' },
    userLabels: { system: 'pulse' },
  });
});

test('nobody asks where no database is watched', async () => {
  const recording = await record(() => void new ServiceAlarms('a', { ...args, alarms: alarms.slice(0, 2) }));
  expect(all(recording, 'gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig')).toEqual([]);
});

test('three panels in a row, over the one backend', async () => {
  const panels = [
    { title: 'Request Rate', kind: 'request-rate' as const },
    { title: 'Response Time (p95)', kind: 'latency-p95' as const },
    { title: 'Error Rate', kind: 'error-rate' as const },
    { title: 'Again', kind: 'error-rate' as const },
  ];
  const { mosaicLayout } = dashboardBody('api', watched, panels);
  // As Google gives them back: without a place that is zero.
  expect(mosaicLayout.tiles.map(({ widget: _, ...tile }) => tile)).toStrictEqual([
    { width: 16, height: 16 },
    { xPos: 16, width: 16, height: 16 },
    { xPos: 32, width: 16, height: 16 },
    { yPos: 16, width: 16, height: 16 },
  ]);
  for (const { widget } of mosaicLayout.tiles) expect(JSON.stringify(widget)).toContain('api-backend');
  const recording = await record(() => ({
    url: new ServiceDashboard('pulse-prod-api', { projectId, watched, panels }).url,
  }));
  const { dashboardJson } = one(recording, 'gcp:monitoring/dashboard:Dashboard').inputs;
  expect(JSON.parse(dashboardJson as string)).toEqual(dashboardBody('pulse-prod-api', watched, panels));
  expect(recording.outputs.url).toMatch(/^https:\/\/console\.cloud\.google\.com\/monitoring\/dashboards\/builder\//);
});

test('a channel for each address', async () => {
  const recording = await record(() => ({
    ids: new EmailChannels('channels', { emails: ['a@example.com', 'b@example.com'] }).ids,
  }));
  const channels = all(recording, 'gcp:monitoring/notificationChannel:NotificationChannel');
  expect(channels.map(({ inputs }) => inputs)).toEqual(
    ['a@example.com', 'b@example.com'].map((email) => ({
      displayName: email,
      type: 'email',
      labels: { email_address: email },
    })),
  );
  expect(messageOf(() => new EmailChannels('c', { emails: ['me'] }))).toContain('"me" is not an e-mail address');
});

test('all faults in one message', () => {
  const wrong: ServiceAlarm[] = [
    { name: 'A', kind: 'error-rate', percent: 100, minutes: 0 },
    { name: 'A', kind: 'latency', percentile: 90, seconds: 0, minutes: 5 },
  ];
  expect(messageOf(() => new ServiceAlarms('s', { ...args, alarms: wrong })).split('\n')).toEqual([
    'ServiceAlarms "s" cannot be created:',
    '  alarms[0].minutes: 0 must be a whole number from 1 to 1440',
    '  alarms[0].percent: 100 must be from 0 to below 100',
    '  alarms[1].percentile: 90 must be one of 5, 50, 95, 99: Cloud Monitoring takes no other',
    '  alarms[1].seconds: 0 must be above 0',
    '  alarms: "A" stands there more than once',
  ]);
});
