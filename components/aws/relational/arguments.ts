import type * as pulumi from '@pulumi/pulumi';
import type { RelationalDatabasePlan } from '../../../plan/types';
import type { SqlEngine } from '../../../plan/vocabulary';
import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import { recoveryWindow } from '../secrets/recovery-window';
import { insightsRefused } from './engine';
import { backupWindow, maintenanceWindow, windowsMeet } from './windows';

/** Where a part of the database stands: one region's network. */
export interface DatabaseGround {
  /** AWS region, e.g. `us-east-1`. A change replaces what is there. */
  region: string;
  vpcId: pulumi.Input<string>;
  /** Private subnets without a way out, in two zones at least. */
  subnetIds: pulumi.Input<string>[];
  /** Zones of the region in use, e.g. `us-east-1a`; readers stand in others than the first. */
  zones: string[];
  /** Security groups that may connect, by a name of the caller's own that stays the same. */
  clientSecurityGroupIds: Record<string, pulumi.Input<string>>;
  /** Address ranges of clients in other regions, that come through a peering. Default: none. */
  clientCidrs?: string[];
}

/** A further region that answers its own reads. */
export interface ReaderGround extends DatabaseGround {
  /** A short form for names, e.g. `usw2`. */
  code: string;
}

/**
 * A relational database on AWS, as the plan's own words say it: what is not here is nothing of the database's own.
 * **Never change `name`, `engine` or `user` of one that is there: each would need a new database.**
 */
export interface RelationalArgs
  extends DatabaseGround, Omit<RelationalDatabasePlan, 'host' | 'existing' | 'pooler' | 'maxConnections'> {
  /** Regions with readers of their own, `replicas.perFurtherRegion` in each. Default: none. */
  further?: ReaderGround[];
  /** Regions that get copies of the connections' secrets. Default: none. */
  replicaRegions?: string[];
  /** The provider's own protection against deletion. */
  deletionProtection: boolean;
  /** A last snapshot when the database is deleted; and its automatic backups stay for their days. */
  finalSnapshot: boolean;
  /** Days in which a deleted secret can be restored: 7 to 30, or 0 to remove it at once. */
  recoveryDays: number;
  /** Days that the database's logs are kept. */
  logRetentionDays: number;
  /** Pulumi's `protect` on the database and its secrets. */
  protect: boolean;
  tags?: Record<string, string>;
}

/** Days that Performance Insights can keep: a week, or whole months up to two years. */
const insights = (days: number): boolean => [0, 7, 731].includes(days) || (days > 0 && days % 31 === 0 && days <= 713);

/** Names of owners that RDS refuses (RDS: settings for DB instances, master username). */
const reserved: Record<SqlEngine, string[]> = { postgres: ['admin', 'rdsadmin'], mysql: ['rdsadmin', 'rdsrepladmin'] };

/** What is wrong with a relational database of either kind. */
export function relationalFaults(args: RelationalArgs): Fault[] {
  const { backup, maintenance, replicas, recoveryDays, passwordVersion, rotationDays } = args;
  const name = /^[a-z][a-z0-9_]{0,62}$/i;
  return [
    must(name.test(args.name), 'name', `"${args.name}" must hold letters, digits and _, and begin with a letter`),
    must(/^[a-z][a-z0-9_]{0,15}$/i.test(args.user), 'user', `"${args.user}" must be 1 to 16 letters, digits and _`),
    must(!reserved[args.engine]?.includes(args.user), 'user', `"${args.user}" is reserved`),
    oneOf('engine', args.engine, ['postgres', 'mysql']),
    must(/^\d+(\.\d+)?$/.test(args.engineVersion), 'engineVersion', `"${args.engineVersion}" must look like 17 or 8.4`),
    must(
      /^db\.[a-z0-9]+\.[a-z0-9]+$/.test(args.instanceClass),
      'instanceClass',
      `"${args.instanceClass}" must look like db.t3.small`,
    ),
    wholeNumber('port', args.port, 1150, 65_535),
    wholeNumber('replicas.min', replicas.min, 0, 15),
    must(replicas.max >= replicas.min, 'replicas.max', `${replicas.max} is below replicas.min (${replicas.min})`),
    wholeNumber('replicas.perFurtherRegion', replicas.perFurtherRegion, 0, 5),
    wholeNumber('backup.retentionDays', backup.retentionDays, 1, 35),
    must(clock.test(backup.startsAt), 'backup.startsAt', `"${backup.startsAt}" must look like 03:00`),
    must(clock.test(maintenance.startsAt), 'maintenance.startsAt', `"${maintenance.startsAt}" must look like 04:00`),
    wholeNumber('maintenance.day', maintenance.day, 1, 7),
    wholeNumber('maintenance.hours', maintenance.hours, 1, 24),
    must(
      !windowsMeet(backupWindow(backup.startsAt), maintenanceWindow(maintenance)),
      'maintenance',
      `${maintenanceWindow(maintenance)} meets the backup window ${backupWindow(backup.startsAt)}`,
    ),
    oneOf('monitoringSeconds', String(args.monitoringSeconds), ['0', '1', '5', '10', '15', '30', '60']),
    must(insights(args.insightsDays), 'insightsDays', `${args.insightsDays} must be 0, 7, 731 or a multiple of 31`),
    must(
      args.insightsDays === 0 || !insightsRefused(args.engine, args.instanceClass),
      'insightsDays',
      `Performance Insights does not run on MySQL with ${args.instanceClass}`,
    ),
    must(args.subnetIds.length > 1, 'subnetIds', 'a database needs subnets in two zones at least'),
    must(args.zones.length > 1, 'zones', 'readers stand in other zones, so two are needed at least'),
    must(
      Object.keys(args.clientSecurityGroupIds).length > 0,
      'clientSecurityGroupIds',
      'a database that nobody may reach is of no use',
    ),
    recoveryWindow('recoveryDays', recoveryDays),
    wholeNumber('passwordVersion', passwordVersion, 1, 1_000_000),
    rotationDays === undefined ? undefined : wholeNumber('rotationDays', rotationDays, 1, 1_000),
  ];
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
