import type * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { AlarmOf } from '../../alarms';
import { agentNamespace, groupDimension, memoryMetric } from '../load-balanced-group/cloudwatch-agent';

/** What a service's own balancer and instances can tell. */
export const serviceKinds = ['error-rate', 'latency', 'database-down', 'cpu', 'memory', 'disk-free'] as const;

export type ServiceAlarm = AlarmOf<(typeof serviceKinds)[number]>;

/** Load balancer, target group and scaling group, as CloudWatch names them in its dimensions. */
export interface WatchedService {
  /** `app/name/id`, the end of the load balancer's ARN. */
  loadBalancerSuffix: pulumi.Input<string>;
  /** `targetgroup/name/id`, the end of the target group's ARN. */
  targetGroupSuffix: pulumi.Input<string>;
  /** Name of the scaling group. */
  groupName: pulumi.Input<string>;
}

const namespace = 'AWS/ApplicationELB';
/** What the agent calls the percentage of a disk that is used. */
const diskMetric = 'disk_used_percent';
/** Seconds; load balancers report once a minute. */
const period = 60;

/** The part of an alarm that says when it goes off. Pure: names, actions and tags are the component's. */
export function alarmShape(alarm: ServiceAlarm, service: WatchedService): aws.cloudwatch.MetricAlarmArgs {
  const lasting = { evaluationPeriods: alarm.minutes, datapointsToAlarm: alarm.minutes };
  switch (alarm.kind) {
    case 'error-rate':
      return { ...errorRate(service), ...lasting, threshold: alarm.percent };
    case 'latency':
      return { ...latency(service, alarm.percentile), ...lasting, threshold: alarm.seconds };
    case 'database-down':
      return { ...noHealthyTarget(service), ...lasting };
    case 'cpu':
      return { ...ofGroup(service, 'AWS/EC2', 'CPUUtilization', 'Average'), ...lasting, threshold: alarm.percent };
    case 'memory':
      return { ...ofGroup(service, agentNamespace, memoryMetric, 'Average'), ...lasting, threshold: alarm.percent };
    case 'disk-free':
      // The fullest disk counts, and the agent tells what is used.
      return {
        ...ofGroup(service, agentNamespace, diskMetric, 'Maximum'),
        ...lasting,
        threshold: 100 - alarm.percent,
      };
  }
}

/**
 * Percent of requests that ended in a 5xx, of the service or of the load balancer in its stead. Requests that found no
 * target at all are counted as errors but not as requests, hence the larger of the two below the line: a service that
 * is gone altogether shows 100 %, not nothing.
 */
export const errorRateExpression = 'IF(requests + errors > 0, 100 * errors / MAX([requests, errors]), 0)';

function ofGroup(
  { groupName }: WatchedService,
  of: string,
  metricName: string,
  statistic: string,
): aws.cloudwatch.MetricAlarmArgs {
  return {
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching', // out of hours there is no instance
    namespace: of,
    metricName,
    dimensions: { [groupDimension]: groupName },
    statistic,
    period,
  };
}

function errorRate(service: WatchedService): aws.cloudwatch.MetricAlarmArgs {
  const balancer = { LoadBalancer: service.loadBalancerSuffix };
  const target = { ...balancer, TargetGroup: service.targetGroupSuffix };
  const sum = (id: string, metricName: string, dimensions: Record<string, pulumi.Input<string>>) => ({
    id,
    metric: { namespace, metricName, dimensions, period, stat: 'Sum' },
  });
  return {
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching', // nobody asked, so nothing failed
    metricQueries: [
      { id: 'rate', expression: errorRateExpression, label: 'Errors in percent', returnData: true },
      { id: 'requests', expression: 'FILL(counted, 0)' },
      { id: 'errors', expression: 'FILL(service5xx, 0) + FILL(balancer5xx, 0)' },
      sum('counted', 'RequestCount', target),
      sum('service5xx', 'HTTPCode_Target_5XX_Count', target),
      sum('balancer5xx', 'HTTPCode_ELB_5XX_Count', balancer),
    ],
  };
}

function latency(service: WatchedService, percentile: number): aws.cloudwatch.MetricAlarmArgs {
  return {
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    namespace,
    metricName: 'TargetResponseTime',
    dimensions: { LoadBalancer: service.loadBalancerSuffix, TargetGroup: service.targetGroupSuffix },
    extendedStatistic: `p${percentile}`,
    period,
  };
}

function noHealthyTarget(service: WatchedService): aws.cloudwatch.MetricAlarmArgs {
  return {
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    treatMissingData: 'breaching', // the metric is there as long as a target is registered
    namespace,
    metricName: 'HealthyHostCount',
    dimensions: { LoadBalancer: service.loadBalancerSuffix, TargetGroup: service.targetGroupSuffix },
    statistic: 'Maximum', // over the zones: one healthy target anywhere is enough
    period,
  };
}
