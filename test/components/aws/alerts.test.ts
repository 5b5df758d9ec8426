import { record } from '../../../cli/offline/recorder';
import { alarmShape, errorRateExpression, type ServiceAlarm } from '../../../components/aws/alerts/alarm-shapes';
import { AlertTopic } from '../../../components/aws/alerts/alert-topic';
import { dashboardBody, type Panel, type Sources } from '../../../components/aws/alerts/dashboard-body';
import { QueueAlarms } from '../../../components/aws/alerts/queue-alarms';
import { type Alarm, ServiceAlarms } from '../../../components/aws/alerts/service-alarms';
import { ServiceDashboard } from '../../../components/aws/alerts/service-dashboard';
import { keyPolicy, topicPolicy } from '../../../components/aws/alerts/topic-policies';
import { all, counts, messageOf, one, parentName } from '../recorded';

const service = { loadBalancerSuffix: 'app/lb/1', targetGroupSuffix: 'targetgroup/tg/2', groupName: 'asg-3' };
const sources: Sources = {
  loadBalancer: 'app/lb/1',
  targetGroup: 'targetgroup/tg/2',
  groupName: 'asg-3',
  stores: [],
  queueNamespace: 'Stackladder/api',
};
const targetDimensions = { LoadBalancer: 'app/lb/1', TargetGroup: 'targetgroup/tg/2' };
const alarmType = 'aws:cloudwatch/metricAlarm:MetricAlarm';

test('a topic with a key of its own, that alarms may use, and its readers', async () => {
  const recording = await record(() => {
    const topic = new AlertTopic('alerts', {
      region: 'us-east-1',
      emails: ['a@example.com', 'b@example.com'],
      tags: { System: 'pulse' },
    });
    return { arn: topic.arn };
  });
  expect(counts(recording)).toEqual({
    'stackladder:aws:AlertTopic': 1,
    'aws:kms/key:Key': 1,
    'aws:kms/keyPolicy:KeyPolicy': 1,
    'aws:sns/topic:Topic': 1,
    'aws:sns/topicPolicy:TopicPolicy': 1,
    'aws:sns/topicSubscription:TopicSubscription': 2,
  });
  const tags = { System: 'pulse' };
  expect(one(recording, 'aws:kms/key:Key').inputs).toMatchObject({
    region: 'us-east-1',
    enableKeyRotation: true,
    tags,
  });
  const topic = one(recording, 'aws:sns/topic:Topic');
  expect(topic.inputs).toEqual({ region: 'us-east-1', kmsMasterKeyId: '<unknown:alerts.arn>', tags });
  const subscriptions = all(recording, 'aws:sns/topicSubscription:TopicSubscription');
  expect(subscriptions.map(({ inputs }) => [inputs.protocol, inputs.endpoint]).sort()).toEqual([
    ['email', 'a@example.com'],
    ['email', 'b@example.com'],
  ]);
  expect(new Set(subscriptions.map((subscription) => subscription.name)).size).toBe(2);
  expect(recording.resources.filter((resource) => resource.custom).map(parentName)).toEqual(Array(6).fill('alerts'));
  expect(recording.outputs.arn).toBe('<unknown:alerts.arn>');
});

