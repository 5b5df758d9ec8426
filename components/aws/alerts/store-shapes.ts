import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AlarmOf } from '../../alarms';

/** A store as CloudWatch knows it. `name` is unique in its region. */
export type WatchedStore =
  | {
      kind: 'instance';
      name: string;
      identifier: pulumi.Input<string>;
      allocatedGb: pulumi.Input<number>;
      replica: boolean;
    }
  /** Aurora: storage has no size of its own, so it is measured against the plan's ceiling. */
  | { kind: 'cluster'; name: string; identifier: pulumi.Input<string>; maxGb: number }
  | { kind: 'cache'; name: string; members: pulumi.Output<string[]>; nodes: number };

/** The kinds of alarms that are about stores. */
export const watchedKinds = ['database-cpu', 'database-disk-free', 'replication-lag', 'cache-memory'] as const;

type StoreAlarm = AlarmOf<(typeof watchedKinds)[number]>;
type Shape = Partial<aws.cloudwatch.MetricAlarmArgs> & Pick<aws.cloudwatch.MetricAlarmArgs, 'comparisonOperator'>;

const GIB = 1_073_741_824;
/** Seconds; RDS and ElastiCache report once a minute. */
const period = 60;
/** Metrics of one alarm (CloudWatch quotas: metric math in alarms). */
const METRICS_OF_AN_ALARM = 10;

const above = 'GreaterThanThreshold';
const below = 'LessThanThreshold';

/** The alarms that one store has for one rule; none where the rule is not about it. Names and actions are the component's. */
export function storeShapes(alarm: StoreAlarm, store: WatchedStore): Shape[] {
  switch (store.kind) {
    case 'instance':
      return instanceShapes(alarm, store);
    case 'cluster':
      return clusterShapes(alarm, store);
    case 'cache':
      return alarm.kind === 'cache-memory' ? memoryShapes(alarm.percent, store) : [];
  }
}

function instanceShapes(alarm: StoreAlarm, store: WatchedStore & { kind: 'instance' }): Shape[] {
  const metric = (metricName: string) => ({
    namespace: 'AWS/RDS',
    metricName,
    dimensions: { DBInstanceIdentifier: store.identifier },
    period,
  });
  switch (alarm.kind) {
    case 'database-cpu':
      return [
        { ...metric('CPUUtilization'), statistic: 'Average', comparisonOperator: above, threshold: alarm.percent },
      ];
    case 'database-disk-free': {
      // Of what is allocated today: storage grows by itself, and a refresh of the stack tells by how much.
      const threshold = pulumi.output(store.allocatedGb).apply((gb) => (gb * GIB * alarm.percent) / 100);
      return [{ ...metric('FreeStorageSpace'), statistic: 'Minimum', comparisonOperator: below, threshold }];
    }
    case 'replication-lag':
      if (!store.replica) return [];
      // RDS counts seconds, and those with fractions for MySQL alone.
      return [
        { ...metric('ReplicaLag'), statistic: 'Average', comparisonOperator: above, threshold: alarm.millis / 1_000 },
      ];
    case 'cache-memory':
      return [];
  }
}

function clusterShapes(alarm: StoreAlarm, store: WatchedStore & { kind: 'cluster' }): Shape[] {
  const metric = (metricName: string, dimensions: Record<string, string> = {}) => ({
    namespace: 'AWS/RDS',
    metricName,
    dimensions: { DBClusterIdentifier: store.identifier, ...dimensions },
    period,
    comparisonOperator: above,
  });
  switch (alarm.kind) {
    case 'database-cpu':
      return [{ ...metric('CPUUtilization', { Role: 'WRITER' }), statistic: 'Average', threshold: alarm.percent }];
    case 'database-disk-free': {
      const threshold = (store.maxGb * GIB * (100 - alarm.percent)) / 100;
      return [{ ...metric('VolumeBytesUsed'), period: 300, statistic: 'Maximum', threshold }];
    }
    case 'replication-lag':
      // Of the reader that is furthest behind, in milliseconds.
      return [{ ...metric('AuroraReplicaLagMaximum'), statistic: 'Maximum', threshold: alarm.millis }];
    case 'cache-memory':
      return [];
  }
}

/** The fullest node counts: shards fill unevenly. An alarm takes ten metrics, so a larger cache has several. */
function memoryShapes(percent: number, { members, nodes }: WatchedStore & { kind: 'cache' }): Shape[] {
  return chunksOf(nodes, METRICS_OF_AN_ALARM).map(([from, to]) => ({
    comparisonOperator: above,
    threshold: percent,
    metricQueries: members.apply((ids) => memoryQueries(ids.slice(from, to))),
  }));
}

function memoryQueries(ids: string[]) {
  return [
    {
      id: 'fullest',
      expression: `MAX([${ids.map((_, at) => `m${at}`).join(', ')}])`,
      label: 'Memory',
      returnData: true,
    },
    ...ids.map((id, at) => ({
      id: `m${at}`,
      metric: {
        namespace: 'AWS/ElastiCache',
        metricName: 'DatabaseMemoryUsagePercentage',
        dimensions: { CacheClusterId: id },
        period,
        stat: 'Maximum',
      },
    })),
  ];
}

/** `[from, to)` of each part, `size` at the most. */
export function chunksOf(count: number, size: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => [at * size, Math.min(count, (at + 1) * size)]);
}
