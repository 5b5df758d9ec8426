import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { record, type RecordedResource, type Recording } from '../../../cli/offline/recorder';
import { WorkerGroup, type WorkerGroupArgs } from '../../../components/aws/worker-group/group';
import { sameSize } from '../../../components/aws/worker-group/machines';
import { all, counts, messageOf, one } from '../recorded';
import { goesOff } from './metric-math';
import { celery } from './worker-group-arguments';

const types = {
  group: 'aws:autoscaling/group:Group',
  hook: 'aws:autoscaling/lifecycleHook:LifecycleHook',
  policy: 'aws:autoscaling/policy:Policy',
  schedule: 'aws:autoscaling/schedule:Schedule',
  alarm: 'aws:cloudwatch/metricAlarm:MetricAlarm',
  template: 'aws:ec2/launchTemplate:LaunchTemplate',
  rolePolicy: 'aws:iam/rolePolicy:RolePolicy',
};
const recordGroup = (change: Partial<WorkerGroupArgs> = {}): Promise<Recording> =>
  record(() => {
    new WorkerGroup('celery', { ...celery, ...change });
  });

let recording: Recording;
beforeAll(async () => {
  recording = await recordGroup();
});

const alarmOf = (of: Recording, part: string): RecordedResource =>
  all(of, types.alarm).find(({ name }) => name === `celery-scale-${part}`)!;

function documentOf(of: Recording): { write_files: { path: string; content: string }[]; runcmd: string[][] } {
  const encoded = Buffer.from(one(of, types.template).inputs.userData as string, 'base64');
  expect(encoded.length).toBeLessThanOrEqual(16 * 1024);
  const text = encoded[0] === 0x1f ? gunzipSync(encoded) : encoded;
  return parse(text.toString(), { version: '1.1' }) as ReturnType<typeof documentOf>;
}

test('what there is: no balancer, and nobody is let in', () => {
  expect(counts(recording)).toEqual({
    'stackladder:aws:WorkerGroup': 1,
    'aws:ec2/securityGroup:SecurityGroup': 1,
    'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 1,
    'aws:cloudwatch/logGroup:LogGroup': 1,
    'aws:iam/role:Role': 1,
    'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 1,
    [types.rolePolicy]: 2,
    'aws:iam/instanceProfile:InstanceProfile': 1,
    [types.template]: 1,
    [types.group]: 1,
    [types.hook]: 1,
    [types.policy]: 3,
    [types.alarm]: 3,
  });
});

test('spare capacity of several machines of one size, and one instance that nobody takes back', () => {
  const { inputs } = one(recording, types.group);
  expect(inputs).toMatchObject({
    capacityRebalance: true,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: '<unknown:celery.id>' },
        overrides: [
          { instanceType: 'r5.large' },
          { instanceType: 'r5a.large' },
          { instanceType: 'r5n.large' },
          { instanceType: 'r6i.large' },
          { instanceType: 'r6a.large' },
        ],
      },
      instancesDistribution: {
        onDemandBaseCapacity: 1,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: 'capacity-optimized',
      },
    },
  });
  expect(inputs.launchTemplate).toBeUndefined();
  expect(sameSize('r6g.2xlarge')).toEqual(['r6g.2xlarge', 'r7g.2xlarge']);
  expect(sameSize('x9.large')).toEqual(['x9.large']);
});

test('where jobs are critical, one machine that stays', async () => {
  const { inputs } = one(await recordGroup({ spot: false }), types.group);
  expect(inputs.launchTemplate).toMatchObject({ id: '<unknown:celery.id>' });
  expect([inputs.mixedInstancesPolicy, inputs.capacityRebalance]).toEqual([undefined, undefined]);
});

