import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { authorityFile } from '../authorities';
import { labelsOf, metadataOf } from '../labels';
import type { Authority } from '../surroundings';
import { faultsOf, PORT, type PostgresDatabaseArgs } from './arguments';
import { backupStore, nightlyBackup } from './backup';
import { authoritySecret, clusterSpec, memberLabels } from './cluster-spec';
import { memberPolicy } from './network-policy';

export type { PostgresDatabaseArgs };

/**
 * A PostgreSQL database that CloudNativePG runs. The operator (1.30) must be on the cluster and watch this namespace;
 * for backups its Barman Cloud plugin (0.12 or newer) beside it. A primary and its copies stand on hosts and zones of
 * their own as far as there are any; when the primary is lost a copy takes over and the host of `url` leads there. TLS
 * is required of every client, with certificates of the operator's own: clients trust `authority`. Everything that a
 * phase changes (instances, their size, volumes that grow, `max_connections`) is changed in place.
 *
 * Cost: (1 + standby + replicas) × size and volume. A primary, a standby and two replicas of `2000m/8Gi` with 100 GiB:
 * 8 vCPU, 32 GiB of memory, 400 GiB of volumes.
 *
 * ```ts
 * const database = new PostgresDatabase('sv-sdk-prod-sv-sdk-db', {
 *   identity: { name: 'sv-sdk-db', instance: 'sv-sdk-prod' }, namespace: namespace.name, database: 'sv_sdk', user: 'sv_sdk',
 *   engineVersion: '17', instanceClass: '2000m/8Gi', standby: true, replicas: 2, storageGb: 100, maxConnections: 900,
 *   passwordVersion: 1, clients: [selectorOf(api.identity)], monitored: true, protect: true,
 *   backupTimes: { retentionDays: 14, startsAt: '03:00' },
 * });
 * ```
 */
export class PostgresDatabase extends pulumi.ComponentResource {
  /** Leads to the primary, whoever that is. */
  readonly host: pulumi.Output<string>;
  /** Leads to any replica; nobody answers where there is none. */
  readonly readHost: pulumi.Output<string>;
  readonly password: pulumi.Output<string>;
  /** The whole URL of the primary, an output that stays secret. It names the file of `authority` as pods have it. */
  readonly url: pulumi.Output<string>;
  readonly readUrl: pulumi.Output<string>;
  /** What signs the instances' certificates. */
  readonly authority: Authority;
  readonly resource: k8s.apiextensions.CustomResource;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: PostgresDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('PostgresDatabase', name, faultsOf(args));
    super('stackladder:kubernetes:PostgresDatabase', name, {}, opts);
    const { identity, namespace } = args;
    const generated = new random.RandomPassword(
      nameOf('random', name, 'password'),
      // Letters and digits alone need no escaping in a URL.
      { length: 48, special: false, keepers: { version: String(args.passwordVersion) } },
      // Not protected: another one takes its place.
      { parent: this },
    );
    const policy = memberPolicy(name, args, { parent: this });
    const store = backupStore(name, args, { parent: this });
    const user = this.userSecret(name, args, generated.result);
    this.resource = this.createCluster(name, args, {
      userSecretName: user.metadata.name,
      store,
      after: [policy, user, ...(store ? [store] : [])],
    });
    if (store) nightlyBackup(name, args, { parent: this, dependsOn: this.resource });
    if (args.monitored) this.podMonitor(name, args);
    this.authority = { secretName: authoritySecret(identity.name), key: 'ca.crt' };
    const service = (end: string) => pulumi.interpolate`${identity.name}-${end}.${namespace}.svc.cluster.local`;
    [this.host, this.readHost] = [service('rw'), service('ro')];
    // Known when the operator has it: whoever starts with another password follows the user's.
    this.password = pulumi.secret(pulumi.all([generated.result, this.resource.id]).apply(([secret]) => secret));
    const url = (host: pulumi.Output<string>) =>
      pulumi.secret(
        pulumi
          .all([this.password, host, this.resource.id])
          .apply(
            ([secret, name]) =>
              `postgres://${args.user}:${secret}@${name}:${PORT}/${args.database}` +
              `?sslmode=verify-full&sslrootcert=${authorityFile(identity.name)}`,
          ),
      );
    [this.url, this.readUrl] = [url(this.host), url(this.readHost)];
    this.registerOutputs({ host: this.host });
  }

  /** Named by Pulumi and replaced with the password: the operator reads the one that the database names, and follows. */
  private userSecret(name: string, args: PostgresDatabaseArgs, password: pulumi.Output<string>): k8s.core.v1.Secret {
    const { identity, namespace, user } = args;
    return new k8s.core.v1.Secret(
      nameOf('kubernetes', name, 'user'),
      {
        metadata: { namespace, labels: { ...labelsOf(identity), 'cnpg.io/reload': 'true' } },
        type: 'kubernetes.io/basic-auth',
        immutable: true,
        stringData: { username: user, password },
      },
      { parent: this },
    );
  }

  private createCluster(
    name: string,
    args: PostgresDatabaseArgs,
    given: {
      userSecretName: pulumi.Output<string>;
      store?: k8s.apiextensions.CustomResource;
      after: pulumi.Resource[];
    },
  ): k8s.apiextensions.CustomResource {
    const { identity, namespace } = args;
    return new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name),
      {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        metadata: metadataOf({ identity, namespace }),
        spec: clusterSpec(args, {
          userSecretName: given.userSecretName,
          storeName: given.store?.metadata.name,
        }),
      },
      { parent: this, dependsOn: given.after, protect: args.protect },
    );
  }

  private podMonitor(name: string, { identity, namespace }: PostgresDatabaseArgs): void {
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'monitor'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: metadataOf({ identity, namespace }),
        spec: {
          selector: { matchLabels: memberLabels(identity.name) },
          podMetricsEndpoints: [{ port: 'metrics', interval: '30s' }],
        },
      },
      { parent: this },
    );
  }
}
