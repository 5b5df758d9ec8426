import { record } from '../../../cli/offline/recorder';
import { Monitoring, type MonitoringArgs } from '../../../components/kubernetes/monitoring/monitoring';
import { alertRules } from '../../../components/kubernetes/monitoring/rules';
import { pulse } from '../../../systems/pulse';
import { all, counts, messageOf, one } from '../recorded';

const { limits } = pulse.services[0]!.pod;
const monitoring: MonitoringArgs = {
  system: 'pulse',
  title: 'Pulse Control Plane',
  identity: { name: 'api', instance: 'pulse-prod' },
  namespace: 'pulse',
  limits,
  alerts: pulse.alerts,
  panels: pulse.dashboard,
  databaseUrl: 'mongodb://canary',
  ports: [27017, 6379],
};
const recordMonitoring = (change: Partial<MonitoringArgs> = {}) =>
  record(() => void new Monitoring('pulse-prod-api-monitoring', { ...monitoring, ...change }));

test('what watches a service and its database', async () => {
  const recording = await recordMonitoring();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:Monitoring': 1,
    'stackladder:kubernetes:DatabaseExporter': 1,
    'kubernetes:monitoring.coreos.com/v1:ServiceMonitor': 2,
    'kubernetes:monitoring.coreos.com/v1:PrometheusRule': 1,
    'kubernetes:core/v1:ConfigMap': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:core/v1:Service': 1,
    'kubernetes:apps/v1:Deployment': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
  });
  const rule = one(recording, 'kubernetes:monitoring.coreos.com/v1:PrometheusRule');
  expect(rule.inputs.spec).toEqual(
    alertRules(pulse.alerts, { system: 'pulse', namespace: 'pulse', service: 'api', limits }),
  );
});

test('the database’s series come as the guide names their job', async () => {
  const recording = await recordMonitoring();
  const service = one(recording, 'kubernetes:core/v1:Service');
  expect((service.inputs.metadata as { labels: Record<string, string> }).labels).toMatchObject({
    'stackladder.dev/job': 'mongodb',
  });
  const monitors = all(recording, 'kubernetes:monitoring.coreos.com/v1:ServiceMonitor').map(
    ({ inputs }) => inputs.spec,
  );
  expect(monitors).toContainEqual(expect.objectContaining({ jobLabel: 'stackladder.dev/job' }));
  expect(one(recording, 'kubernetes:core/v1:Secret').inputs.stringData).toBe('<secret>');
});

test('a dashboard with the guide’s three panels, where Grafana finds it', async () => {
  const map = one(await recordMonitoring(), 'kubernetes:core/v1:ConfigMap');
  expect(map.inputs.metadata).toMatchObject({ labels: { grafana_dashboard: '1' } });
  // The sidecar has one folder for all stacks, and takes a file away with the map that it came with.
  expect(Object.keys(map.inputs.data as object)).toEqual(['pulse-prod-api.json']);
  expect(map.deleteBeforeReplace).toBe(true);
  const { panels } = JSON.parse((map.inputs.data as Record<string, string>)['pulse-prod-api.json']!) as {
    panels: { title: string; gridPos: { x: number }; targets: { expr: string }[] }[];
  };
  expect(panels.map(({ title, gridPos }) => [title, gridPos.x])).toEqual([
    ['Request Rate', 0],
    ['Response Time (p95)', 8],
    ['Error Rate', 16],
  ]);
  expect(panels.map(({ targets }) => targets[0]!.expr)).toEqual([
    expect.stringMatching(/^sum\(rate\(pulse_http_requests_total\{[^}]*\}\[5m\]\)\)$/),
    expect.stringMatching(
      /^histogram_quantile\(0\.95, sum by \(le\) \(rate\(pulse_http_request_duration_seconds_bucket/,
    ),
    expect.stringContaining('status=~"5.."'),
  ]);
});

test('without a database nothing asks one, and an alert about one is refused', async () => {
  const alerts = pulse.alerts.filter(({ kind }) => kind !== 'database-down');
  const recording = await recordMonitoring({ databaseUrl: undefined, alerts });
  expect(all(recording, 'stackladder:kubernetes:DatabaseExporter')).toEqual([]);
  const message = messageOf(() => new Monitoring('m', { ...monitoring, databaseUrl: undefined, system: 'sv-sdk' }));
  expect(message).toContain('system: "sv-sdk" cannot begin the name of a metric');
  expect(message).toContain('alerts[2]: DatabaseDown watches a database, and databaseUrl is not given');
});
