import type { AlarmOf } from '../../alarms';
import { type Condition, lasting, period } from './alarm-shapes';

/** What is seen of stores and queues. */
export const storeKinds = [
  'database-down',
  'database-cpu',
  'database-disk-free',
  'replication-lag',
  'cache-memory',
  'queue-depth',
] as const;
export type StoreAlarm = AlarmOf<(typeof storeKinds)[number]>;

/** What of the stores Cloud Monitoring knows them by. */
export interface WatchedStores {
  projectId: string;
  /** Names of the instances of Cloud SQL, readers among them. */
  databases: string[];
  /** Starts the names of the caches of all regions. */
  caches: string;
  /** Type of the metric that workers write, and whose it is. */
  queues: { depth: string; prefix: string };
}

/** The part of an alert that says when it goes off. Pure. */
export function storeShape(alarm: StoreAlarm, stores: WatchedStores): Condition {
  const when = (
    filter: string,
    thresholdValue: number,
    more: { below?: boolean; reducer?: string } = {},
  ): Condition => ({
    conditionThreshold: {
      filter,
      aggregations: [
        {
          alignmentPeriod: period,
          perSeriesAligner: 'ALIGN_MEAN',
          ...(more.reducer && { crossSeriesReducer: more.reducer }),
        },
      ],
      comparison: more.below ? 'COMPARISON_LT' : 'COMPARISON_GT',
      thresholdValue,
      ...lasting(alarm),
    },
  });
  switch (alarm.kind) {
    // The primary alone: a reader that is gone takes nothing with it.
    case 'database-down':
      return when(databaseFilter('up', { ...stores, databases: stores.databases.slice(0, 1) }), 1, { below: true });
    // Each instance by itself: a reader that is full hides behind no average.
    case 'database-cpu':
      return when(databaseFilter('cpu/utilization', stores), alarm.percent / 100);
    case 'database-disk-free':
      return when(databaseFilter('disk/utilization', stores), (100 - alarm.percent) / 100);
    case 'replication-lag':
      return when(databaseFilter('replication/replica_lag', stores), alarm.millis / 1000);
    case 'cache-memory':
      return when(cacheFilter('memory/maximum_utilization', stores), alarm.percent / 100);
    case 'queue-depth':
      return when(queueFilter(alarm.queue, stores), alarm.jobs, { reducer: 'REDUCE_SUM' });
  }
}

export function databaseFilter(metric: string, { projectId, databases }: WatchedStores): string {
  const ids = databases.map((name) => `"${projectId}:${name}"`).join(', ');
  return (
    `metric.type="cloudsql.googleapis.com/database/${metric}" AND resource.type="cloudsql_database" ` +
    `AND resource.labels.database_id=one_of(${ids})`
  );
}

export function cacheFilter(metric: string, { caches }: WatchedStores): string {
  return (
    `metric.type="memorystore.googleapis.com/instance/${metric}" ` +
    'AND resource.type="memorystore.googleapis.com/Instance" ' +
    `AND resource.labels.instance_id=starts_with("${caches}")`
  );
}

/** Of all regions: each has its own broker. */
export function queueFilter(queue: string, { queues }: WatchedStores): string {
  return (
    `metric.type="${queues.depth}" AND resource.type="generic_task" ` +
    `AND resource.labels.namespace="${queues.prefix}" AND metric.labels.queue="${queue}"`
  );
}
