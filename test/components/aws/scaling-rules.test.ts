import { record, type RecordedResource, type Recording } from '../../../cli/offline/recorder';
import { LoadBalancedGroup, type LoadBalancedGroupArgs } from '../../../components/aws/load-balanced-group/group';
import { recurrence } from '../../../components/aws/scaling/off-hours';
import { mercenary } from '../../../systems/mercenary';
import { svSdk } from '../../../systems/sv-sdk';
import { all, messageOf, one } from '../recorded';
import { api } from './load-balanced-group-arguments';
import { goesOff, valueOf } from './metric-math';

const types = {
  policy: 'aws:autoscaling/policy:Policy',
  alarm: 'aws:cloudwatch/metricAlarm:MetricAlarm',
  group: 'aws:autoscaling/group:Group',
  schedule: 'aws:autoscaling/schedule:Schedule',
  targetGroup: 'aws:lb/targetGroup:TargetGroup',
  rule: 'aws:lb/listenerRule:ListenerRule',
};
const recordGroup = (change: Partial<LoadBalancedGroupArgs>): Promise<Recording> =>
  record(() => {
    new LoadBalancedGroup('api', { ...api, ...change });
  });
const rulesOf = (system: typeof mercenary) => system.services[0]!.scalingRules!;

let mercenarys: Recording;
let svSdks: Recording;
beforeAll(async () => {
  mercenarys = await recordGroup({ scalingRules: rulesOf(mercenary) });
  svSdks = await recordGroup({ scalingRules: rulesOf(svSdk) });
});

const alarmOf = (recording: Recording, part: string): RecordedResource =>
  all(recording, types.alarm).find(({ name }) => name === `api-scale-${part}`)!;
const metrics = (cpu: number, memory: number) => ({ CPUUtilization: cpu, mem_used_percent: memory });

describe('in on all conditions, by the arithmetic of the one alarm', () => {
  test.each([
    [29, 49, true],
    [29, 50, false],
    [30, 49, false],
    [30, 50, false],
    [50, 60, false],
  ])('Mercenary at cpu %d and memory %d: %s', (cpu, memory, shrinks) => {
    expect(goesOff(alarmOf(mercenarys, 'in'), metrics(cpu, memory))).toBe(shrinks);
  });

  test.each([
    [29, 0.199, true],
    [29, 0.2, false],
    [30, 0.199, false],
    [30, 0.2, false],
    // Nobody asks at night: nothing is slow then, and the group shrinks.
    [5, undefined, true],
  ])('SV-SDK at cpu %d and a p95 of %s s: %s', (cpu, latency, shrinks) => {
    const values = { CPUUtilization: cpu, TargetResponseTime: latency };
    expect(goesOff(alarmOf(svSdks, 'in'), values)).toBe(shrinks);
  });

  test.each([
    [undefined, 10],
    [10, undefined],
  ])('nothing is taken away on what is not known: cpu %s, memory %s', (cpu, memory) => {
    const values = { CPUUtilization: cpu, mem_used_percent: memory };
    expect(valueOf(alarmOf(mercenarys, 'in'), values)).toBeUndefined();
    expect(goesOff(alarmOf(mercenarys, 'in'), values)).toBe(false);
  });

  test('they must hold for the longest of their minutes', () => {
    expect(alarmOf(mercenarys, 'in').inputs).toMatchObject({ evaluationPeriods: 15, datapointsToAlarm: 15 });
    expect(alarmOf(svSdks, 'in').inputs).toMatchObject({ evaluationPeriods: 10, datapointsToAlarm: 10 });
  });
});

