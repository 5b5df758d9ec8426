import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

export interface ReplicaScalingArgs {
  region: string;
  clusterIdentifier: pulumi.Input<string>;
  /** Readers that are always there. */
  min: number;
  max: number;
  /** Average CPU of the readers that is aimed at. */
  cpuPercent: number;
  tags?: Record<string, string>;
}

/** Seconds between two changes: what Application Auto Scaling itself takes for Aurora. */
const COOLDOWN = 300;

/**
 * Adds readers to an Aurora cluster and takes them away again, to keep their average CPU. Readers that it added are its
 * own: they are not in the stack, and those of the stack it never takes.
 *
 * Cost: none of its own; each reader costs its class.
 */
export class ReplicaScaling extends pulumi.ComponentResource {
  readonly target: aws.appautoscaling.Target;

  constructor(name: string, args: ReplicaScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:ReplicaScaling', name, {}, opts);
    const { region, min, max, cpuPercent, clusterIdentifier, tags } = args;
    this.target = new aws.appautoscaling.Target(
      nameOf('aws:appautoscaling', name),
      {
        region,
        serviceNamespace: 'rds',
        scalableDimension: 'rds:cluster:ReadReplicaCount',
        resourceId: pulumi.interpolate`cluster:${clusterIdentifier}`,
        minCapacity: min,
        maxCapacity: max,
        tags,
      },
      { parent: this },
    );
    new aws.appautoscaling.Policy(
      nameOf('aws:appautoscaling', name),
      {
        region,
        policyType: 'TargetTrackingScaling',
        serviceNamespace: this.target.serviceNamespace,
        scalableDimension: this.target.scalableDimension,
        resourceId: this.target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: 'RDSReaderAverageCPUUtilization' },
          targetValue: cpuPercent,
          scaleInCooldown: COOLDOWN,
          scaleOutCooldown: COOLDOWN,
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
