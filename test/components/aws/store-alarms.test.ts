import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { StoreAlarms, type StoreAlarmsArgs, type WatchedStore } from '../../../components/aws/alerts/store-alarms';
import { chunksOf } from '../../../components/aws/alerts/store-shapes';
import type { Alarm } from '../../../components/alarms';
import { all, messageOf, one } from '../recorded';

const ALARM = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const GIB = 1024 ** 3;

const primary: WatchedStore = {
  kind: 'instance',
  name: 'database',
  identifier: 'db',
  allocatedGb: 100,
  replica: false,
};
const reader: WatchedStore = {
  kind: 'instance',
  name: 'replica-1',
  identifier: 'db-1',
  allocatedGb: 100,
  replica: true,
};
const cluster: WatchedStore = { kind: 'cluster', name: 'database', identifier: 'aurora', maxGb: 1_000 };
const cpu: Alarm = { name: 'Cpu', kind: 'database-cpu', percent: 80, minutes: 5 };
const disk: Alarm = { name: 'Disk', kind: 'database-disk-free', percent: 20, minutes: 5, severity: 'warning' };
const lag: Alarm = { name: 'Lag', kind: 'replication-lag', millis: 100, minutes: 3 };
const memory: Alarm = { name: 'Memory', kind: 'cache-memory', percent: 90, minutes: 5, summary: 'The cache is full' };

const watch = (stores: WatchedStore[], alarms: Alarm[], more: Partial<StoreAlarmsArgs> = {}) =>
  record(() => {
    new StoreAlarms('stores', { region: 'us-east-1', topicArn: 'arn:topic', stores, alarms, ...more });
  });

test('an instance: its CPU, its free storage in bytes of what is allocated, and lag of replicas alone, in seconds', async () => {
  const alarms = all(await watch([primary, reader], [cpu, disk, lag]), ALARM);
  expect(
    alarms.map(({ name, inputs }) => [name, inputs.metricName, inputs.comparisonOperator, inputs.threshold]).sort(),
  ).toEqual([
    ['stores-Cpu-database', 'CPUUtilization', 'GreaterThanThreshold', 80],
    ['stores-Cpu-replica-1', 'CPUUtilization', 'GreaterThanThreshold', 80],
    ['stores-Disk-database', 'FreeStorageSpace', 'LessThanThreshold', 20 * GIB],
    ['stores-Disk-replica-1', 'FreeStorageSpace', 'LessThanThreshold', 20 * GIB],
    ['stores-Lag-replica-1', 'ReplicaLag', 'GreaterThanThreshold', 0.1],
  ]);
  for (const { inputs } of alarms) {
    expect(inputs).toMatchObject({
      treatMissingData: 'notBreaching',
      alarmActions: ['arn:topic'],
      region: 'us-east-1',
    });
  }
});

test('Aurora: its writer’s CPU, what is used of the plan’s ceiling, and the reader furthest behind in milliseconds', async () => {
  const alarms = all(await watch([cluster], [cpu, disk, lag]), ALARM).map(({ inputs }) => inputs);
  expect(alarms).toEqual([
    expect.objectContaining({ dimensions: { DBClusterIdentifier: 'aurora', Role: 'WRITER' }, threshold: 80 }),
    expect.objectContaining({
      metricName: 'VolumeBytesUsed',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 800 * GIB,
    }),
    expect.objectContaining({
      metricName: 'AuroraReplicaLagMaximum',
      statistic: 'Maximum',
      threshold: 100,
      evaluationPeriods: 3,
    }),
  ]);
});

test('a cache: the fullest of its nodes, ten to an alarm', async () => {
  const members = Array.from({ length: 12 }, (_, at) => `node-${at + 1}`);
  const alarms = all(
    await watch([{ kind: 'cache', name: 'cache', members: pulumi.output(members), nodes: 12 }], [memory, cpu]),
    ALARM,
  );
  expect(alarms.map(({ name }) => name)).toEqual(['stores-Memory-cache', 'stores-Memory-cache-2']);
  const queries = alarms.map(
    ({ inputs }) => inputs.metricQueries as { id: string; expression?: string; metric?: unknown }[],
  );
  expect(queries.map((list) => list.filter(({ metric }) => metric).length)).toEqual([10, 2]);
  expect(queries[1]).toEqual([
    { id: 'fullest', expression: 'MAX([m0, m1])', label: 'Memory', returnData: true },
    ...['node-11', 'node-12'].map((id, at) => ({
      id: `m${at}`,
      metric: {
        namespace: 'AWS/ElastiCache',
        metricName: 'DatabaseMemoryUsagePercentage',
        dimensions: { CacheClusterId: id },
        period: 60,
        stat: 'Maximum',
      },
    })),
  ]);
  expect(alarms[0]!.inputs.alarmDescription).toBe('The cache is full (cache)');
});

test('warnings go to their own topic, and say that they are warnings', async () => {
  const recording = await watch([primary], [disk], { warningTopicArn: 'arn:quiet' });
  expect(one(recording, ALARM).inputs).toMatchObject({
    alarmActions: ['arn:quiet'],
    okActions: ['arn:quiet'],
    alarmDescription: 'warning: Disk (database)',
  });
});

test('other kinds of alarms are somebody else’s', async () => {
  expect(all(await watch([primary], [{ name: 'Errors', kind: 'error-rate', percent: 5, minutes: 5 }]), ALARM)).toEqual(
    [],
  );
});

test('parts of a list', () => {
  expect(chunksOf(21, 10)).toEqual([
    [0, 10],
    [10, 20],
    [20, 21],
  ]);
  expect(chunksOf(0, 10)).toEqual([]);
});

test('faults are told together', () => {
  const args = {
    region: 'us-east-1',
    topicArn: 'arn:topic',
    stores: [primary, cluster],
    alarms: [
      { ...lag, millis: 0 },
      { ...cpu, minutes: 0 },
    ],
  };
  expect(messageOf(() => new StoreAlarms('x', args))).toMatch(
    /millis: 0[\s\S]*minutes: 0[\s\S]*"database" stands there/,
  );
});