test('a leaving instance is held until its job has ended, and may say so of its own group', () => {
  expect(one(recording, types.hook).inputs).toMatchObject({
    name: 'drain',
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    heartbeatTimeout: 660,
    defaultResult: 'CONTINUE',
  });
  const policy = all(recording, types.rolePolicy).find(({ name }) => name === 'celery-drain')!;
  expect(JSON.parse(policy.inputs.policy as string).Statement).toEqual([
    { Sid: 'Leave', Effect: 'Allow', Action: 'autoscaling:CompleteLifecycleAction', Resource: '<unknown:celery.arn>' },
  ]);
  const { write_files: files } = documentOf(recording);
  const unit = files.find(({ path }) => path.endsWith('/stackladder.service'))!.content;
  expect(unit).toContain('ExecStop=/usr/bin/docker stop --time 600 stackladder\n');
  expect(unit).toContain('TimeoutStopSec=615\n');
});

test('the document: the pooler and the timers beside the container, its own command, no password', () => {
  const { write_files: files, runcmd } = documentOf(recording);
  expect(runcmd.map((words) => words.at(-1)).slice(-4)).toEqual([
    'stackladder-pooler.service',
    'stackladder-queue-depth.timer',
    'stackladder-drain.service',
    'stackladder.service',
  ]);
  const fileOf = (name: string) => files.find(({ path }) => path.endsWith(`/${name}`))!.content;
  expect(fileOf('run-container')).toContain(`"\${IMAGE:?}" 'celery' '-A' 'app.worker' 'worker' '--hostname=it'\\''s'`);
  expect(fileOf('fetch-secrets')).toContain(
    `fetch 'STACKLADDER_PASSWORD_OF_DATABASE_URL' 'arn:aws:secretsmanager:us-east-1:123456789012:secret:password-d4E5f6'`,
  );
  expect(fileOf('pgbouncer.ini')).toContain('mercenary = host=primary.example.com port=5432 dbname=mercenary\n');
  expect(fileOf('stackladder.service')).toContain('pooled-urls');
});

test('the instances may read the password, and write queue metrics to the stack’s own namespace alone', () => {
  const policy = all(recording, types.rolePolicy).find(({ name }) => name === 'celery-instance')!;
  const { Statement } = JSON.parse(policy.inputs.policy as string) as { Statement: Record<string, unknown>[] };
  const statement = (sid: string) => Statement.find(({ Sid }) => Sid === sid);
  expect(statement('Secrets')!.Resource).toEqual([
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:broker-a1B2c3',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:password-d4E5f6',
  ]);
  const metrics = Statement.filter(({ Action }) => String(Action) === 'cloudwatch:PutMetricData');
  expect(metrics.map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { 'cloudwatch:namespace': 'CWAgent' } },
    { StringEquals: { 'cloudwatch:namespace': 'Stackladder/mercenary-prod' } },
  ]);
});

describe('rules on the queue', () => {
  const of = (jobs: number, workers: number, cpu = 50) => ({
    QueueDepth: jobs,
    GroupInServiceInstances: workers,
    CPUUtilization: cpu,
  });
  test.each([
    [301, 3, true],
    [300, 3, false],
    [301, 4, false],
    // A group of none is counted as one, not divided by.
    [101, 0, true],
  ])('%d jobs for %d workers grow the group: %s', (jobs, workers, grows) => {
    expect(goesOff(alarmOf(recording, 'out-depth-per-worker'), of(jobs, workers))).toBe(grows);
  });

  test.each([
    [29, 29, true],
    [30, 29, false],
    [29, 30, false],
    [30, 30, false],
  ])('%d jobs for 3 workers at cpu %d shrink it: %s', (jobs, cpu, shrinks) => {
    expect(goesOff(alarmOf(recording, 'in'), of(jobs, 3, cpu))).toBe(shrinks);
  });

  test('nothing shrinks where nobody measures', () => {
    expect(goesOff(alarmOf(recording, 'in'), { GroupInServiceInstances: 3, CPUUtilization: 1 })).toBe(false);
  });

  test('the metric is the stack’s own, of the one queue', () => {
    const queries = alarmOf(recording, 'out-depth-per-worker').inputs.metricQueries as { metric?: unknown }[];
    expect(queries.map(({ metric }) => metric)).toContainEqual({
      namespace: 'Stackladder/mercenary-prod',
      metricName: 'QueueDepth',
      dimensions: { Queue: 'celery' },
      stat: 'Maximum',
      period: 60,
    });
  });

  test('how long the oldest job has waited, where the library tells', async () => {
    const waiting = { signal: 'wait' as const, seconds: 60, minutes: 1 };
    const scaling = { kind: 'rules' as const, out: [waiting], in: [], cooldownSeconds: 300 };
    const queue = { name: 'jobs', key: 'bull:jobs:wait', library: 'bullmq' as const };
    const alarm = alarmOf(await recordGroup({ scaling, queue }), 'out-wait');
    expect([goesOff(alarm, { QueueWait: 61 }), goesOff(alarm, { QueueWait: 60 })]).toEqual([true, false]);
  });
});

