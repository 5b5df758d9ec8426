import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { disruptionBudget } from '../disruption-budget';
import { metadataOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { fromAny, toDns, toPods } from '../network-policies';
import { storeSizeOf } from '../store-size';
import { DATA, keptSet, OWN_FILE, valkeyFile, valkeyPassword, valkeyVolumes } from '../valkey-node';
import { type CacheClusterArgs, faultsOf } from './arguments';
import { BUS_OFFSET, cachePod } from './pod';
import { shapeJob, shaperOf } from './shape-job';
import { valkeyConfig } from './valkey-config';

export type { CacheClusterArgs };

/**
 * A Valkey cache in the cluster, in cluster mode from the first node, so that it grows from one small node to a sharded
 * cluster in place: one stateful set whose claims are the same at every phase, and a Job that gives new nodes their part.
 * Keys are on volumes, so a node that restarts begins warm. Clients must speak the cluster protocol.
 *
 * A password is generated and asked of every client. Traffic is not encrypted: clients would have to trust an authority
 * that no URL can name. A NetworkPolicy lets the clients in and nobody else.
 *
 * Cost: shards × (1 + replicas) nodes of the stated size and 8 GiB of volume each. Three shards with two replicas of
 * `500m/2Gi`: 4.5 vCPU, 18 GiB of memory, 72 GiB of volumes.
 *
 * ```ts
 * const cache = new CacheCluster('pulse-prod-cache', {
 *   identity: { name: 'cache', instance: 'pulse-prod' }, namespace: namespace.name, engineVersion: '8.0',
 *   nodeType: '250m/512Mi', shards: 1, replicasPerShard: 0, port: 6379, evictionPolicy: 'allkeys-lru',
 *   clients: [selectorOf(api.identity)], protect: true,
 * });
 * ```
 */
export class CacheCluster extends pulumi.ComponentResource {
  /** Leads to any node: clients ask it where each key lives. */
  readonly host: pulumi.Output<string>;
  /** `redis://:password@host:port`, an output that stays secret. Known when the cache has its shape. */
  readonly url: pulumi.Output<string>;
  readonly statefulSet: k8s.apps.v1.StatefulSet;
  /** `host:port` of every node, as the namespace's own pods reach it. */
  readonly nodes: string[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: CacheClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('CacheCluster', name, faultsOf(args));
    super('stackladder:kubernetes:CacheCluster', name, {}, opts);
    this.nodes = nodeNames(args);
    const { password, secretName } = valkeyPassword(name, args, this);
    const policy = this.networkPolicy(name, args);
    this.statefulSet = this.createStatefulSet(name, args, secretName, policy);
    this.services(name, args);
    disruptionBudget(name, args, { parent: this });
    const job = shapeJob(name, args, { nodes: this.nodes, secretName }, { parent: this, dependsOn: this.statefulSet });
    this.host = pulumi.interpolate`${args.identity.name}.${args.namespace}.svc.cluster.local`;
    this.url = pulumi.secret(
      pulumi
        .all([password.result, this.host, job.id])
        .apply(([secret, host]) => `redis://:${secret}@${host}:${args.port}`),
    );
    this.registerOutputs({ host: this.host });
  }

  private networkPolicy(name: string, args: CacheClusterArgs): k8s.networking.v1.NetworkPolicy {
    const own = selectorOf(args.identity);
    const bus = args.port + BUS_OFFSET;
    return letThrough(
      name,
      args,
      {
        ingress: [
          fromAny([...args.clients, selectorOf(shaperOf(args.identity))], args.port),
          fromAny([own], args.port, bus),
        ],
        egress: [toDns, toPods(own, args.port, bus)],
      },
      { parent: this },
    );
  }

  private createStatefulSet(
    name: string,
    args: CacheClusterArgs,
    secretName: pulumi.Input<string>,
    policy: pulumi.Resource,
  ): k8s.apps.v1.StatefulSet {
    const { port, evictionPolicy, nodeType } = args;
    const { memoryMib } = storeSizeOf(nodeType);
    const file = valkeyConfig({ port, memoryMib, evictionPolicy, data: DATA, ownFile: OWN_FILE });
    const config = valkeyFile(name, args, file, this);
    const given = { domain: nodesService(args), configName: config.metadata.name, secretName };
    return new k8s.apps.v1.StatefulSet(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          replicas: args.shards * (1 + args.replicasPerShard),
          serviceName: nodesService(args),
          selector: { matchLabels: selectorOf(args.identity) },
          // New nodes come all at once; a new version still goes round node by node.
          podManagementPolicy: 'Parallel',
          ...keptSet,
          template: cachePod(args, given),
          volumeClaimTemplates: valkeyVolumes(args.storageClass),
        },
      },
      { parent: this, dependsOn: policy, protect: args.protect },
    );
  }

  /** One for clients, with any ready node behind it; one for the nodes, which gives each a name of its own. */
  private services(name: string, args: CacheClusterArgs): void {
    const selector = selectorOf(args.identity);
    const ports = [{ name: 'valkey', port: args.port, targetPort: 'valkey' }];
    new k8s.core.v1.Service(
      nameOf('kubernetes', name),
      { metadata: metadataOf(args), spec: { selector, ports } },
      { parent: this },
    );
    new k8s.core.v1.Service(
      nameOf('kubernetes', name, 'nodes'),
      {
        metadata: { ...metadataOf(args), name: nodesService(args) },
        // A node is looked for by its peers before it is ready.
        spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector, ports },
      },
      { parent: this },
    );
  }
}

function nodesService({ identity }: CacheClusterArgs): string {
  return nameOf('kubernetes', identity.name, 'nodes');
}

/** Every node, the first of each shard first: those become the primaries, and stand on hosts and zones of their own. */
function nodeNames(args: CacheClusterArgs): string[] {
  const count = args.shards * (1 + args.replicasPerShard);
  return Array.from({ length: count }, (_, at) => `${args.identity.name}-${at}.${nodesService(args)}:${args.port}`);
}
