import { makeNetwork, smallCache, TestCloud } from '../cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const types = {
  group: 'aws:autoscaling/group:Group',
  policy: 'aws:autoscaling/policy:Policy',
  schedule: 'aws:autoscaling/schedule:Schedule',
  alarm: 'aws:cloudwatch/metricAlarm:MetricAlarm',
  rule: 'aws:lb/listenerRule:ListenerRule',
  targetGroup: 'aws:lb/targetGroup:TargetGroup',
  template: 'aws:ec2/launchTemplate:LaunchTemplate',
};
const refusals = (type: string, inputs: Parameters<TestCloud['check']>[2]) => cloud.refusals(type, inputs).join('\n');

/** Ids that are not known yet are not looked up. */
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

test.each([
  [{ policyType: 'StepScaling', adjustmentType: 'ChangeInCapacity' }, /stepAdjustments is required/],
  [{ policyType: 'StepScaling', stepAdjustments: [{}] }, /adjustmentType is required/],
  [
    { policyType: 'StepScaling', stepAdjustments: [{}], cooldown: 300 },
    /cooldown is only supported for policy type SimpleScaling/,
  ],
  [
    { scalingAdjustment: -1, adjustmentType: 'ChangeInCapacity', estimatedInstanceWarmup: 300 },
    /estimatedInstanceWarmup is only/,
  ],
  [{ scalingAdjustment: -1, adjustmentType: 'ChangeInCapacity', minAdjustmentMagnitude: 1 }, /MinAdjustmentMagnitude/],
])('a policy of %j is refused', (policy, reason) => {
  expect(refusals(types.policy, { autoscalingGroupName: unknown, ...policy })).toMatch(reason);
});

test('a step policy and a simple one, each with what is its own, are not', () => {
  const step = { policyType: 'StepScaling', adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: 1 };
  const out = { ...step, stepAdjustments: [{ scalingAdjustment: 25 }], estimatedInstanceWarmup: 300 };
  expect(refusals(types.policy, { autoscalingGroupName: unknown, ...out })).toBe('');
  const simple = { adjustmentType: 'ChangeInCapacity', scalingAdjustment: -1, cooldown: 300 };
  expect(refusals(types.policy, { autoscalingGroupName: unknown, ...simple })).toBe('');
});

test.each([
  [{}, /at least one of MinSize/],
  [{ minSize: 3, maxSize: 2 }, /MinSize, 3, must not be above MaxSize, 2/],
  [{ minSize: 2, maxSize: 3, desiredCapacity: 4 }, /DesiredCapacity, 4/],
  [{ minSize: 0, timeZone: 'Europe/Atlantis' }, /time zone: Europe\/Atlantis is invalid/],
  [{ minSize: 0, recurrence: '0 7 * *' }, /recurrence string/],
])('a scheduled action of %j is refused', (action, reason) => {
  const common = { autoscalingGroupName: unknown, scheduledActionName: 'a' };
  expect(refusals(types.schedule, { ...common, ...action })).toMatch(reason);
});

test('a scheduled action is made anew and never changed, and none begins when another does', () => {
  const { subnets } = makeNetwork(cloud);
  const image = { imageId: 'ami-0123456789abcdef0', instanceType: 't3.small' };
  const launchTemplate = { id: cloud.make(types.template, 'template', image).id, version: '1' };
  const group = { minSize: 0, maxSize: 4, launchTemplate, vpcZoneIdentifiers: subnets };
  const autoscalingGroupName = cloud.make(types.group, 'group', group).id;
  const evening = { autoscalingGroupName, scheduledActionName: 'evening', recurrence: '0 20 * * 1', timeZone: 'UTC' };
  cloud.make(types.schedule, 'evening', { ...evening, minSize: 0 });
  expect(() => cloud.change('evening', { ...evening, minSize: 1 })).toThrow('Given start time is in the past');
  const other = { ...evening, scheduledActionName: 'night', minSize: 0 };
  expect(() => cloud.make(types.schedule, 'night', other)).toThrow('with this start time already exists');
  cloud.make(types.schedule, 'later', { ...other, recurrence: '0 22 * * 1' });
  cloud.delete('evening');
  cloud.make(types.schedule, 'evening', { ...evening, minSize: 1 });
});