test('the key belongs to the account of the ARN, and alarms of that account alone may publish', () => {
  const key = keyPolicy('arn:aws:kms:us-east-1:123456789012:key/1');
  expect(key.Statement[0]).toMatchObject({ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*' });
  expect(keyPolicy('arn:aws-cn:kms:cn-north-1:123456789012:key/1').Statement[0]!.Principal).toEqual({
    AWS: 'arn:aws-cn:iam::123456789012:root',
  });
  const sameAccount = { StringEquals: { 'aws:SourceAccount': '123456789012' } };
  expect(key.Statement[1]).toMatchObject({
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  });
  const topicArn = 'arn:aws:sns:us-east-1:123456789012:t';
  expect(topicPolicy(topicArn).Statement).toEqual([
    {
      Sid: 'AlarmsPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topicArn,
      Condition: sameAccount,
    },
  ]);
});

const guide: ServiceAlarm[] = [
  { name: 'HighErrorRate', kind: 'error-rate', percent: 5, minutes: 5, summary: 'High error rate detected' },
  { name: 'SlowResponses', kind: 'latency', percentile: 95, seconds: 1, minutes: 10 },
  { name: 'DatabaseDown', kind: 'database-down', minutes: 1 },
];

test("the guide's three rules become alarms that tell the topic", async () => {
  const recording = await record(() => {
    new ServiceAlarms('api', {
      ...service,
      region: 'us-east-1',
      topics: { critical: 'arn:topic' },
      alarms: guide,
      tags: { System: 'pulse' },
    });
  });
  expect(counts(recording)).toEqual({ 'stackladder:aws:ServiceAlarms': 1, [alarmType]: 3 });
  const told = {
    region: 'us-east-1',
    alarmActions: ['arn:topic'],
    okActions: ['arn:topic'],
    tags: { System: 'pulse' },
  };
  const alarms = new Map(all(recording, alarmType).map(({ name, inputs }) => [name, inputs]));
  expect(alarms.get('api-HighErrorRate')).toMatchObject({
    ...told,
    alarmDescription: 'High error rate detected',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 5,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    treatMissingData: 'notBreaching',
  });
  expect(alarms.get('api-SlowResponses')).toEqual({
    ...told,
    alarmDescription: 'SlowResponses',
    namespace: 'AWS/ApplicationELB',
    metricName: 'TargetResponseTime',
    dimensions: targetDimensions,
    extendedStatistic: 'p95',
    period: 60,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 1,
    evaluationPeriods: 10,
    datapointsToAlarm: 10,
    treatMissingData: 'notBreaching',
  });
  expect(alarms.get('api-DatabaseDown')).toMatchObject({
    metricName: 'HealthyHostCount',
    dimensions: targetDimensions,
    statistic: 'Maximum',
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: 'breaching',
  });
});

/** What CloudWatch makes of the expression, for one minute's numbers. */
function rate(requests: number, errors: number): number {
  const javascript = errorRateExpression
    .replace(/^IF\((.*?), (.*), (0)\)$/, '($1) ? $2 : $3')
    .replace('MAX([requests, errors])', 'Math.max(requests, errors)');
  return new Function('requests', 'errors', `return ${javascript}`)(requests, errors) as number;
}

test('the error rate is a percentage at rest, in trouble and when nothing answers', () => {
  expect(rate(0, 0)).toBe(0);
  expect(rate(200, 0)).toBe(0);
  expect(rate(200, 10)).toBe(5);
  expect(rate(0, 30)).toBe(100); // no target was left to take a request
});

test('every metric of the error rate is in the alarm, and one line of it is what counts', () => {
  const queries = alarmShape(guide[0]!, service).metricQueries as {
    id: string;
    expression?: string;
    returnData?: boolean;
    metric?: { stat: string; period: number; dimensions: Record<string, string> };
  }[];
  expect(queries.filter((query) => query.returnData).map((query) => query.id)).toEqual(['rate']);
  const used = queries.flatMap((query) => query.expression?.match(/\b[a-z][a-z0-9]*\b/g) ?? []);
  expect(queries.map((query) => query.id).filter((id) => id !== 'rate' && !used.includes(id))).toEqual([]);
  expect(used.filter((id) => !queries.some((query) => query.id === id))).toEqual([]);
  const metrics = queries.flatMap(({ metric }) => (metric ? [metric] : []));
  expect(metrics.map(({ stat, period }) => [stat, period])).toEqual(Array(3).fill(['Sum', 60]));
  // What the balancer answers in place of a service has no target group.
  expect(metrics.map(({ dimensions }) => Object.keys(dimensions).length)).toEqual([2, 2, 1]);
});

test('all faults of alarms in one message', () => {
  const alarms: Alarm[] = [
    { name: 'A', kind: 'error-rate', percent: 100, minutes: 0 },
    { name: 'A', kind: 'latency', percentile: 100, seconds: 0, minutes: 1 },
  ];
  expect(
    messageOf(() => new ServiceAlarms('a', { ...service, topics: { critical: 't' }, alarms })).split('\n'),
  ).toEqual([
    'ServiceAlarms "a" cannot be created:',
    '  alarms[0].minutes: 0 must be a whole number from 1 to 1440',
    '  alarms[0].percent: 100 must be from 0 to below 100',
    '  alarms[1].percentile: 100 must be between 0 and 100',
    '  alarms[1].seconds: 0 must be above 0',
    '  alarms: "A" stands there more than once',
  ]);
  const message = messageOf(() => new AlertTopic('t', { emails: ['me', 'a@b.c', 'a@b.c'] }));
  expect(message).toContain('emails[0]: "me" is not an e-mail address');
  expect(message).toContain('emails: "a@b.c" stands there more than once');
});

const panels: Panel[] = [
  { title: 'Request Rate', kind: 'request-rate' },
  { title: 'Response Time (p95)', kind: 'latency-p95' },
  { title: 'Error Rate', kind: 'error-rate' },
  { title: 'Again', kind: 'request-rate' },
];

test('panels fill the grid three in a row and never overlap', () => {
  const { widgets } = dashboardBody('us-east-1', sources, panels);
  expect(widgets.map(({ x, y, width }) => [x, y, width])).toEqual([
    [0, 0, 8],
    [8, 0, 8],
    [16, 0, 8],
    [0, 6, 8],
  ]);
  expect(widgets.map(({ properties }) => properties.title)).toEqual(panels.map(({ title }) => title));
  expect(widgets[1]!.properties.metrics).toEqual([
    [
      'AWS/ApplicationELB',
      'TargetResponseTime',
      'LoadBalancer',
      'app/lb/1',
      'TargetGroup',
      'targetgroup/tg/2',
      { stat: 'p95', label: 'p95' },
    ],
  ]);
  for (const { properties } of widgets) {
    const shown = properties.metrics.filter((row) => (row.at(-1) as { visible?: boolean }).visible !== false);
    expect(shown).toHaveLength(1);
  }
});

test('the dashboard and where to find it', async () => {
  const recording = await record(() => {
    const args = { ...service, region: 'us-east-1', panels, queueNamespace: sources.queueNamespace };
    return { url: new ServiceDashboard('pulse-api', args).url };
  });
  const { inputs } = one(recording, 'aws:cloudwatch/dashboard:Dashboard');
  expect(inputs).toMatchObject({ region: 'us-east-1', dashboardName: 'pulse-api' });
  expect(JSON.parse(inputs.dashboardBody as string)).toEqual(dashboardBody('us-east-1', sources, panels));
  expect(recording.outputs.url).toBe(
    'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/pulse-api',
  );
});

test('all faults of a dashboard in one message', () => {
  const wrong = {
    ...service,
    region: 'home',
    panels: [
      { title: 'T', kind: 'weather' as 'error-rate' },
      { title: 'T', kind: 'error-rate' as const },
    ],
  };
  expect(messageOf(() => new ServiceDashboard('d', wrong)).split('\n')).toEqual([
    'ServiceDashboard "d" cannot be created:',
    '  region: "home" is not a region of AWS',
    expect.stringMatching(/^ {2}panels\[0\]\.kind: "weather" must be one of request-rate, latency-p50, .*queue-depth$/),
    '  panels: "T" stands there more than once',
  ]);
});

test('instances are watched by their group: averages of CPU and memory, and the fullest disk', () => {
  const common = { name: 'A', minutes: 5 };
  expect(alarmShape({ ...common, kind: 'cpu', percent: 70 }, service)).toEqual({
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensions: { AutoScalingGroupName: 'asg-3' },
    statistic: 'Average',
    period: 60,
    threshold: 70,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
  });
  expect(alarmShape({ ...common, kind: 'memory', percent: 80 }, service)).toMatchObject({
    namespace: 'CWAgent',
    metricName: 'mem_used_percent',
    threshold: 80,
  });
  // Less than 10 % free is more than 90 % used.
  expect(alarmShape({ ...common, kind: 'disk-free', percent: 10 }, service)).toMatchObject({
    namespace: 'CWAgent',
    metricName: 'disk_used_percent',
    statistic: 'Maximum',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 90,
  });
});

const levels: Alarm[] = [
  { name: 'CpuWarning', kind: 'cpu', percent: 70, minutes: 5, severity: 'warning', summary: 'Busy' },
  { name: 'CpuCritical', kind: 'cpu', percent: 90, minutes: 5, severity: 'critical', summary: 'Too busy' },
  { name: 'Depth', kind: 'queue-depth', queue: 'email', jobs: 10_000, minutes: 5, severity: 'warning' },
  { name: 'Storage', kind: 'database-disk-free', percent: 20, minutes: 5 },
];

test('warnings go to a topic of their own and say so; what is about other things is left aside', async () => {
  const recording = await record(() => {
    const topics = { critical: 'arn:critical', warning: 'arn:warning' };
    new ServiceAlarms('api', { ...service, topics, alarms: levels });
    new QueueAlarms('queues', { region: 'us-east-1', namespace: 'Stackladder/api', topics, alarms: levels });
  });
  const told = all(recording, alarmType).map(({ name, inputs }) => [
    name,
    inputs.alarmDescription,
    inputs.alarmActions,
  ]);
  expect(told.sort()).toEqual([
    ['api-CpuCritical', 'critical: Too busy', ['arn:critical']],
    ['api-CpuWarning', 'warning: Busy', ['arn:warning']],
    ['queues-Depth', 'warning: Depth', ['arn:warning']],
  ]);
  expect(all(recording, alarmType).find(({ name }) => name === 'queues-Depth')!.inputs).toMatchObject({
    namespace: 'Stackladder/api',
    metricName: 'QueueDepth',
    dimensions: { Queue: 'email' },
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 10_000,
    evaluationPeriods: 5,
  });
});

test('where there is one topic, warnings go there too', async () => {
  const recording = await record(() => {
    new ServiceAlarms('api', { ...service, topics: { critical: 'arn:only' }, alarms: levels });
  });
  for (const { inputs } of all(recording, alarmType)) expect(inputs.alarmActions).toEqual(['arn:only']);
});

test('faults of queue alarms in one message', () => {
  const alarms: Alarm[] = [{ name: 'D', kind: 'queue-depth', queue: 'email', jobs: -1, minutes: 0 }];
  const make = () => new QueueAlarms('q', { region: 'us-east-1', namespace: 'n', topics: { critical: 't' }, alarms });
  expect(messageOf(make).split('\n')).toEqual([
    'QueueAlarms "q" cannot be created:',
    '  alarms[0].minutes: 0 must be a whole number from 1 to 1440',
    '  alarms[0].jobs: -1 must not be below 0',
  ]);
});

const stores: Sources['stores'] = [
  { kind: 'instance', name: 'database', ids: ['db-1'], replica: false },
  { kind: 'instance', name: 'replica-1', ids: ['db-2'], replica: true },
  { kind: 'cache', name: 'cache', ids: ['c-1', 'c-2'], replica: false },
  { kind: 'cache', name: 'broker', ids: ['b-1'], replica: false },
];

test.each([
  ['cpu', [['AWS/EC2', 'CPUUtilization', 'asg-3']]],
  ['memory', [['CWAgent', 'mem_used_percent', 'asg-3']]],
  [
    'database-cpu',
    [
      ['AWS/RDS', 'CPUUtilization', 'db-1'],
      ['AWS/RDS', 'CPUUtilization', 'db-2'],
    ],
  ],
  [
    'database-connections',
    [
      ['AWS/RDS', 'DatabaseConnections', 'db-1'],
      ['AWS/RDS', 'DatabaseConnections', 'db-2'],
    ],
  ],
  ['replication-lag', [['AWS/RDS', 'ReplicaLag', 'db-2']]],
  ['cache-memory', ['c-1', 'c-2', 'b-1'].map((id) => ['AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', id])],
  // A broker is no cache: nothing is looked up in it, and nothing goes.
  ['cache-hit-ratio', ['c-1', 'c-2'].map((id) => ['AWS/ElastiCache', 'CacheHitRate', id])],
  ['cache-evictions', ['c-1', 'c-2'].map((id) => ['AWS/ElastiCache', 'Evictions', id])],
] as const)('a panel of %s', (kind, expected) => {
  const { widgets } = dashboardBody('us-east-1', { ...sources, stores }, [{ title: 'P', kind }]);
  const rows = widgets[0]!.properties.metrics;
  expect(rows.map(([namespace, metric, , id]) => [namespace, metric, id])).toEqual(expected);
});

test('panels of a queue, of a cluster, and of each percentile', () => {
  const cluster: Sources['stores'] = [{ kind: 'cluster', name: 'database', ids: ['aurora-1'], replica: false }];
  const { widgets } = dashboardBody('us-east-1', { ...sources, stores: cluster }, [
    { title: 'Q', kind: 'queue-depth', queue: 'email' },
    { title: 'L', kind: 'replication-lag' },
    { title: 'p50', kind: 'latency-p50' },
    { title: 'p99', kind: 'latency-p99' },
  ]);
  const rows = widgets.map(({ properties }) => properties.metrics[0]!);
  expect(rows[0]!.slice(0, 4)).toEqual(['Stackladder/api', 'QueueDepth', 'Queue', 'email']);
  expect(rows[1]!.slice(0, 4)).toEqual(['AWS/RDS', 'AuroraReplicaLagMaximum', 'DBClusterIdentifier', 'aurora-1']);
  expect(rows.slice(2).map((row) => (row.at(-1) as { stat: string }).stat)).toEqual(['p50', 'p99']);
});
