import type * as pulumi from '@pulumi/pulumi';
import type { RelationalDatabasePlan } from '../../../plan/types';
import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import { isStoreSize } from '../store-size';
import { pinnedImage } from '../workload/arguments';

export interface PostgresDatabaseArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces the database and loses its data.** */
  identity: Identity;
  /** Namespace that it is put in. **A change replaces the database and loses its data.** */
  namespace: pulumi.Input<string>;
  /** Name of the database inside. Only read when the first instance is made: a change makes no other one. */
  database: string;
  /** Its owner, whom services connect as. Only read when the first instance is made. */
  user: string;
  /** Major version, e.g. `17`. A higher one stops the database for `pg_upgrade`; a lower one is refused by the operator. */
  engineVersion: string;
  /** Size of every instance, `<cpu>/<memory>`, e.g. `1000m/2Gi`. Rolled out one by one, the primary last. */
  instanceClass: string;
  /** Whether a commit waits for a copy that could take over at once. One instance more. */
  standby: boolean;
  /** Instances more that answer reads, 0 to 15. Each of them can take over too. */
  replicas: number;
  /** GiB of each instance's volume. Grows in place where the StorageClass can. **Less is refused by the operator.** */
  storageGb: number;
  /** `max_connections`, 20 to 10000. A change restarts the instances one by one. */
  maxConnections: number;
  /** Another number gives the user another password, in place. */
  passwordVersion: number;
  /** Pods that may connect, by their labels. Nobody else can. */
  clients: Record<string, string>[];
  /** StorageClass of the volumes. Default: the cluster's. **A change is refused by the operator.** */
  storageClass?: string;
  /** Default: the newest of `engineVersion` that the project knows. */
  image?: string;
  /** Whether Prometheus may connect, and gets a PodMonitor. */
  monitored: boolean;
  /** S3-compatible store for a copy each night and the log all along. Default: **no backup**. */
  backup?: {
    bucket: string;
    region: string;
    endpoint: string;
    accessKeyId: pulumi.Input<string>;
    secretAccessKey: pulumi.Input<string>;
  };
  /** Days that any moment can be restored from, and when the copy is made, UTC `HH:MM`. */
  backupTimes: RelationalDatabasePlan['backup'];
  /** Pulumi's `protect` on the database: a plan that would delete it fails. */
  protect: boolean;
}

/** PostgreSQL's own port; the operator has no other. */
export const PORT = 5432;

/** CloudNativePG's own images (its standard catalog on Debian 13 of 31 August 2026). */
export const images: Record<string, string> = {
  '16': 'ghcr.io/cloudnative-pg/postgresql:16.15-202608310817-standard-trixie@sha256:6fedafdbf8b5b241e94c0307783a4875525141b98c4cbb8ec8a0b4134e9545d6',
  '17': 'ghcr.io/cloudnative-pg/postgresql:17.11-202608310816-standard-trixie@sha256:0eea5ac8c5e3043db94f4d512ffcfb9c06d6270a97f6d56e9f08e1571ef0484e',
  '18': 'ghcr.io/cloudnative-pg/postgresql:18.6-202608310817-standard-trixie@sha256:c2a773217853c6e0ffe7da9c37ea456466efb20cf844f27511a73fa6a81e3152',
};

const sqlName = /^[a-z_][a-z0-9_]{0,62}$/;

export function faultsOf(args: PostgresDatabaseArgs): Fault[] {
  return [
    // The operator's own limit, and it makes names of Services out of it.
    must(
      /^[a-z][a-z0-9-]{0,49}$/.test(args.identity.name),
      'identity.name',
      `"${args.identity.name}" is no short name`,
    ),
    must(sqlName.test(args.database), 'database', `"${args.database}" must be small letters, digits and _`),
    must(
      sqlName.test(args.user) && args.user !== 'postgres' && args.user !== 'streaming_replica',
      'user',
      `"${args.user}" must be small letters, digits and _, and none of the operator's own users`,
    ),
    args.image === undefined
      ? oneOf('engineVersion', args.engineVersion, Object.keys(images))
      : pinnedImage('image', args.image),
    must(isStoreSize(args.instanceClass), 'instanceClass', `"${args.instanceClass}" must look like 1000m/2Gi`),
    wholeNumber('replicas', args.replicas, 0, 15),
    wholeNumber('storageGb', args.storageGb, 1, 16_384),
    wholeNumber('maxConnections', args.maxConnections, 20, 10_000),
    wholeNumber('passwordVersion', args.passwordVersion, 1, 1_000_000),
    wholeNumber('backupTimes.retentionDays', args.backupTimes.retentionDays, 1, 365),
    must(
      /^([01]\d|2[0-3]):[0-5]\d$/.test(args.backupTimes.startsAt),
      'backupTimes.startsAt',
      `"${args.backupTimes.startsAt}" must be a time such as 03:00`,
    ),
    must(args.clients.length > 0, 'clients', 'a database that nobody may reach is of no use'),
  ];
}
