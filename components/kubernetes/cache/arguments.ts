import { evictionPolicies } from '../../valkey';
import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import { isStoreSize } from '../store-size';
import { images } from '../valkey-node';
import { pinnedImage } from '../workload/arguments';

export interface CacheClusterArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces the cache and empties it.** */
  identity: Identity;
  /** Namespace that it is put in. **A change replaces the cache and empties it.** */
  namespace: pulumi.Input<string>;
  /** Valkey version as major.minor, e.g. `8.0`. A higher one is rolled out node by node. */
  engineVersion: string;
  /** Size of every node, `<cpu>/<memory>`, e.g. `250m/512Mi`. Rolled out node by node. */
  nodeType: string;
  /**
   * Shards that share the keys, 1 to 30. More of them are added while clients go on. **Fewer lose the keys of those that
   * go.** From three on the others elect a successor for a primary that is lost.
   */
  shards: number;
  /** Replicas of each shard, 0 to 5. Added in place. */
  replicasPerShard: number;
  /** TCP port, e.g. 6379. A change restarts all nodes. */
  port: number;
  /** What goes when memory is full, `maxmemory-policy`. */
  evictionPolicy: string;
  /** Labels of the pods that may connect. Nobody else can. */
  clients: Record<string, string>[];
  /** StorageClass of the volumes. Default: the cluster's. **A change is refused by Kubernetes.** */
  storageClass?: string;
  /** Valkey's image, pinned. Default: the newest of `engineVersion` that the project knows. */
  image?: string;
  /** Pulumi's `protect` on the stateful set and its password: a plan that would delete one fails. */
  protect: boolean;
}

export function faultsOf(args: CacheClusterArgs): Fault[] {
  return [
    must(
      args.image !== undefined || args.engineVersion in images,
      'engineVersion',
      `"${args.engineVersion}" must be one of ${Object.keys(images).join(', ')}, or image be given`,
    ),
    args.image === undefined ? undefined : pinnedImage('image', args.image),
    must(isStoreSize(args.nodeType), 'nodeType', `"${args.nodeType}" must look like 250m/512Mi`),
    wholeNumber('shards', args.shards, 1, 30),
    wholeNumber('replicasPerShard', args.replicasPerShard, 0, 5),
    // Nodes talk to each other on the port that is 10,000 higher.
    wholeNumber('port', args.port, 1_024, 55_535),
    oneOf('evictionPolicy', args.evictionPolicy, evictionPolicies),
    must(args.clients.length > 0, 'clients', 'a cache that nobody may reach is of no use'),
  ];
}