describe('out on any condition, each with an alarm of its own', () => {
  const idle = { ...metrics(50, 60), RequestCountPerTarget: 500, TargetResponseTime: 0.1 };
  test.each([
    ['cpu', { CPUUtilization: 71 }, { CPUUtilization: 70 }, 5],
    ['memory', { mem_used_percent: 81 }, { mem_used_percent: 80 }, 5],
    ['requests-per-minute', { RequestCountPerTarget: 1001 }, { RequestCountPerTarget: 1000 }, 1],
    ['latency', { TargetResponseTime: 0.51 }, { TargetResponseTime: 0.5 }, 5],
    // Little's law: 1200 a minute are 20 a second; at 5 s each, 100 are open at once.
    [
      'requests-in-flight',
      { RequestCountPerTarget: 1200, TargetResponseTime: 5.1 },
      { RequestCountPerTarget: 1200, TargetResponseTime: 5 },
      1,
    ],
  ])('Mercenary on %s', (part, above, at, minutes) => {
    const alarm = alarmOf(mercenarys, `out-${part}`);
    expect(goesOff(alarm, { ...idle, ...above })).toBe(true);
    expect(goesOff(alarm, { ...idle, ...at })).toBe(false);
    expect(alarm.inputs).toMatchObject({ evaluationPeriods: minutes, datapointsToAlarm: minutes });
    expect(alarm.inputs.alarmActions).toEqual([`<unknown:api-out-${part}.arn>`]);
  });

  test('at cpu 50 and memory 60 no alarm changes the size', () => {
    const scaling = all(mercenarys, types.alarm).filter(({ name }) => name.startsWith('api-scale-'));
    expect(scaling).toHaveLength(rulesOf(mercenary).out.length + 1);
    expect(scaling.filter((alarm) => goesOff(alarm, idle))).toEqual([]);
  });

  test('percentiles are the balancer’s own', () => {
    const queries = alarmOf(svSdks, 'out-latency').inputs.metricQueries as { metric?: { stat: string } }[];
    expect(queries.flatMap(({ metric }) => metric?.stat ?? [])).toEqual(['p95']);
    const mean = alarmOf(mercenarys, 'out-latency').inputs.metricQueries as { metric?: { stat: string } }[];
    expect(mean.flatMap(({ metric }) => metric?.stat ?? [])).toEqual(['Average']);
  });
});

test('rules are the only ones that change the size, and keep the guide’s pace', () => {
  const policies = all(mercenarys, types.policy).map(({ inputs }) => inputs);
  expect(policies.map(({ policyType }) => policyType).sort()).toEqual([
    'SimpleScaling',
    ...rulesOf(mercenary).out.map(() => 'StepScaling'),
  ]);
  for (const policy of policies) {
    if (policy.policyType === 'StepScaling') {
      expect(policy).toMatchObject({ estimatedInstanceWarmup: 300, minAdjustmentMagnitude: 1 });
    } else {
      expect(policy).toMatchObject({ scalingAdjustment: -1, adjustmentType: 'ChangeInCapacity', cooldown: 300 });
    }
  }
});

test('rules that cannot be are refused in one message', () => {
  const scalingRules = { out: [], in: [{ signal: 'cpu' as const, percent: 30, minutes: 0 }], cooldownSeconds: -1 };
  const offHours = { timezone: 'UTC', from: '7:00', to: '25:00', days: [0] };
  const routing = {
    algorithm: 'round-robin' as const,
    affinitySeconds: 0,
    rules: [{ name: 'a', paths: ['static'] }, { name: 'a' }, { name: 'many', hosts: ['a', 'b', 'c', 'd', 'e', 'f'] }],
  };
  const message = messageOf(() => new LoadBalancedGroup('api', { ...api, scalingRules, offHours, routing }));
  expect(message.split('\n').slice(1)).toEqual([
    '  scalingRules.out: a group that never grows needs no rules',
    '  scalingRules.cooldownSeconds: -1 must be a whole number from 0 to 86400',
    '  scalingRules (cpu).minutes: 0 must be a whole number from 1 to 1440',
    '  routing.affinitySeconds: 0 must be a whole number from 1 to 604800',
    '  routing.rules: "a" stands there more than once',
    '  routing.rules[0].paths: "static" must begin with /',
    '  routing.rules[1]: 0 paths, hosts and parameters; a rule takes from 1 to 5',
    '  routing.rules[2]: 6 paths, hosts and parameters; a rule takes from 1 to 5',
    '  offHours.from: "7:00" must look like 07:30',
    '  offHours.to: "25:00" must look like 07:30',
    '  offHours.days: 0 must be a whole number from 1 to 7',
  ]);
});

