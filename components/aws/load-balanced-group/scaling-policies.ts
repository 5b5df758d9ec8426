import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { GroupContext, CompleteArgs } from './arguments';
import { agentNamespace, groupDimension, memoryMetric } from './cloudwatch-agent';

export interface ScalingPolicies {
  cpu: aws.autoscaling.Policy;
  memory: aws.autoscaling.Policy;
}

/**
 * Keeps CPU and memory near their targets. Where a group has several target-tracking policies, AWS adds instances as
 * soon as one asks for it and removes them only when all agree (EC2 Auto Scaling guide, "Multiple dynamic scaling
 * policies"), so neither can shrink the group while the other is busy.
 */
export function createScalingPolicies(
  context: GroupContext,
  scaling: CompleteArgs['scaling'],
  group: aws.autoscaling.Group,
): ScalingPolicies {
  const { name, region, parent } = context;
  const policy = (
    part: string,
    targetTrackingConfiguration: aws.types.input.autoscaling.PolicyTargetTrackingConfiguration,
  ) =>
    new aws.autoscaling.Policy(
      nameOf('aws:autoscaling/policy', name, part),
      {
        region,
        autoscalingGroupName: group.name,
        policyType: 'TargetTrackingScaling',
        targetTrackingConfiguration,
      },
      { parent },
    );
  return {
    cpu: policy('cpu', {
      predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
      targetValue: scaling.cpuPercent,
    }),
    memory: policy('memory', {
      customizedMetricSpecification: {
        namespace: agentNamespace,
        metricName: memoryMetric,
        metricDimensions: [{ name: groupDimension, value: group.name }],
        statistic: 'Average',
      },
      targetValue: scaling.memoryPercent,
    }),
  };
}
