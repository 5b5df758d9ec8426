import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext } from '../load-balanced-group/arguments';
import { createInstanceRole } from '../load-balanced-group/instance-role';
import { createLaunchTemplate } from '../load-balanced-group/launch-template';
import { createOutgoingGroup } from '../load-balanced-group/security-groups';
import { waitedFor } from '../load-balanced-group/waited-for';
import { createOffHours } from '../scaling/off-hours';
import { checkWorkerGroupArgs, type WorkerGroupArgs } from './arguments';
import { createQueueScaling } from './scaling';
import { createWorkerScalingGroup } from './scaling-group';

export type { WorkerGroupArgs } from './arguments';

/** The name of the hook, within its group. */
const DRAIN_HOOK = 'drain';
/** Seconds for what comes after the job: the container's end, and saying so. */
const AFTER_JOB = 60;

/**
 * Instances that take jobs from a queue, in a scaling group of their own. Nothing leads to them, and their security group
 * lets nobody in.
 *
 * The group grows and shrinks with the queue. An instance that is to leave keeps its running job: Auto Scaling holds it
 * (a lifecycle hook) until the container has stopped or `drainSeconds` are over. With `spot` all but one run on spare
 * capacity, of several machine types of one size; what AWS takes back has two minutes for its job.
 *
 * Cost (us-east-1, 730 hours a month): on demand n × price × 730, e.g. two r5.large 2 × 0.126 × 730 = 183.96 USD, disks
 * 2 × 30 × 0.08 = 4.80. Spot is 60 to 70 % less for all but the first. Queue metrics 0.30 USD a month for each metric of a
 * queue, alarms 0.10 USD for each metric that they look at, and logs by use.
 *
 * ```ts
 * const workers = new WorkerGroup('mercenary-prod-celery-use1', {
 *   vpcId: network.vpcId, privateSubnetIds: network.privateSubnetIds, image, command: ['celery', '-A', 'app', 'worker'],
 *   machine: 'r5.large', capacity: { min: 2, max: 10, desired: 2 }, queue, namespace: queueNamespace('mercenary-prod'),
 *   scaling: { kind: 'target', jobs: 1000, cooldownSeconds: 300 }, spot: true, drainSeconds: 600, diskGb: 30,
 *   environment: {}, secrets: { BROKER_URL: broker.arn }, logRetentionDays: 90,
 * }, { dependsOn: network.internetAccess });
 * ```
 */
export class WorkerGroup extends pulumi.ComponentResource {
  readonly group: aws.autoscaling.Group;
  readonly launchTemplate: aws.ec2.LaunchTemplate;
  readonly role: aws.iam.Role;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly securityGroup: aws.ec2.SecurityGroup;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: WorkerGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    checkWorkerGroupArgs(name, args);
    super('stackladder:aws:WorkerGroup', name, {}, opts);
    const { region, tags } = args;
    const context: GroupContext = { name, region, tags, parent: this };

    const network = createOutgoingGroup(context, args.vpcId);
    this.securityGroup = network.group;
    this.logGroup = new aws.cloudwatch.LogGroup(
      nameOf('aws:cloudwatch/logGroup', name),
      { region, retentionInDays: args.logRetentionDays, tags },
      { parent: this },
    );
    const instances = createInstanceRole(context, args, this.logGroup);
    this.role = instances.role;
    this.launchTemplate = createLaunchTemplate(context, args, {
      profile: instances.profile,
      securityGroup: network.group,
      logGroup: this.logGroup,
      drainHook: DRAIN_HOOK,
    });
    this.group = createWorkerScalingGroup(context, args, this.launchTemplate, [
      network.rule,
      ...instances.policies,
      ...waitedFor(opts),
    ]);
    this.createDrainHook(context, args);
    createQueueScaling(context, args, this.group);
    if (args.offHours) createOffHours(context, args.offHours, args.capacity, this.group);
    this.registerOutputs({ groupName: this.group.name });
  }

  /** Holds a leaving instance, and lets it say itself when its job has ended. Nobody waits for one that is broken. */
  private createDrainHook({ name, region, parent }: GroupContext, { drainSeconds }: WorkerGroupArgs): void {
    new aws.autoscaling.LifecycleHook(
      nameOf('aws:autoscaling/policy', name, DRAIN_HOOK),
      {
        region,
        name: DRAIN_HOOK,
        autoscalingGroupName: this.group.name,
        lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        heartbeatTimeout: drainSeconds + AFTER_JOB,
        defaultResult: 'CONTINUE',
      },
      { parent },
    );
    new aws.iam.RolePolicy(
      nameOf('aws:iam/policy', name, DRAIN_HOOK),
      {
        role: this.role.name,
        policy: this.group.arn.apply((arn) =>
          JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Sid: 'Leave', Effect: 'Allow', Action: 'autoscaling:CompleteLifecycleAction', Resource: arn },
            ],
          }),
        ),
      },
      { parent },
    );
  }
}
