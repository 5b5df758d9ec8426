import type * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { Alarm } from '../../alarms';

/** Which load balancer and target group, as CloudWatch names them in its dimensions. */
export interface WatchedService {
  /** `app/name/id`, the end of the load balancer's ARN. */
  loadBalancerSuffix: pulumi.Input<string>;
  /** `targetgroup/name/id`, the end of the target group's ARN. */
  targetGroupSuffix: pulumi.Input<string>;
}

const namespace = 'AWS/ApplicationELB';
/** Seconds; load balancers report once a minute. */
const period = 60;

/** The part of an alarm that says when it goes off. Pure: names, actions and tags are the component's. */
export function alarmShape(alarm: Alarm, service: WatchedService): aws.cloudwatch.MetricAlarmArgs {
  const lasting = { evaluationPeriods: alarm.minutes, datapointsToAlarm: alarm.minutes };
  switch (alarm.kind) {
    case 'error-rate':
      return { ...errorRate(service), ...lasting, threshold: alarm.percent };
    case 'latency':
      return { ...latency(service, alarm.percentile), ...lasting, threshold: alarm.seconds };
    case 'database-down':
      return { ...noHealthyTarget(service), ...lasting };
  }
}

/**
 * Percent of requests that ended in a 5xx, of the service or of the load balancer in its stead. Requests that found no
 * target at all are counted as errors but not as requests, hence the larger of the two below the line: a service that
 * is gone altogether shows 100 %, not nothing.
 */
export const errorRateExpression = 'IF(requests + errors > 0, 100 * errors / MAX([requests, errors]), 0)';

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