test('a size of -1 in a scheduled action leaves it alone', () => {
  const action = { minSize: 0, maxSize: -1, desiredCapacity: 0, timeZone: 'Europe/Berlin', recurrence: '0 20 * * 1' };
  expect(refusals(types.schedule, { autoscalingGroupName: unknown, scheduledActionName: 'a', ...action })).toBe('');
});

const metric = { metricName: 'm', namespace: 'n', period: 60, stat: 'Sum' };
test.each([
  [
    [
      { id: 'a', metric },
      { id: 'b', metric },
    ],
    /Exactly one element/,
  ],
  [
    [
      { id: 'a', metric, returnData: true },
      { id: 'a', metric },
    ],
    /must be unique/,
  ],
  [[{ id: 'Cpu', metric, returnData: true }], /Invalid id "Cpu"/],
  [
    [
      { id: 'e', expression: 'm0', returnData: true },
      ...Array.from({ length: 11 }, (_, at) => ({ id: `m${at}`, metric })),
    ],
    /ten metrics at the most/,
  ],
])('metric math that CloudWatch refuses: %#', (metricQueries, reason) => {
  const alarm = { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1, metricQueries };
  expect(refusals(types.alarm, alarm)).toMatch(reason);
});

test('a rule takes five values in all, and a redirect says which kind', () => {
  const rule = (conditions: object[], actions: object[] = [{ type: 'forward', targetGroupArn: unknown }]) =>
    refusals(types.rule, { listenerArn: unknown, conditions, actions } as never);
  const paths = { pathPattern: { values: ['/a', '/b', '/c'] } };
  expect(rule([paths, { hostHeader: { values: ['a', 'b'] } }])).toBe('');
  expect(rule([paths, { hostHeader: { values: ['a', 'b'] } }, { queryStrings: [{ value: 'x' }] }])).toMatch(
    /TooManyConditions/,
  );
  expect(rule([paths], [{ type: 'redirect', redirect: { host: 'a' } }])).toMatch(/statusCode/);
});

test('no HTTP balancer keeps clients by their address', () => {
  const group = { port: 80, protocol: 'HTTP', vpcId: unknown };
  const sticky = (type: string, cookieDuration: number) =>
    refusals(types.targetGroup, { ...group, stickiness: { enabled: true, type, cookieDuration } });
  expect(sticky('lb_cookie', 3600)).toBe('');
  expect(sticky('source_ip', 3600)).toMatch(/InvalidConfigurationRequest/);
  expect(sticky('lb_cookie', 604_801)).toMatch(/cookieDuration/);
});

test('several machine types need a template that is there, in a version that is there', () => {
  const { subnets } = makeNetwork(cloud);
  const spot = (version: string, strategy = 'capacity-optimized') => ({
    minSize: 1,
    maxSize: 2,
    vpcZoneIdentifiers: subnets,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version },
        overrides: [{ instanceType: 'r5.large' }],
      },
      instancesDistribution: { spotAllocationStrategy: strategy },
    },
  });
  const template = cloud.make(types.template, 'celery', { imageId: 'ami-0123456789abcdef0', instanceType: 'r5.large' });
  expect(refusals(types.group, spot('1', 'cheapest'))).toMatch(/spotAllocationStrategy/);
  expect(() => cloud.make(types.group, 'celery', spot('7'))).toThrow(/VersionNotFound|version '7'/);
  expect(cloud.make(types.group, 'celery', spot('1')).id).toMatch(/^celery-/);
  const without = { ...spot('1'), mixedInstancesPolicy: { launchTemplate: { overrides: [] } } };
  expect(refusals(types.group, without as never)).toMatch(/a launch template must be specified/);
});

test('the last replica of a cache goes once Multi-AZ is off, which the provider turns off too late', () => {
  const copied = { ...smallCache, replicasPerNodeGroup: 1, multiAzEnabled: true };
  cloud.make('aws:elasticache/replicationGroup:ReplicationGroup', 'cache', copied);
  expect(() => cloud.change('cache', smallCache)).toThrow('Must have at least 1 replica for Multi-AZ enabled');
  // Turned off in the cloud itself, and seen by a refresh.
  cloud.change('cache', { ...copied, multiAzEnabled: false });
  cloud.change('cache', smallCache);
});
