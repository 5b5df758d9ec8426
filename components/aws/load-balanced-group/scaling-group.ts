import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { ownedByOffHours } from '../scaling/off-hours';
import type { GroupContext, CompleteArgs } from './arguments';

/**
 * The instances, spread over the zones and replaced when the balancer finds them unhealthy. A new version of the
 * template rolls through them: new ones come first, up to half as many again, and only then old ones go.
 *
 * @param waitFor what an instance needs before it can start and serve
 */
export function createScalingGroup(
  context: GroupContext,
  args: CompleteArgs,
  parts: {
    launchTemplate: aws.ec2.LaunchTemplate;
    targetGroup: aws.lb.TargetGroup;
    rollbackAlarm: aws.cloudwatch.MetricAlarm;
    waitFor: pulumi.Input<pulumi.Resource>[];
  },
): aws.autoscaling.Group {
  const { name, region, tags, parent } = context;
  const { capacity, healthCheck } = args;
  return new aws.autoscaling.Group(
    nameOf('aws:autoscaling/group', name),
    {
      region,
      vpcZoneIdentifiers: args.privateSubnetIds,
      minSize: capacity.min,
      maxSize: capacity.max,
      desiredCapacity: capacity.desired,
      launchTemplate: {
        id: parts.launchTemplate.id,
        // The number, never $Latest: with that the group would not change, and no refresh would start.
        version: pulumi.interpolate`${parts.launchTemplate.latestVersion}`,
      },
      targetGroupArns: [parts.targetGroup.arn],
      healthCheckType: 'ELB',
      healthCheckGracePeriod: healthCheck.graceSeconds,
      defaultInstanceWarmup: healthCheck.graceSeconds,
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 150,
          instanceWarmup: String(healthCheck.graceSeconds),
          skipMatching: true,
          alarmSpecification: { alarms: [parts.rollbackAlarm.name] },
          autoRollback: canRollBack(args.imageId),
        },
      },
      terminationPolicies: ['OldestLaunchTemplate', 'OldestInstance'],
      metricsGranularity: '1Minute',
      enabledMetrics: [
        'GroupMinSize',
        'GroupMaxSize',
        'GroupDesiredCapacity',
        'GroupInServiceInstances',
        'GroupPendingInstances',
        'GroupTerminatingInstances',
        'GroupTotalInstances',
      ],
      // The first `up` fails where the service never answers its health check, instead of passing with a dead group.
      minElbCapacity: capacity.steady === false ? undefined : capacity.min,
      waitForCapacityTimeout: waitFor(capacity),
      tags: Object.entries({ ...tags, Name: name }).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    { parent, ignoreChanges: args.offHours ? ownedByOffHours : ['desiredCapacity'], dependsOn: parts.waitFor },
  );
}

/** How long the provider waits for instances after a change; zero is not at all. */
export function waitFor({ steady = true }: { steady?: boolean }): string {
  return steady ? '15m' : '0s';
}

/**
 * EC2 Auto Scaling refuses automatic rollback where the template names its image by a parameter ("Undo changes with a
 * rollback" of its guide).
 */
function canRollBack(imageId: pulumi.Input<string> | undefined): boolean {
  return imageId !== undefined && !(typeof imageId === 'string' && imageId.startsWith('resolve:'));
}
