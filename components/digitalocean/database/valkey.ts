import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, oneOf, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { databaseFaults, majorVersion, memoryOf, type DatabaseArgs } from './arguments';
import { letIn } from './trusted-sources';

export interface ValkeyClusterArgs extends DatabaseArgs {
  /** Whether a second node takes over when the first is lost. From 2 GB a node. Changed in place. */
  standby: boolean;
  /** What goes when memory is full, as Valkey calls it: `allkeys-lru` for copies, `noeviction` for what must stay. */
  evictionPolicy: string;
}

/** DigitalOcean gives every Valkey this port; it cannot be chosen. */
export const VALKEY_PORT = 25_061;

/** DigitalOcean's names (set eviction policy, API reference); it has no `lfu` ones. */
const evictionPolicies = [
  'noeviction',
  'allkeys-lru',
  'allkeys-random',
  'volatile-lru',
  'volatile-random',
  'volatile-ttl',
];
/** GiB of a node that can have a standby. */
const leastForStandby = 2;

/** Whether a standby goes with this size. */
export function canHaveStandby(size: string): boolean {
  return (memoryOf(size) ?? 0) >= leastForStandby;
}

/**
 * A managed Valkey with TLS and a password, reached by its private address by those that its trusted sources name. It
 * grows in place: to a bigger node, and from one node to one with a standby. It cannot be sharded: DigitalOcean runs
 * Valkey as one primary, so a bigger node is the way up, and clients speak the plain protocol, not the cluster's.
 *
 * Of a node's memory about two thirds hold keys (2 GB: 1.2 GiB, 32 GB: 21.7 GiB); the rest is kept for replication. The
 * one user is the administrator: DigitalOcean lets nobody make another. Every ten minutes the data is written to disk.
 *
 * Cost: nodes × price of the size. db-s-1vcpu-1gb: 15 USD a month; db-s-8vcpu-32gb with a standby: 2 × 480 = 960.
 *
 * ```ts
 * const cache = new ValkeyCluster('pulse-prod-cache-nyc3', {
 *   region: 'nyc3', vpcId: network.vpcId, version: '8', size: 'db-s-1vcpu-1gb', standby: false,
 *   evictionPolicy: 'allkeys-lru', trustedSources: [{ type: 'tag', value: clients.name }], protect: true, tags: [],
 * });
 * ```
 */
export class ValkeyCluster extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port = VALKEY_PORT;
  /** `rediss://user:password@host:port`; secret. */
  readonly url: pulumi.Output<string>;
  readonly cluster: digitalocean.DatabaseCluster;
  readonly firewall: digitalocean.DatabaseFirewall;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ValkeyClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ValkeyCluster', name, [
      ...databaseFaults(args),
      oneOf('evictionPolicy', args.evictionPolicy, evictionPolicies),
      must(!args.standby || canHaveStandby(args.size), 'standby', `${args.size} has none: 2 GB are the least`),
    ]);
    super('stackladder:digitalocean:ValkeyCluster', name, {}, opts);
    this.cluster = new digitalocean.DatabaseCluster(
      nameOf('digitalocean:databaseCluster', name),
      {
        engine: 'valkey',
        version: majorVersion(args.version),
        region: args.region,
        privateNetworkUuid: args.vpcId,
        size: args.size,
        nodeCount: args.standby ? 2 : 1,
        evictionPolicy: args.evictionPolicy.replaceAll('-', '_'),
        maintenanceWindows: [{ day: 'sunday', hour: '06:00' }], // UTC; an hour after the documents'
        tags: args.tags,
      },
      { parent: this, protect: args.protect, customTimeouts: { create: '60m', update: '2h' } },
    );
    this.firewall = letIn(name, this.cluster, args.trustedSources, this);
    this.host = this.cluster.privateHost;
    this.url = pulumi.secret(this.cluster.privateUri);
    this.registerOutputs({ host: this.host, port: this.port });
  }
}
