import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { AccessLogBucket } from '../access-logs/access-log-bucket';
import { createOffHours } from '../scaling/off-hours';
import { createRules } from '../scaling/rules';
import { checkLoadBalancedGroupArgs } from './argument-faults';
import { complete, type CompleteArgs, type GroupContext, type LoadBalancedGroupArgs } from './arguments';
import { createInstanceRole } from './instance-role';
import { createLaunchTemplate } from './launch-template';
import { createListeners, createLoadBalancer, createTargetGroup } from './load-balancer';
import { createRateLimit } from './rate-limit';
import { createRollbackAlarm } from './rollback-alarm';
import { createScalingGroup } from './scaling-group';
import { createScalingPolicies } from './scaling-policies';
import { createRoutes } from './routing';
import { createSecurityGroups } from './security-groups';
import { waitedFor } from './waited-for';

export type { LoadBalancedGroupArgs } from './arguments';

/**
 * A service in a container on a scaling group of instances, behind a load balancer that speaks HTTPS.
 *
 * It creates the balancer with its listeners, target group and access logs, a rate limit by client address and a log of
 * what it refused, a launch template whose user data runs the container, the group over the zones of its private subnets
 * with a policy on CPU and one on memory or a guide's own rules, the instances' role, their security groups and log group,
 * and the alarm that stops a rolling replacement which goes wrong.
 *
 * A change of image, machine, variables or disk rolls through the instances in place; more subnets and other capacity
 * are taken up in place. When the alarm goes off, the refresh stops and the instances that are left of the old version
 * go on serving. Automatic rollback needs `imageId` (see there). The AWS provider also writes the new version into
 * the group before it starts the refresh, so a rollback goes no further back than that; to return to the old version,
 * set the old image and run `up`.
 *
 * Cost (us-east-1, 730 hours a month, two t3.large with 20 GiB in two zones): instances 2 × 0.0832 × 730 = 121.47, disks
 * 2 × 20 × 0.08 = 3.20, balancer 0.0225 × 730 = 16.43, one capacity unit 0.008 × 730 = 5.84, the balancer's two public
 * addresses 2 × 0.005 × 730 = 7.30, web ACL and rule 5 + 1 = 6.00 (and 0.60 per million requests): 160.24 USD a month.
 * On top, by use: logs at 0.50 per GB taken in, the agent's and the detailed metrics.
 *
 * ```ts
 * const api = new LoadBalancedGroup('pulse-prod-api-use1', {
 *   vpcId: network.vpcId, publicSubnetIds: network.publicSubnetIds, privateSubnetIds: network.privateSubnetIds,
 *   image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/pulse-api:1.4.2', port: 8081, machine: 't3.large',
 *   capacity: { min: 2, max: 10, desired: 2 },
 *   healthCheck: {
 *     path: '/health', intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 3,
 *     graceSeconds: 180,
 *   },
 *   scaling: { cpuPercent: 70, memoryPercent: 80 }, rateLimit: { requests: 100, windowSeconds: 60, status: 429 },
 *   logRetentionDays: 90, certificateArn: certificate.arn, environment: { PORT: '8081' }, secrets: { MONGO_URL: secret.arn },
 * }, { dependsOn: network.internetAccess });
 * ```
 */
export class LoadBalancedGroup extends pulumi.ComponentResource {
  readonly loadBalancer: aws.lb.LoadBalancer;
  readonly targetGroup: aws.lb.TargetGroup;
  readonly group: aws.autoscaling.Group;
  readonly launchTemplate: aws.ec2.LaunchTemplate;
  readonly role: aws.iam.Role;
  /** Worn by the instances, by this group's alone. */
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly loadBalancerSecurityGroup: aws.ec2.SecurityGroup;
  /** Undefined without a rate limit. */
  readonly webAcl?: aws.wafv2.WebAcl;
  /** Where the containers' output goes, a stream for each instance. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Where the balancer's access logs go. Undefined without them. */
  readonly accessLogs?: aws.s3.Bucket;
  readonly rollbackAlarm: aws.cloudwatch.MetricAlarm;
  /** The balancer's own DNS name and zone, for an alias record. */
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  /** What CloudWatch calls the balancer and the target group in its dimensions. */
  readonly loadBalancerSuffix: pulumi.Output<string>;
  readonly targetGroupSuffix: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, given: LoadBalancedGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = complete(given);
    checkLoadBalancedGroupArgs(name, args);
    super('stackladder:aws:LoadBalancedGroup', name, {}, opts);
    const context: GroupContext = { name, region: args.region, tags: args.tags, parent: this };

