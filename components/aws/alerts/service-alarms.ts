import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Alarm, alarmFaults, alarmsOf } from '../../alarms';
import { type Fault, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { alarmShape, type ServiceAlarm, serviceKinds, type WatchedService } from './alarm-shapes';
import { descriptionOf, type Topics, topicOf } from './topics';

export type { Alarm };

export interface ServiceAlarmsArgs extends WatchedService {
  /** AWS region of the load balancer, e.g. `us-east-1`. Default: the provider's. */
  region?: string;
  /** Topics of the same region that hear when an alarm goes off, and when it is over. */
  topics: Topics;
  /** What to watch; alarms about other things are left aside. Names are unique. */
  alarms: Alarm[];
  tags?: Record<string, string>;
}

/**
 * CloudWatch alarms on a service, by its load balancer and its instances:
 * - `error-rate`: percent of requests that ended in a 5xx, in each of so many minutes;
 * - `latency`: a percentile of the response time in seconds, in each of so many minutes;
 * - `database-down`: no healthy target in so many minutes. It means the database for a service whose health check
 *   answers 503 when the database does not answer, which then fails on every target at once. That is a view from
 *   outside: the database's own alert (`DatabaseAlert` of Atlas) is sharper, and this one also goes off when the service
 *   is gone for another reason;
 * - `cpu` and `memory`: the average of the instances, in percent; `disk-free`: the fullest disk among them.
 *
 * Warnings and critical alarms go to topics of their own.
 *
 * Cost: 0.10 USD a month for each metric of an alarm. One of each kind: 3 + 1 + 1 metrics × 0.10 = 0.50 USD.
 *
 * ```ts
 * new ServiceAlarms('pulse-prod-api-alarms', {
 *   topics: { critical: topic.arn }, groupName: api.group.name, loadBalancerSuffix: api.loadBalancerSuffix, targetGroupSuffix: api.targetGroupSuffix,
 *   alarms: [{ name: 'HighErrorRate', kind: 'error-rate', percent: 5, minutes: 5 }],
 * });
 * ```
 */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** The alarms by name. */
  readonly alarms: Record<string, aws.cloudwatch.MetricAlarm>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const alarms = alarmsOf(args.alarms, serviceKinds);
    refuseFaults('ServiceAlarms', name, alarmFaults(alarms, percentileFault));
    super('stackladder:aws:ServiceAlarms', name, {}, opts);
    this.alarms = Object.fromEntries(alarms.map((alarm) => [alarm.name, this.createAlarm(name, alarm, args)]));
    this.registerOutputs({});
  }

  private createAlarm(name: string, alarm: ServiceAlarm, args: ServiceAlarmsArgs): aws.cloudwatch.MetricAlarm {
    return new aws.cloudwatch.MetricAlarm(
      nameOf('aws:cloudwatch/metricAlarm', name, alarm.name),
      {
        ...alarmShape(alarm, args),
        region: args.region,
        alarmDescription: descriptionOf(alarm),
        alarmActions: [topicOf(alarm, args.topics)],
        okActions: [topicOf(alarm, args.topics)],
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function percentileFault(path: string, percentile: number): Fault {
  return must(percentile > 0 && percentile < 100, path, `${percentile} must be between 0 and 100`);
}
