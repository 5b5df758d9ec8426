import { requestsPerMinute, servicePolicy, workerPolicy } from '../../../components/gcp/managed-group/policy';
import { workingHours } from '../../../components/gcp/managed-group/schedule';
import { publishPoint, queueSeries } from '../../../components/gcp/queue-metrics/series';
import type { QueueScaling, ScalingRules } from '../../../plan/types';

const capacity = { min: 2, max: 20 };
const sizes = { capacity, graceSeconds: 180 };
const scaling = { cpuPercent: 70, memoryPercent: 80 };
/** Mercenary's, as its guide has them. */
const rules: ScalingRules = {
  out: [
    { signal: 'cpu', percent: 70, minutes: 5 },
    { signal: 'memory', percent: 80, minutes: 5 },
    { signal: 'requests-per-minute', requests: 1_000, minutes: 1 },
    { signal: 'latency', millis: 500, minutes: 5 },
  ],
  in: [
    { signal: 'cpu', percent: 30, minutes: 15 },
    { signal: 'memory', percent: 50, minutes: 15 },
  ],
  cooldownSeconds: 300,
};
const memory = {
  name: 'agent.googleapis.com/memory/percent_used',
  type: 'GAUGE',
  target: 80,
  filter: 'resource.type = "gce_instance" AND metric.labels.state = "used"',
};

test('averages where a guide writes out no rules', () => {
  expect(servicePolicy({ scaling, ...sizes })).toEqual({
    mode: 'ON',
    minReplicas: 2,
    maxReplicas: 20,
    cooldownPeriod: 180,
    cpuUtilization: { target: 0.7 },
    metrics: [memory],
    scaleInControl: { timeWindowSec: 600, maxScaledInReplicas: { fixed: 1 } },
  });
});

test('out on CPU, memory and requests, in by one over the longest of the guide’s minutes', () => {
  expect(servicePolicy({ scaling, scalingRules: rules, ...sizes })).toMatchObject({
    cpuUtilization: { target: 0.7 },
    loadBalancingUtilization: { target: 1 },
    metrics: [memory],
    scaleInControl: { timeWindowSec: 900, maxScaledInReplicas: { fixed: 1 } },
  });
  expect([requestsPerMinute(rules), requestsPerMinute(undefined)]).toEqual([1_000, undefined]);
});

test('rules that an autoscaler can read none of leave it the CPU of the plan, and no number of its own', () => {
  const latency = { ...rules, out: rules.out.slice(3) };
  const policy = servicePolicy({ scaling, scalingRules: latency, ...sizes });
  expect([policy.cpuUtilization, policy.metrics, policy.loadBalancingUtilization]).toEqual([
    { target: 0.7 },
    undefined,
    undefined,
  ]);
  // Requests alone are a signal of their own.
  const requests = servicePolicy({ scaling, scalingRules: { ...rules, out: rules.out.slice(2, 3) }, ...sizes });
  expect(requests).not.toHaveProperty('cpuUtilization');
});

test.each([
  [{ cooldownSeconds: 0, in: [] }, 60],
  [{ cooldownSeconds: 300, in: [{ signal: 'cpu' as const, percent: 30, minutes: 1 }] }, 300],
  [{ cooldownSeconds: 300, in: [{ signal: 'cpu' as const, percent: 30, minutes: 90 }] }, 3_600],
])('the window of %j is %i seconds', (more, seconds) => {
  const { scaleInControl } = servicePolicy({ scaling, scalingRules: { ...rules, ...more }, ...sizes });
  expect(scaleInControl).toMatchObject({ timeWindowSec: seconds });
});

describe('workers', () => {
  const place = { projectId: 'p', prefix: 'shop-prod', region: 'us-central1' };
  const series = queueSeries(place, 'email');
  const depth = { name: 'custom.googleapis.com/shop-prod/queue_depth', filter: series.filter };

  test('share the queue out', () => {
    const target: QueueScaling = { kind: 'target', jobs: 1_000, cooldownSeconds: 300 };
    const policy = workerPolicy(target, series, sizes);
    expect(policy.metrics).toEqual([{ ...depth, singleInstanceAssignment: 1_000 }]);
    expect(policy).not.toHaveProperty('cpuUtilization');
    expect(policy.scaleInControl).toMatchObject({ timeWindowSec: 300 });
    expect(series.filter).toBe(
      'resource.type = "generic_task" AND resource.labels.location = "us-central1" AND ' +
        'resource.labels.namespace = "shop-prod" AND metric.labels.queue = "email"',
    );
  });

  test('grow by depth, by the wait of the oldest job and by CPU', () => {
    const policy = workerPolicy(
      {
        kind: 'rules',
        out: [
          { signal: 'depth-per-worker', jobs: 1_000, minutes: 1 },
          { signal: 'wait', seconds: 60, minutes: 1 },
          { signal: 'cpu', percent: 80, minutes: 5 },
        ],
        in: [{ signal: 'depth-per-worker', jobs: 100, minutes: 10 }],
        cooldownSeconds: 300,
      },
      series,
      sizes,
    );
    expect(policy.cpuUtilization).toEqual({ target: 0.8 });
    expect(policy.metrics).toEqual([
      { ...depth, singleInstanceAssignment: 1_000 },
      { name: 'custom.googleapis.com/shop-prod/queue_wait_seconds', filter: series.filter, type: 'GAUGE', target: 60 },
    ]);
    expect(policy.scaleInControl).toMatchObject({ timeWindowSec: 600 });
  });

  test('tell Cloud Monitoring without a token in an argument', () => {
    const lines = publishPoint(place);
    expect(lines).toContain('https://monitoring.googleapis.com/v3/projects/p/timeSeries');
    expect(lines).toContain('--header @-');
    expect(lines).not.toMatch(/curl[^|]*\$token/);
  });
});

test('working hours have the usual least, and nights none', () => {
  const week = { timezone: 'Europe/Berlin', from: '07:30', to: '20:00', days: [1, 2, 3, 4, 5] };
  expect(servicePolicy({ scaling, ...sizes, offHours: week })).toMatchObject({
    minReplicas: 0,
    maxReplicas: 20,
    scalingSchedules: [
      {
        name: 'working-hours',
        schedule: '30 7 * * 1,2,3,4,5',
        durationSec: 45_000,
        minRequiredReplicas: 2,
        timeZone: 'Europe/Berlin',
      },
    ],
  });
  const night = workingHours({ ...week, from: '22:00', to: '06:00', days: [6, 7] }, 3);
  expect([night.schedule, night.durationSec]).toEqual(['0 22 * * 6,0', 8 * 3_600]);
  expect(workingHours({ ...week, from: '00:00', to: '00:00' }, 1).durationSec).toBe(86_400);
});
