import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { StoredSecret } from '../secrets/stored-secret';
import { engineVersionOf, faultsOf, type ValkeyCacheArgs } from './arguments';
import { authorityOf, discoveryAddress } from './connection';

export type { ValkeyCacheArgs };

/** Memorystore's only port. */
export const cachePort = 6379;

/**
 * A Valkey cache of Memorystore in cluster mode from the first node, so that shards, replicas and node type grow in
 * place. TLS always; its certificate is signed by an authority of its own (`authority`).
 *
 * Clients prove who they are by IAM: the password is an access token of their service account, which the role
 * `memorystore.dbConnectionUser` lets in (`clientRole`, on this cache alone), and a client asks for a new one when it
 * opens a connection. The URL therefore holds no password. A password of one's own is only to be had from Memorystore
 * for Redis, which has no shards; the tokens that Memorystore for Valkey can hand out are made by commands alone.
 *
 * Its nodes are spread over the region's zones. Kept data is a copy: there is no append-only file, and a nightly backup
 * is for a warm start.
 *
 * Cost: nodes × the node type's price × 730 hours, with nodes = shards × (1 + replicas), and 0.06 for the secret.
 *
 * ```ts
 * const cache = new ValkeyCache('pulse-prod-cache-usc1', {
 *   projectId: 'example-project-123', region: 'us-central1', network, regionalNetwork, engineVersion: '8.0',
 *   nodeType: 'STANDARD_SMALL', shards: 1, replicasPerShard: 0, evictionPolicy: 'allkeys-lru',
 *   snapshotRetentionDays: 7, deletionProtection: true, recoveryDays: 30, protect: true,
 * });
 * ```
 */
export class ValkeyCache extends pulumi.ComponentResource {
  /** The discovery endpoint, an address of the data subnet. */
  readonly host: pulumi.Output<string>;
  /** What signs the cache's certificate, as PEM: a client must be told to trust it. */
  readonly authority: pulumi.Output<string>;
  /** Holds `rediss://host:port`. */
  readonly secret: StoredSecret;
  readonly instance: gcp.memorystore.Instance;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ValkeyCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ValkeyCache', name, faultsOf(args));
    super('stackladder:gcp:ValkeyCache', name, {}, opts);
    this.instance = this.createInstance(name, args);
    this.host = this.instance.endpoints.apply(discoveryAddress);
    this.authority = this.instance.managedServerCas.apply(authorityOf);
    this.secret = this.connectionSecret(name, args);
    this.registerOutputs({ host: this.host });
  }

  private createInstance(name: string, args: ValkeyCacheArgs): gcp.memorystore.Instance {
    return new gcp.memorystore.Instance(
      nameOf('gcp:memorystore/instance', name),
      {
        instanceId: nameOf('gcp:memorystore/instance', name),
        location: args.region,
        engineVersion: engineVersionOf(args.engineVersion),
        mode: 'CLUSTER',
        nodeType: args.nodeType,
        shardCount: args.shards,
        replicaCount: args.replicasPerShard,
        authorizationMode: 'IAM_AUTH',
        transitEncryptionMode: 'SERVER_AUTHENTICATION',
        engineConfigs: { 'maxmemory-policy': args.evictionPolicy },
        desiredAutoCreatedEndpoints: [{ network: args.network.id, projectId: args.projectId }],
        zoneDistributionConfig: { mode: 'MULTI_ZONE' },
        persistenceConfig: { mode: 'DISABLED' },
        automatedBackupConfig: backups(args.snapshotRetentionDays),
        maintenancePolicy: { weeklyMaintenanceWindows: [{ day: 'SUNDAY', startTime: { hours: 5 } }] },
        deletionProtectionEnabled: args.deletionProtection,
        labels: args.labels,
      },
      {
        parent: this,
        protect: args.protect,
        dependsOn: args.regionalNetwork.storeAccess,
        // The id is given whole: a second one of the same name cannot stand beside the first.
        deleteBeforeReplace: true,
        // Memorystore refuses an update of two fields. These labels change whenever something else does: they say at
        // which phase the cache was made, and other stores say that a kept cloud's are given up.
        ignoreChanges: ['labels.phase', 'labels.release'],
        // Bigger nodes, shards and replicas take their time, each by itself.
        customTimeouts: { create: '60m', update: '2h' },
      },
    );
  }

  private connectionSecret(name: string, args: ValkeyCacheArgs): StoredSecret {
    return new StoredSecret(
      `${name}-url`,
      {
        value: pulumi.interpolate`rediss://${this.host}:${cachePort}`,
        description: `URL of the cache ${name}`,
        recoveryDays: args.recoveryDays,
        deletionProtection: args.deletionProtection,
        protect: args.protect,
        labels: args.labels,
      },
      { parent: this },
    );
  }
}

/** At three in the morning, UTC; kept as long as asked for. */
function backups(days: number): gcp.types.input.memorystore.InstanceAutomatedBackupConfig | undefined {
  if (days === 0) return undefined;
  return { retention: `${days * 86_400}s`, fixedFrequencySchedule: { startTime: { hours: 3 } } };
}
