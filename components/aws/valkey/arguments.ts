import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, wholeNumber } from '../../faults';
import { recoveryWindow } from '../secrets/recovery-window';

/** What every Valkey of ElastiCache is given, whether it is a cache or a broker. */
export interface ValkeyArgs {
  /** AWS region, e.g. `us-east-1`. Default: the provider's. **A change replaces the store and empties it.** */
  region?: string;
  /** Network of the store. A change replaces the security group. */
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least where there are replicas. */
  subnetIds: pulumi.Input<string>[];
  /** Security groups that may connect, by a name of the caller's own that stays the same. Nobody else can. */
  clientSecurityGroupIds: Record<string, pulumi.Input<string>>;
  /** Valkey version as major.minor, e.g. `8.0`. A higher one is applied in place; there is no way back down. */
  engineVersion: string;
  /** Size of every node, e.g. `cache.t3.micro`. Changed in place. */
  nodeType: string;
  /** TCP port, e.g. 6379. **A change replaces the store and empties it.** */
  port: number;
  /** Days that a daily snapshot is kept, 0 (none) to 35. */
  snapshotRetentionDays: number;
  /** Whether a last snapshot is made when the store is deleted. */
  finalSnapshot: boolean;
  /** Days in which the deleted connection secret can be restored: 7 to 30, or 0 to remove it at once. */
  recoveryDays: number;
  /** Pulumi's `protect` on the store and its secret: a plan that would delete one fails. */
  protect: boolean;
  tags?: Record<string, string>;
}

/** The part of a Valkey version that names its parameter group family: 8 of `8.0`. */
export function majorVersion(engineVersion: string): number {
  return Number(engineVersion.split('.')[0]);
}

/** Faults of what a cache and a broker have in common. `replicas` of one primary need a second subnet. */
export function valkeyFaults(args: ValkeyArgs, replicas: number): Fault[] {
  return [
    must(
      /^(7\.2|[89]\.\d+)$/.test(args.engineVersion),
      'engineVersion',
      `"${args.engineVersion}" must be a Valkey version that ElastiCache has, e.g. 8.0`,
    ),
    must(
      /^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(args.nodeType),
      'nodeType',
      `"${args.nodeType}" must look like cache.t3.micro`,
    ),
    wholeNumber('port', args.port, 1024, 65_535),
    wholeNumber('snapshotRetentionDays', args.snapshotRetentionDays, 0, 35),
    recoveryWindow('recoveryDays', args.recoveryDays),
    must(args.subnetIds.length > 0, 'subnetIds', 'one subnet is needed at least'),
    must(replicas === 0 || args.subnetIds.length !== 1, 'subnetIds', 'replicas need subnets in two zones at least'),
    must(
      Object.keys(args.clientSecurityGroupIds).length > 0,
      'clientSecurityGroupIds',
      'a store that nobody may reach is of no use',
    ),
  ];
}
