import { evictionPolicies } from '../../valkey';
import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import type { Network } from '../network/network';
import type { RegionalNetwork } from '../network/regional-network';

export interface ValkeyCacheArgs {
  /** Id of the project. **A change replaces the cache and empties it.** */
  projectId: string;
  /** Google's name of the region, e.g. `us-central1`. **A change replaces the cache and empties it.** */
  region: string;
  /** Network of the clients. **A change replaces the cache and empties it.** */
  network: Network;
  /** The region's own part of it, which lets Memorystore put its endpoints into the data subnet. */
  regionalNetwork: RegionalNetwork;
  /** Valkey version as major.minor, e.g. `8.0`. A higher one is applied in place; there is no way back down. */
  engineVersion: string;
  /** Size of every node, e.g. `STANDARD_SMALL`. Changed in place. `SHARED_CORE_NANO` has no service level. */
  nodeType: string;
  /** Shards that share the keys, 1 to 250. Changed in place, online. */
  shards: number;
  /** Replicas of each shard, 0 to 5. Changed in place. */
  replicasPerShard: number;
  /** What goes when memory is full, `maxmemory-policy`: `allkeys-lru` for copies, `noeviction` for what must stay. */
  evictionPolicy: string;
  /** Days that a nightly backup is kept, 0 (none) to 365. */
  snapshotRetentionDays: number;
  /** Google's own refusal to delete the cache. */
  deletionProtection: boolean;
  /** Days in which a destroyed version of the connection secret can be brought back, or 0 for none. */
  recoveryDays: number;
  /** Pulumi's `protect` on the cache and its secret: a plan that would delete one fails. */
  protect: boolean;
  labels?: Record<string, string>;
}

/** Node types of Memorystore for Valkey, as its API lists them. */
export const nodeTypes = [
  'SHARED_CORE_NANO',
  'CUSTOM_PICO',
  'CUSTOM_MICRO',
  'CUSTOM_MINI',
  'STANDARD_SMALL',
  'HIGHCPU_MEDIUM',
  'STANDARD_LARGE',
  'HIGHMEM_MEDIUM',
  'HIGHMEM_XLARGE',
  'HIGHMEM_2XLARGE',
] as const;

/** Nodes that one instance may have (Memorystore for Valkey: quotas and limits). */
const maxNodes = 250;

/** How Memorystore writes a version: `8.0` is `VALKEY_8_0`. */
export function engineVersionOf(version: string): string {
  return `VALKEY_${version.replace('.', '_')}`;
}

export function faultsOf(args: ValkeyCacheArgs): Fault[] {
  const nodes = args.shards * (1 + args.replicasPerShard);
  return [
    must(
      /^(7\.2|[89]\.0)$/.test(args.engineVersion),
      'engineVersion',
      `"${args.engineVersion}" must be a Valkey version that Memorystore has, e.g. 8.0`,
    ),
    oneOf('nodeType', args.nodeType, nodeTypes),
    wholeNumber('shards', args.shards, 1, maxNodes),
    wholeNumber('replicasPerShard', args.replicasPerShard, 0, 5),
    must(
      !(nodes > maxNodes),
      'shards',
      `${args.shards} × ${1 + args.replicasPerShard} are more than ${maxNodes} nodes`,
    ),
    oneOf('evictionPolicy', args.evictionPolicy, evictionPolicies),
    wholeNumber('snapshotRetentionDays', args.snapshotRetentionDays, 0, 365),
  ];
}
