import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { GroupContext, CompleteArgs } from './arguments';

/** The guide's threshold for errors, in percent of all requests; two bad minutes of three stop a refresh. */
const errorPercent = 5;

/**
 * Goes off when too many of the instances' answers are errors (5xx). An instance refresh watches it and stops. It is
 * quiet where there are no requests.
 */
export function createRollbackAlarm(
  context: GroupContext,
  args: CompleteArgs,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroup: aws.lb.TargetGroup,
): aws.cloudwatch.MetricAlarm {
  const { name, region, tags, parent } = context;
  const perMinute = (metricName: string) => ({
    namespace: 'AWS/ApplicationELB',
    metricName,
    dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
    stat: 'Sum',
    period: 60,
  });
  return new aws.cloudwatch.MetricAlarm(
    nameOf('aws:cloudwatch/metricAlarm', name, 'rollback'),
    {
      region,
      alarmDescription: `More than ${errorPercent} % of the answers of ${name} are errors; an instance refresh stops`,
      metricQueries: [
        { id: 'errors', metric: perMinute('HTTPCode_Target_5XX_Count') },
        { id: 'requests', metric: perMinute('RequestCount') },
        {
          id: 'percent',
          // A minute without an error has no data point of errors at all.
          expression: '100 * FILL(errors, 0) / requests',
          label: 'Errors in percent of requests',
          returnData: true,
        },
      ],
      comparisonOperator: 'GreaterThanThreshold',
      threshold: errorPercent,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      alarmActions: args.alarmTopicArn === undefined ? [] : [args.alarmTopicArn],
      tags,
    },
    { parent },
  );
}
