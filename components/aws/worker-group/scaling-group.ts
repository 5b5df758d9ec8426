import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext } from '../load-balanced-group/arguments';
import { waitFor } from '../load-balanced-group/scaling-group';
import { ownedByOffHours } from '../scaling/off-hours';
import type { WorkerGroupArgs } from './arguments';
import { sameSize } from './machines';

/** Of those that may be taken back; one stays whatever happens, so that the queue always moves. */
const SURE_INSTANCES = 1;
/** Seconds until a new worker takes jobs: its boot and the image. Until then its load does not count. */
const WARM_UP = 120;

/** The workers, spread over the zones. Nobody checks them from outside; EC2 replaces a machine that is broken. */
export function createWorkerScalingGroup(
  { name, region, tags, parent }: GroupContext,
  args: WorkerGroupArgs,
  launchTemplate: aws.ec2.LaunchTemplate,
  needed: pulumi.Input<pulumi.Resource>[],
): aws.autoscaling.Group {
  const { min, max, desired } = args.capacity;
  return new aws.autoscaling.Group(
    nameOf('aws:autoscaling/group', name),
    {
      region,
      vpcZoneIdentifiers: args.privateSubnetIds,
      minSize: min,
      maxSize: max,
      desiredCapacity: desired,
      ...machines(args, launchTemplate),
      healthCheckType: 'EC2',
      defaultInstanceWarmup: WARM_UP,
      instanceRefresh: {
        strategy: 'Rolling',
        // New ones come first; old ones go when their jobs have ended.
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150, skipMatching: true },
      },
      terminationPolicies: ['OldestLaunchTemplate', 'OldestInstance'],
      metricsGranularity: '1Minute',
      enabledMetrics: [
        'GroupDesiredCapacity',
        'GroupInServiceInstances',
        'GroupPendingInstances',
        'GroupTerminatingInstances',
      ],
      waitForCapacityTimeout: waitFor(args.capacity),
      tags: Object.entries({ ...tags, Name: name }).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    { parent, ignoreChanges: args.offHours ? ownedByOffHours : ['desiredCapacity'], dependsOn: needed },
  );
}

/** One machine, or several of its size where capacity is spare: where most is left, the least is taken back. */
function machines(
  { spot, machine }: WorkerGroupArgs,
  template: aws.ec2.LaunchTemplate,
): Pick<aws.autoscaling.GroupArgs, 'launchTemplate' | 'mixedInstancesPolicy' | 'capacityRebalance'> {
  // The number, never $Latest: with that the group would not change, and no refresh would start.
  const version = pulumi.interpolate`${template.latestVersion}`;
  if (!spot) return { launchTemplate: { id: template.id, version } };
  return {
    // A replacement comes before capacity that is at risk goes, and what goes has its drain time.
    capacityRebalance: true,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version },
        overrides: sameSize(machine).map((instanceType) => ({ instanceType })),
      },
      instancesDistribution: {
        onDemandBaseCapacity: SURE_INSTANCES,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: 'capacity-optimized',
      },
    },
  };
}