describe('out of hours', () => {
  const offHours = { timezone: 'Europe/Berlin', from: '07:30', to: '20:00', days: [1, 2, 3, 4, 5, 7] };

  test('the group goes to nothing in the evening and comes back in the morning', async () => {
    const recording = await recordGroup({ offHours });
    const actions = all(recording, types.schedule).map(({ inputs }) => inputs);
    expect(actions).toEqual([
      expect.objectContaining({ recurrence: '30 7 * * 1,2,3,4,5,0', minSize: 2, maxSize: 10, desiredCapacity: 3 }),
      expect.objectContaining({ recurrence: '0 20 * * 1,2,3,4,5,0', minSize: 0, maxSize: 0, desiredCapacity: 0 }),
    ]);
    for (const { timeZone } of actions) expect(timeZone).toBe('Europe/Berlin');
    expect(one(recording, types.group).ignoreChanges).toEqual(['minSize', 'maxSize', 'desiredCapacity']);
    // Whatever a configuration may change of one makes another, and the old one goes first.
    for (const action of all(recording, types.schedule)) {
      const given = Object.keys(action.inputs).filter((key) => !/^region$|[nN]ame$/.test(key));
      expect([...action.replaceOnChanges].sort()).toEqual(given.sort());
      expect(action.deleteBeforeReplace).toBe(true);
    }
    expect(one(mercenarys, types.group).ignoreChanges).toEqual(['desiredCapacity']);
  });

  test('times are the clock’s', () => {
    expect(recurrence('00:05', [7])).toBe('5 0 * * 0');
  });
});

describe('routing', () => {
  test('least outstanding requests, or in turn with a cookie', async () => {
    expect(one(svSdks, types.targetGroup).inputs).toMatchObject({
      loadBalancingAlgorithmType: 'least_outstanding_requests',
    });
    expect(one(svSdks, types.targetGroup).inputs.stickiness).toBeUndefined();
    const routing = { algorithm: 'round-robin' as const, affinitySeconds: 3600, rules: [] };
    expect(one(await recordGroup({ routing }), types.targetGroup).inputs).toMatchObject({
      loadBalancingAlgorithmType: 'round_robin',
      stickiness: { enabled: true, type: 'lb_cookie', cookieDuration: 3600 },
    });
  });

  test('rules in their order, by path, host and parameter', async () => {
    const rules = [
      { name: 'static', paths: ['/static/*', '/media/*'], redirectTo: 'cdn.example.com' },
      { name: 'admin', hosts: ['admin.example.com'], query: [{ key: 'v', value: '2' }] },
    ];
    const recording = await recordGroup({ routing: { algorithm: 'round-robin', rules } });
    const made = all(recording, types.rule).sort((a, b) => Number(a.inputs.priority) - Number(b.inputs.priority));
    expect(made.map(({ inputs }) => [inputs.priority, inputs.conditions, inputs.actions])).toEqual([
      [
        10,
        [{ pathPattern: { values: ['/static/*', '/media/*'] } }],
        [
          {
            type: 'redirect',
            redirect: {
              host: 'cdn.example.com',
              path: '/#{path}',
              query: '#{query}',
              protocol: 'HTTPS',
              port: '443',
              statusCode: 'HTTP_302',
            },
          },
        ],
      ],
      [
        20,
        [{ hostHeader: { values: ['admin.example.com'] } }, { queryStrings: [{ key: 'v', value: '2' }] }],
        [{ type: 'forward', targetGroupArn: '<unknown:api.arn>' }],
      ],
    ]);
  });
});
