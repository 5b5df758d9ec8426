import * as pulumi from '@pulumi/pulumi';
import type { AccessLogBucket } from '../access-logs/access-log-bucket';
import type { GroupContext } from './arguments';
import { createLoadBalancer } from './load-balancer';
import { createLoadBalancerSecurityGroup } from './security-groups';

export interface RestingBalancerArgs {
  region: string;
  vpcId: pulumi.Input<string>;
  publicSubnetIds: pulumi.Input<string>[];
  idleTimeoutSeconds: number;
  accessLogs: AccessLogBucket;
  tags: Record<string, string>;
}

/**
 * What is left of a `LoadBalancedGroup` whose services have moved away: the balancer, without listeners and without
 * deletion protection. AWS deletes no balancer that is protected, and one update cannot both lift the protection of a
 * balancer and delete it, so it waits here for the next one. It has the type and the name of the group that it was.
 *
 * Cost: 0.0225 USD an hour, 16 USD a month, until it goes.
 */
export class RestingBalancer extends pulumi.ComponentResource {
  constructor(name: string, args: RestingBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:LoadBalancedGroup', name, {}, opts);
    const context: GroupContext = { name, region: args.region, tags: args.tags, parent: this };
    const securityGroup = createLoadBalancerSecurityGroup(context, args.vpcId);
    createLoadBalancer(context, { ...args, deletionProtection: false }, securityGroup, args.accessLogs);
    this.registerOutputs({});
  }
}
