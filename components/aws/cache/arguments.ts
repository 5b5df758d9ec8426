import { evictionPolicies } from '../../valkey';
import type * as pulumi from '@pulumi/pulumi';
import type { Fault } from '../../faults';
import { must, oneOf, wholeNumber } from '../../faults';

export interface CacheReplicationGroupArgs {
  /** AWS region, e.g. `us-east-1`. Default: the provider's. A change replaces the cache and empties it. */
  region?: string;
  /** Network of the cache. A change replaces the security group. */
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least where there are replicas. */
  subnetIds: pulumi.Input<string>[];
  /** Security groups that may connect, by a name of the caller's own that stays the same. Nobody else can. */
  clientSecurityGroupIds: Record<string, pulumi.Input<string>>;
  /** Valkey version as major.minor, e.g. `8.0`. A higher one is applied in place; there is no way back down. */
  engineVersion: string;
  /** Size of every node, e.g. `cache.t3.micro`. Changed in place, shard by shard. */
  nodeType: string;
  /** Shards that share the keys, 1 to 90 (the default quota of nodes in a cluster). Changed in place, online. */
  shards: number;
  /** Replicas of each shard, 0 to 5 (ElastiCache's limit). Changed in place. */
  replicasPerShard: number;
  /** TCP port, e.g. 6379. **A change replaces the cache and empties it.** */
  port: number;
  /** What goes when memory is full, `maxmemory-policy`: `allkeys-lru` for copies, `noeviction` for what must stay. */
  evictionPolicy: string;
  /** Days that a daily snapshot is kept, 0 (none) to 35. */
  snapshotRetentionDays: number;
  /** Whether a last snapshot is made when the cache is deleted. */
  finalSnapshot: boolean;
  /** Days in which the deleted connection secret can be restored: 7 to 30, or 0 to remove it at once. */
  recoveryDays: number;
  /** Regions that get a copy of the connection secret. Default: none. */
  replicaRegions?: string[];
  /** KMS key for encryption at rest. Default: ElastiCache's own. **A change replaces the cache and empties it.** */
  kmsKeyId?: pulumi.Input<string>;
  /** Days that the engine's log and the slow log are kept. Default: they are not delivered. */
  logRetentionDays?: number;
  /** Pulumi's `protect` on the cache and its secret: a plan that would delete one fails. */
  protect: boolean;
  tags?: Record<string, string>;
}

/** Nodes that one cluster may have without a raised quota (ElastiCache quotas: nodes per cluster per instance type). */
const maxNodes = 90;

/** The part of a Valkey version that names its parameter group family: 8 of `8.0`. */
export function majorVersion(engineVersion: string): number {
  return Number(engineVersion.split('.')[0]);
}

export function faultsOf(args: CacheReplicationGroupArgs): Fault[] {
  const nodes = args.shards * (1 + args.replicasPerShard);
  const days = args.recoveryDays;
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
    // The first generations have neither snapshots nor cluster mode (ElastiCache: supported node types).
    must(!/^cache\.(t1|m1|m2|c1)\./.test(args.nodeType), 'nodeType', `${args.nodeType} cannot run in cluster mode`),
    wholeNumber('shards', args.shards, 1, maxNodes),
    wholeNumber('replicasPerShard', args.replicasPerShard, 0, 5),
    must(
      !(nodes > maxNodes),
      'shards',
      `${args.shards} × ${1 + args.replicasPerShard} are more than ${maxNodes} nodes`,
    ),
    wholeNumber('port', args.port, 1024, 65_535),
    oneOf('evictionPolicy', args.evictionPolicy, evictionPolicies),
    wholeNumber('snapshotRetentionDays', args.snapshotRetentionDays, 0, 35),
    must(
      days === 0 || (Number.isInteger(days) && days >= 7 && days <= 30),
      'recoveryDays',
      `${days} must be 0 or a whole number from 7 to 30`,
    ),
    must(args.subnetIds.length > 0, 'subnetIds', 'one subnet is needed at least'),
    must(
      args.replicasPerShard === 0 || args.subnetIds.length > 1,
      'subnetIds',
      'replicas need subnets in two zones at least',
    ),
    must(
      Object.keys(args.clientSecurityGroupIds).length > 0,
      'clientSecurityGroupIds',
      'a cache that nobody may reach is of no use',
    ),
  ];
}
