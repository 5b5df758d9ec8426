import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import { evictionPolicies } from '../../valkey';
import { type ValkeyArgs, valkeyFaults } from '../valkey/arguments';

export interface CacheReplicationGroupArgs extends ValkeyArgs {
  /** Shards that share the keys, 1 to 90 (the default quota of nodes in a cluster). Changed in place, online. */
  shards: number;
  /** Replicas of each shard, 0 to 5 (ElastiCache's limit). Changed in place. */
  replicasPerShard: number;
  /** What goes when memory is full, `maxmemory-policy`: `allkeys-lru` for copies, `noeviction` for what must stay. */
  evictionPolicy: string;
  /** Regions that get a copy of the connection secret. Default: none. */
  replicaRegions?: string[];
  /** KMS key for encryption at rest. Default: ElastiCache's own. **A change replaces the cache and empties it.** */
  kmsKeyId?: pulumi.Input<string>;
  /** Days that the engine's log and the slow log are kept. Default: they are not delivered. */
  logRetentionDays?: number;
}

/** Nodes that one cluster may have without a raised quota (ElastiCache quotas: nodes per cluster per instance type). */
const maxNodes = 90;

export function faultsOf(args: CacheReplicationGroupArgs): Fault[] {
  const nodes = args.shards * (1 + args.replicasPerShard);
  return [
    ...valkeyFaults(args, args.replicasPerShard),
    // The first generations have neither snapshots nor cluster mode (ElastiCache: supported node types).
    must(!/^cache\.(t1|m1|m2|c1)\./.test(args.nodeType), 'nodeType', `${args.nodeType} cannot run in cluster mode`),
    wholeNumber('shards', args.shards, 1, maxNodes),
    wholeNumber('replicasPerShard', args.replicasPerShard, 0, 5),
    must(
      !(nodes > maxNodes),
      'shards',
      `${args.shards} × ${1 + args.replicasPerShard} are more than ${maxNodes} nodes`,
    ),
    oneOf('evictionPolicy', args.evictionPolicy, evictionPolicies),
  ];
}
