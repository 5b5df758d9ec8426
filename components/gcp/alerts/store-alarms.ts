import type * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { alarmFaults } from '../../alarms';
import { must, refuseFaults } from '../../faults';
import type { QueueMetrics } from '../queue-metrics/queue-metrics';
import { queueMetricTypes } from '../queue-metrics/series';
import { createPolicy } from './policy';
import { type StoreAlarm, storeShape } from './store-shapes';

export interface StoreAlarmsArgs {
  /** Id of the project. */
  projectId: string;
  /** Starts the names of the stack's metrics, e.g. `shop-prod`. */
  prefix: string;
  /** Names of the instances of Cloud SQL, readers among them. Default: there is no database. */
  databases?: pulumi.Input<string>[];
  /** Starts the names of the caches of all regions. Default: there is no cache. */
  caches?: string;
  /** What workers write of their queues. Default: nobody writes. */
  queues?: QueueMetrics;
  /** Channels that are told. */
  channelIds: pulumi.Input<string>[];
  /** What to watch. Names are unique. */
  alarms: StoreAlarm[];
  labels?: Record<string, string>;
}

/**
 * Alerts of Cloud Monitoring on the stores of a stack, over all regions: whether the primary of Cloud SQL is up, CPU and free storage of each instance of Cloud
 * SQL, how far a reader is behind, the fullest node of a cache, and how much waits in a queue.
 *
 * Cost: 0.10 USD a month for each condition and 0.35 per million series that it reads.
 *
 * ```ts
 * new StoreAlarms('shop-prod-stores', {
 *   projectId: 'example-project-123', prefix: 'shop-prod', databases: database.instanceNames,
 *   channelIds: channels.ids, alarms: [{ name: 'DatabaseCpu', kind: 'database-cpu', percent: 80, minutes: 5 }],
 * });
 * ```
 */
export class StoreAlarms extends pulumi.ComponentResource {
  /** The alerts by name. */
  readonly alarms: Record<string, gcp.monitoring.AlertPolicy>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: StoreAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('StoreAlarms', name, faultsOf(args));
    super('stackladder:gcp:StoreAlarms', name, {}, opts);
    const { projectId, prefix, databases = [], caches = '', queues } = args;
    const stores = pulumi.all(databases).apply((names) => ({
      projectId,
      databases: names,
      caches,
      queues: { depth: queueMetricTypes(prefix).depth, prefix },
    }));
    const dependsOn = queues ? [queues.depth] : [];
    this.alarms = Object.fromEntries(
      args.alarms.map((alarm) => {
        const condition = stores.apply((known) => storeShape(alarm, known));
        return [alarm.name, createPolicy(name, alarm, condition, args, { parent: this, dependsOn })];
      }),
    );
    this.registerOutputs({});
  }
}

/** What each kind of alert has to know. */
const needs: Record<StoreAlarm['kind'], keyof StoreAlarmsArgs> = {
  'database-down': 'databases',
  'database-cpu': 'databases',
  'database-disk-free': 'databases',
  'replication-lag': 'databases',
  'cache-memory': 'caches',
  'queue-depth': 'queues',
};

function faultsOf(args: StoreAlarmsArgs) {
  return [
    ...alarmFaults(args.alarms, () => undefined),
    ...args.alarms.map((alarm, at) => {
      const needed = needs[alarm.kind];
      return must(args[needed] !== undefined, `alarms[${at}]`, `${alarm.kind} cannot be watched without ${needed}`);
    }),
  ];
}
