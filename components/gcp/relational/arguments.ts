import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import type { Network } from '../network/network';
import type { PrivateServices } from '../network/private-services';
import { customFault, editionOf, isTier } from './machine';

export interface CloudSqlArgs {
  /** Id of the project. **A change replaces the database.** */
  projectId: string;
  /** Google's name of the region, e.g. `us-central1`. **A change replaces the database.** */
  region: string;
  /** Zones in use; the primary starts in the first, readers in the others by turns. Later changes move nothing. */
  zones: string[];
  /** Network of the clients; it cannot be taken away again. */
  network: Network;
  /** What joins that network to Google's, where the database has its address. */
  privateServices: PrivateServices;
  engine: 'postgres' | 'mysql';
  /** Major version: `17`, or `8.4` of MySQL. A higher one is an upgrade in place, with the database away for minutes. */
  engineVersion: string;
  /** Machine, e.g. `db-custom-2-8192` (cores, MB). Changed in place: away for less than a minute. */
  tier: string;
  /** Name of the database in the instance. **A change makes a new, empty one.** */
  database: string;
  /** The user that owns it. **A change makes a new user that owns nothing.** */
  user: string;
  /** A copy in another zone that takes over. Turned on in place. */
  standby: boolean;
  readers: ReaderArgs;
  storage: {
    /** GB at the start; from then on it grows by itself, and what it has grown to is left alone. */
    initialGb: number;
    /** GB that it may grow to. */
    maxGb: number;
  };
  backup: {
    /** Days of nightly copies, 1 to 365, and of any moment, at the most 7 (35 on Enterprise Plus). */
    retentionDays: number;
    /** `HH:MM`, UTC, when the window of four hours begins. */
    startsAt: string;
  };
  maintenance: {
    /** 1 Monday to 7 Sunday. */
    day: number;
    /** Hour of the day, UTC. */
    hour: number;
  };
  /** Whether Query Insights watches: slow queries and their plans, kept a week (30 days on Enterprise Plus). */
  insights: boolean;
  /** Connections that it accepts. A change restarts it. Default: Cloud SQL's own, by memory. */
  maxConnections?: number;
  /** Counts up to have a new password made. */
  passwordVersion: number;
  /** An instance that is there already, by name, and becomes this one. `imported`: it is in the stack's state by now. */
  adopted?: { name: string; imported: boolean };
  /** The provider's refusal to delete it, and Google's own. */
  deletionProtection: boolean;
  /** A last copy when it is deleted on purpose, kept for 30 days. */
  finalBackup: boolean;
  /** Days in which a destroyed version of a secret can be brought back, or 0 for none. */
  recoveryDays: number;
  /** Pulumi's `protect` on the database, its copies and secrets: a plan that would delete one fails. */
  protect: boolean;
  labels?: Record<string, string>;
}

export interface ReaderArgs {
  /** Readers of the home region. */
  min: number;
  /** As `min` where their number is fixed. */
  max: number;
  /** Percent of CPU that a pool aims at. Enterprise Plus alone has pools: on other machines there are `min` readers. */
  cpuPercent?: number;
  /** Regions that have one reader each, with what is told of them in names. */
  further: { region: string; code: string }[];
}

/** Nodes of a pool, and readers of one primary, at the most (Cloud SQL: quotas and limits). */
const MOST_READERS = 20;

const versions: Record<CloudSqlArgs['engine'], readonly string[]> = {
  postgres: ['13', '14', '15', '16', '17', '18'],
  mysql: ['8.0', '8.4'],
};

/** How Cloud SQL writes a version: `17` is `POSTGRES_17`, `8.4` is `MYSQL_8_4`. */
export function databaseVersionOf({ engine, engineVersion }: Pick<CloudSqlArgs, 'engine' | 'engineVersion'>): string {
  return `${engine.toUpperCase()}_${engineVersion.replace('.', '_')}`;
}

/** Whether the readers are a pool that follows the load. */
export function isPool({ readers, tier }: Pick<CloudSqlArgs, 'readers' | 'tier'>): boolean {
  return readers.cpuPercent !== undefined && readers.max > readers.min && editionOf(tier) === 'ENTERPRISE_PLUS';
}

export function faultsOf(args: CloudSqlArgs): Fault[] {
  const { engine, tier, readers, storage, backup, maintenance } = args;
  return [
    must(args.zones.length > 0, 'zones', 'one zone is needed at least'),
    oneOf('engineVersion', args.engineVersion, versions[engine]),
    must(isTier(tier), 'tier', `"${tier}" is no machine of Cloud SQL ${customFault(tier) ?? ''}`.trim()),
    must(/^[a-z_][a-z0-9_-]{0,62}$/.test(args.database), 'database', `"${args.database}" cannot be a database's name`),
    must(/^[a-z_][a-z0-9_]{0,31}$/.test(args.user), 'user', `"${args.user}" cannot be a user's name`),
    must(
      !['postgres', 'root', 'cloudsqladmin', 'cloudsqlsuperuser'].includes(args.user),
      'user',
      `"${args.user}" is Cloud SQL's own`,
    ),
    wholeNumber('readers.min', readers.min, 0, MOST_READERS),
    wholeNumber('readers.max', readers.max, 0, MOST_READERS),
    must(readers.max >= readers.min, 'readers.max', `${readers.max} is below readers.min (${readers.min})`),
    readers.cpuPercent === undefined
      ? undefined
      : must(
          readers.cpuPercent >= 10 && readers.cpuPercent <= 90,
          'readers.cpuPercent',
          `${readers.cpuPercent} must be from 10 to 90`,
        ),
    wholeNumber('storage.initialGb', storage.initialGb, 10, 65_536),
    wholeNumber('storage.maxGb', storage.maxGb, 10, 65_536),
    must(storage.maxGb >= storage.initialGb, 'storage.maxGb', `${storage.maxGb} is below storage.initialGb`),
    wholeNumber('backup.retentionDays', backup.retentionDays, 1, 365),
    must(
      /^([01]\d|2[0-3]):[0-5]\d$/.test(backup.startsAt),
      'backup.startsAt',
      `"${backup.startsAt}" is no time such as 03:00`,
    ),
    wholeNumber('maintenance.day', maintenance.day, 1, 7),
    wholeNumber('maintenance.hour', maintenance.hour, 0, 23),
    args.maxConnections === undefined ? undefined : wholeNumber('maxConnections', args.maxConnections, 14, 262_143),
    wholeNumber('passwordVersion', args.passwordVersion, 1, 1_000_000),
  ];
}