    const securityGroups = createSecurityGroups(context, args);
    const accessLogs = this.accessLogsOf(name, args, securityGroups.loadBalancer.ownerId);
    this.loadBalancer = createLoadBalancer(context, args, securityGroups.loadBalancer, accessLogs);
    this.targetGroup = createTargetGroup(context, args);
    const listeners = createListeners(context, this.loadBalancer, this.targetGroup, args.certificateArn);
    this.webAcl = args.rateLimit && createRateLimit(context, args.rateLimit, this.loadBalancer, args.logRetentionDays);

    this.logGroup = this.createLogGroup(context, args);
    const instances = createInstanceRole(context, args, this.logGroup);
    this.launchTemplate = createLaunchTemplate(context, args, {
      profile: instances.profile,
      securityGroup: securityGroups.instances,
      logGroup: this.logGroup,
    });
    this.rollbackAlarm = createRollbackAlarm(context, args, this.loadBalancer, this.targetGroup);
    this.group = createScalingGroup(context, args, {
      launchTemplate: this.launchTemplate,
      targetGroup: this.targetGroup,
      rollbackAlarm: this.rollbackAlarm,
      // The balancer checks a target group's health only once a listener leads to it.
      waitFor: [listeners.https, ...securityGroups.rules, ...instances.policies, ...waitedFor(opts)],
    });
    this.createScaling(context, args);
    createRoutes(context, args.routing, listeners.https, this.targetGroup);

    this.role = instances.role;
    this.securityGroup = securityGroups.instances;
    this.loadBalancerSecurityGroup = securityGroups.loadBalancer;
    this.accessLogs = accessLogs?.bucket;
    this.dnsName = this.loadBalancer.dnsName;
    this.zoneId = this.loadBalancer.zoneId;
    this.loadBalancerSuffix = this.loadBalancer.arnSuffix;
    this.targetGroupSuffix = this.targetGroup.arnSuffix;
    this.registerOutputs({ dnsName: this.dnsName, zoneId: this.zoneId, groupName: this.group.name });
  }

  /** A guide's rules where there are some, averages otherwise: never both. */
  private createScaling(context: GroupContext, args: CompleteArgs): void {
    const { group, loadBalancer, targetGroup } = this;
    if (args.scalingRules) {
      const balancer = { loadBalancerSuffix: loadBalancer.arnSuffix, targetGroupSuffix: targetGroup.arnSuffix };
      createRules(context, args.scalingRules, group, { groupName: group.name, balancer });
    } else {
      createScalingPolicies(context, args.scaling, group);
    }
    if (args.offHours) createOffHours(context, args.offHours, args.capacity, group);
  }

  private accessLogsOf(
    name: string,
    { region, accessLogs, keepLogs, logRetentionDays, tags }: CompleteArgs,
    accountId: pulumi.Output<string>,
  ): AccessLogBucket | undefined {
    if (accessLogs === false) return undefined;
    if (accessLogs instanceof AccessLogBucket) return accessLogs;
    return new AccessLogBucket(
      `${name}-access-logs`,
      { region, accountId, retentionDays: logRetentionDays, keep: keepLogs ?? true, tags },
      { parent: this },
    );
  }

  private createLogGroup({ name, region, tags }: GroupContext, args: CompleteArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      nameOf('aws:cloudwatch/logGroup', name),
      { region, retentionInDays: args.logRetentionDays, tags },
      { parent: this },
    );
  }
}
