import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Alarm, alarmFaults, alarmsOf } from '../../alarms';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { depthMetric, queueDimension } from '../scaling/queue-metrics';
import { descriptionOf, type Topics, topicOf } from './topics';

export interface QueueAlarmsArgs {
  /** AWS region of the workers, e.g. `us-east-1`. */
  region: string;
  /** Namespace that the workers measure to (`queueNamespace`). */
  namespace: string;
  topics: Topics;
  /** What to watch; alarms about other things are left aside. Names are unique. */
  alarms: Alarm[];
  tags?: Record<string, string>;
}

/**
 * CloudWatch alarms on how much waits in queues. The workers measure, once a minute; out of hours, when there are none,
 * nothing is measured and nothing goes off.
 *
 * Cost: 0.10 USD a month for each alarm.
 *
 * ```ts
 * new QueueAlarms('sv-sdk-prod-queues', {
 *   region: 'us-east-1', namespace: queueNamespace('sv-sdk-prod'), topics: { critical: topic.arn },
 *   alarms: [{ name: 'EmailQueueDepth', kind: 'queue-depth', queue: 'email', jobs: 10_000, minutes: 5 }],
 * });
 * ```
 */
export class QueueAlarms extends pulumi.ComponentResource {
  readonly alarms: aws.cloudwatch.MetricAlarm[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: QueueAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const alarms = alarmsOf(args.alarms, ['queue-depth']);
    refuseFaults(
      'QueueAlarms',
      name,
      alarmFaults(alarms, () => undefined),
    );
    super('stackladder:aws:QueueAlarms', name, {}, opts);
    this.alarms = alarms.map(
      (alarm) =>
        new aws.cloudwatch.MetricAlarm(
          nameOf('aws:cloudwatch/metricAlarm', name, alarm.name),
          {
            region: args.region,
            alarmDescription: descriptionOf(alarm),
            namespace: args.namespace,
            metricName: depthMetric,
            dimensions: { [queueDimension]: alarm.queue },
            statistic: 'Maximum',
            period: 60,
            comparisonOperator: 'GreaterThanThreshold',
            threshold: alarm.jobs,
            evaluationPeriods: alarm.minutes,
            datapointsToAlarm: alarm.minutes,
            treatMissingData: 'notBreaching',
            alarmActions: [topicOf(alarm, args.topics)],
            okActions: [topicOf(alarm, args.topics)],
            tags: args.tags,
          },
          { parent: this },
        ),
    );
    this.registerOutputs({});
  }
}
