import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Alarm, alarmFaults, type AlarmOf, alarmsOf, severityOf } from '../../alarms';
import { type Fault, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { storeShapes, watchedKinds, type WatchedStore } from './store-shapes';

export type { WatchedStore };

export interface StoreAlarmsArgs {
  /** AWS region of the stores, e.g. `us-east-1`. */
  region: string;
  /** Topic of the same region that hears when an alarm goes off, and when it is over. */
  topicArn: pulumi.Input<string>;
  /** The topic of warnings. Default: the same. */
  warningTopicArn?: pulumi.Input<string>;
  /** The stores of the region. */
  stores: WatchedStore[];
  /** What to watch. Alarms of kinds that are not about stores are left aside. Names are unique. */
  alarms: Alarm[];
  tags?: Record<string, string>;
}

/**
 * CloudWatch alarms on what stores report of themselves: CPU and free storage of a database, how far its replicas are
 * behind, and the memory of a cache. One alarm for each store that can have it. A store that reports nothing (it is
 * stopped, or has just been made) is no alarm.
 *
 * Cost: 0.10 USD a month for each metric of an alarm.
 *
 * ```ts
 * new StoreAlarms('sv-sdk-prod-store-alarms-use1', {
 *   region: 'us-east-1', topicArn: topic.arn, stores: region.stores,
 *   alarms: [{ name: 'DatabaseCpu', kind: 'database-cpu', percent: 80, minutes: 5 }],
 * });
 * ```
 */
export class StoreAlarms extends pulumi.ComponentResource {
  readonly alarms: aws.cloudwatch.MetricAlarm[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: StoreAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const watched = alarmsOf(args.alarms, watchedKinds);
    refuseFaults('StoreAlarms', name, [...alarmFaults(watched, () => undefined), ...noStoreTwice(args.stores)]);
    super('stackladder:aws:StoreAlarms', name, {}, opts);
    this.alarms = watched.flatMap((alarm) => args.stores.flatMap((store) => this.watch(name, alarm, store, args)));
    this.registerOutputs({});
  }

  private watch(
    name: string,
    alarm: AlarmOf<(typeof watchedKinds)[number]>,
    store: WatchedStore,
    args: StoreAlarmsArgs,
  ): aws.cloudwatch.MetricAlarm[] {
    const shapes = storeShapes(alarm, store);
    const topic = severityOf(alarm) === 'warning' ? (args.warningTopicArn ?? args.topicArn) : args.topicArn;
    const severity = alarm.severity ? `${alarm.severity}: ` : '';
    return shapes.map(
      (shape, at) =>
        new aws.cloudwatch.MetricAlarm(
          nameOf('aws:cloudwatch/metricAlarm', name, alarm.name, store.name, ...(at > 0 ? [String(at + 1)] : [])),
          {
            ...shape,
            evaluationPeriods: alarm.minutes,
            datapointsToAlarm: alarm.minutes,
            treatMissingData: 'notBreaching',
            region: args.region,
            alarmDescription: `${severity}${alarm.summary ?? alarm.name} (${store.name})`,
            alarmActions: [topic],
            okActions: [topic],
            tags: args.tags,
          },
          { parent: this },
        ),
    );
  }
}

function noStoreTwice(stores: WatchedStore[]): Fault[] {
  const names = stores.map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  return twice.map((name) => must(false, 'stores', `"${name}" stands there more than once`));
}
