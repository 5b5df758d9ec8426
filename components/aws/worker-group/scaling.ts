import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { GroupContext } from '../load-balanced-group/arguments';
import { depthMetric, queueDimension } from '../scaling/queue-metrics';
import { createRules } from '../scaling/rules';
import type { WorkerGroupArgs } from './arguments';

/** What changes the group's size: one target, or a guide's rules. Never both. */
export function createQueueScaling(context: GroupContext, args: WorkerGroupArgs, group: aws.autoscaling.Group): void {
  const { scaling, queue, namespace } = args;
  if (scaling.kind === 'rules') {
    createRules(context, scaling, group, { groupName: group.name, queue: { namespace, name: queue.name } });
    return;
  }
  // As an HPA on an external metric of type Value: the group grows by as much as the queue is above the target.
  new aws.autoscaling.Policy(
    nameOf('aws:autoscaling/policy', context.name, 'queue'),
    {
      region: context.region,
      autoscalingGroupName: group.name,
      policyType: 'TargetTrackingScaling',
      estimatedInstanceWarmup: scaling.cooldownSeconds,
      targetTrackingConfiguration: {
        targetValue: scaling.jobs,
        customizedMetricSpecification: {
          namespace,
          metricName: depthMetric,
          metricDimensions: [{ name: queueDimension, value: queue.name }],
          statistic: 'Average',
        },
      },
    },
    { parent: context.parent },
  );
}