test('one target, as an HPA on an external metric', async () => {
  const scaled = await recordGroup({ scaling: { kind: 'target', jobs: 1000, cooldownSeconds: 300 } });
  expect(one(scaled, types.policy).inputs).toMatchObject({
    policyType: 'TargetTrackingScaling',
    estimatedInstanceWarmup: 300,
    targetTrackingConfiguration: {
      targetValue: 1000,
      customizedMetricSpecification: {
        namespace: 'Stackladder/mercenary-prod',
        metricName: 'QueueDepth',
        metricDimensions: [{ name: 'Queue', value: 'celery' }],
      },
    },
  });
  expect(all(scaled, types.alarm)).toEqual([]);
});

test('out of hours there are no workers, and the schedule owns their number', async () => {
  const offHours = { timezone: 'UTC', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] };
  const resting = await recordGroup({ offHours });
  expect(all(resting, types.schedule).map(({ inputs }) => inputs.desiredCapacity)).toEqual([3, 0]);
  expect(one(resting, types.group).ignoreChanges).toEqual(['minSize', 'maxSize', 'desiredCapacity']);
});

test('all faults in one message', () => {
  const wrong: Partial<WorkerGroupArgs> = {
    privateSubnetIds: ['subnet-1'],
    capacity: { min: 3, max: 2, desired: 1 },
    drainSeconds: 7141,
    logRetentionDays: 2,
    image: '',
    machine: 'large',
    diskGb: 7,
    scaling: { kind: 'rules', out: [{ signal: 'wait', seconds: 60, minutes: 0 }], in: [], cooldownSeconds: -1 },
  };
  const message = messageOf(() => new WorkerGroup('w', { ...celery, ...wrong }));
  expect(message.split('\n')).toEqual([
    'WorkerGroup "w" cannot be created:',
    '  privateSubnetIds: there must be at least 2, in different zones',
    '  capacity.max: 2 is below capacity.min (3)',
    '  capacity.desired: 1 must be a whole number from capacity.min (3) to capacity.max (2)',
    '  drainSeconds: 7141 must be a whole number from 0 to 7140',
    expect.stringContaining('logRetentionDays: 2 days'),
    '  image: "" must be the reference of a container image',
    '  machine: "large" must be an EC2 instance type',
    '  diskGb: 7 must be a whole number from 8 to 16384',
    '  scaling.cooldownSeconds: -1 must be a whole number from 0 to 86400',
    '  scaling (wait).minutes: 0 must be a whole number from 1 to 1440',
    '  scaling: how long a job of celery has waited is known to nobody: scale on depth-per-worker',
  ]);
  const target = { kind: 'target' as const, jobs: 0, cooldownSeconds: 1.5 };
  expect(
    messageOf(() => new WorkerGroup('w', { ...celery, scaling: target }))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  scaling.jobs: 0 must be above 0',
    '  scaling.cooldownSeconds: 1.5 must be a whole number from 0 to 86400',
  ]);
});
