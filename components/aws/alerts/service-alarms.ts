import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Alarm, alarmFaults } from '../../alarms';
import { type Fault, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { alarmShape } from './alarm-shapes';

export type { Alarm };

export interface ServiceAlarmsArgs {
  /** AWS region of the load balancer, e.g. `us-east-1`. Default: the provider's. */
  region?: string;
  /** Topic of the same region that hears when an alarm goes off, and when it is over. */
  topicArn: pulumi.Input<string>;
  /** `app/name/id`, the end of the load balancer's ARN. */
  loadBalancerSuffix: pulumi.Input<string>;
  /** `targetgroup/name/id`, the end of the target group's ARN. */
  targetGroupSuffix: pulumi.Input<string>;
  /** What to watch. Names are unique. */
  alarms: Alarm[];
  tags?: Record<string, string>;
}

/**
 * CloudWatch alarms on what a load balancer sees of a service:
 * - `error-rate`: percent of requests that ended in a 5xx, in each of so many minutes;
 * - `latency`: a percentile of the response time in seconds, in each of so many minutes;
 * - `database-down`: no healthy target in so many minutes. It means the database for a service whose health check
 *   answers 503 when the database does not answer, which then fails on every target at once. That is a view from
 *   outside: the database's own alert (`DatabaseAlert` of Atlas) is sharper, and this one also goes off when the service
 *   is gone for another reason.
 *
 * Cost: 0.10 USD a month for each metric of an alarm. One of each kind: 3 + 1 + 1 metrics × 0.10 = 0.50 USD.
 *
 * ```ts
 * new ServiceAlarms('pulse-prod-api-alarms', {
 *   topicArn: topic.arn, loadBalancerSuffix: api.loadBalancerSuffix, targetGroupSuffix: api.targetGroupSuffix,
 *   alarms: [{ name: 'HighErrorRate', kind: 'error-rate', percent: 5, minutes: 5 }],
 * });
 * ```
 */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** The alarms by name. */
  readonly alarms: Record<string, aws.cloudwatch.MetricAlarm>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ServiceAlarms', name, alarmFaults(args.alarms, percentileFault));
    super('stackladder:aws:ServiceAlarms', name, {}, opts);
    this.alarms = Object.fromEntries(args.alarms.map((alarm) => [alarm.name, this.createAlarm(name, alarm, args)]));
    this.registerOutputs({});
  }

  private createAlarm(name: string, alarm: Alarm, args: ServiceAlarmsArgs): aws.cloudwatch.MetricAlarm {
    return new aws.cloudwatch.MetricAlarm(
      nameOf('aws:cloudwatch/metricAlarm', name, alarm.name),
      {
        ...alarmShape(alarm, args),
        region: args.region,
        alarmDescription: alarm.summary ?? alarm.name,
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function percentileFault(path: string, percentile: number): Fault {
  return must(percentile > 0 && percentile < 100, path, `${percentile} must be between 0 and 100`);
}
