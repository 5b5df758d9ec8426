import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { StoredSecret } from '../secrets/stored-secret';
import { faultsOf, type RedisBrokerArgs, snapshotPeriods } from './arguments';

export type { RedisBrokerArgs };

/** Memorystore for Redis answers TLS at this port alone, whatever a plan says. */
export const brokerPort = 6378;

/** Redis, from which Valkey was made: the last version of it, and the last that Memorystore will have. */
const VERSION = 'REDIS_7_2';

/**
 * A broker of Memorystore for Redis: one store that is not sharded and drops nothing (`noeviction`), with a password,
 * TLS, and a copy in another zone that takes over.
 *
 * Not Memorystore for Valkey, as the cache is: clients prove who they are there by tokens of IAM that last an hour, or not
 * at all, and neither Celery nor BullMQ can fetch new ones. The tier is the standard one from the first phase on, for
 * Memorystore makes no standard one of a basic one; so there is a copy at every phase. What waits is written to disk
 * every so often; there is no append-only file.
 *
 * Cost (us-central1, 730 hours a month): 1 to 4 GB 0.064 USD a GB and hour, 5 to 10 GB 0.054. One GB is
 * 1 × 0.064 × 730 = 46.72 USD a month, five are 5 × 0.054 × 730 = 197.10; and 0.06 for the secret.
 *
 * ```ts
 * const broker = new RedisBroker('shop-prod-broker-usc1', {
 *   region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'], network, privateServices, memoryGb: 1,
 *   snapshotHours: 1, deletionProtection: true, recoveryDays: 30, protect: true,
 * });
 * ```
 */
export class RedisBroker extends pulumi.ComponentResource {
  readonly instance: gcp.redis.Instance;
  /** A private address. */
  readonly host: pulumi.Output<string>;
  /** What signs the broker's certificate, as PEM: a client must be told to trust it. */
  readonly authority: pulumi.Output<string>;
  /** Holds `rediss://:password@host:port`. */
  readonly secret: StoredSecret;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: RedisBrokerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('RedisBroker', name, faultsOf(args));
    super('stackladder:gcp:RedisBroker', name, {}, opts);
    this.instance = this.createInstance(name, args);
    this.host = this.instance.host;
    this.authority = this.instance.serverCaCerts.apply((certificates) =>
      certificates.map(({ cert }) => `${(cert ?? '').trim()}\n`).join(''),
    );
    const { recoveryDays, deletionProtection, protect, labels } = args;
    this.secret = new StoredSecret(
      `${name}-url`,
      {
        value: pulumi.interpolate`rediss://:${this.instance.authString}@${this.host}:${brokerPort}`,
        description: `URL of the broker ${name}`,
        recoveryDays,
        deletionProtection,
        protect,
        labels,
      },
      { parent: this },
    );
    this.registerOutputs({ host: this.host });
  }

  private createInstance(name: string, args: RedisBrokerArgs): gcp.redis.Instance {
    const { region, zones, network, privateServices, labels } = args;
    return new gcp.redis.Instance(
      nameOf('gcp:redis/instance', name),
      {
        region,
        locationId: zones[0],
        tier: 'STANDARD_HA',
        memorySizeGb: args.memoryGb,
        redisVersion: VERSION,
        authorizedNetwork: network.id,
        connectMode: 'PRIVATE_SERVICE_ACCESS',
        authEnabled: true,
        transitEncryptionMode: 'SERVER_AUTHENTICATION',
        redisConfigs: { 'maxmemory-policy': 'noeviction' },
        persistenceConfig: { persistenceMode: 'RDB', rdbSnapshotPeriod: snapshotPeriods[args.snapshotHours] },
        maintenancePolicy: {
          weeklyMaintenanceWindows: [{ day: 'SUNDAY', startTime: { hours: 5, minutes: 0, seconds: 0, nanos: 0 } }],
        },
        deletionProtection: args.deletionProtection,
        labels,
      },
      {
        parent: this,
        protect: args.protect,
        // After a failover the node is in the other zone, and another zone would be another broker.
        ignoreChanges: ['locationId'],
        additionalSecretOutputs: ['authString'],
        dependsOn: [privateServices.connection],
        customTimeouts: { create: '30m', update: '60m', delete: '30m' },
      },
    );
  }
}
