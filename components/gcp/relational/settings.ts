import type * as gcp from '@pulumi/gcp';
import { type CloudSqlArgs, isPool } from './arguments';
import { editionOf } from './machine';

type Settings = gcp.types.input.sql.DatabaseInstanceSettings;

/** Days that the last copy of a deleted instance is kept. */
const FINAL_BACKUP_DAYS = 30;

/** Seconds between two changes of a pool's size: out as soon as it helps, in when the load has really gone. */
const pool = { outSeconds: 300, inSeconds: 600 };

/** Of the instance that takes writes. Pure. */
export function primarySettings(args: CloudSqlArgs): Settings {
  const { backup, storage, maintenance, finalBackup, zones } = args;
  return {
    ...sharedSettings(args),
    availabilityType: args.standby ? 'REGIONAL' : 'ZONAL',
    diskSize: storage.initialGb,
    locationPreference: { zone: zones[0] },
    backupConfiguration: {
      enabled: true,
      startTime: backup.startsAt,
      ...(args.engine === 'postgres' ? { pointInTimeRecoveryEnabled: true } : { binaryLogEnabled: true }),
      transactionLogRetentionDays: logDays(args),
      backupRetentionSettings: { retainedBackups: backup.retentionDays, retentionUnit: 'COUNT' },
    },
    maintenanceWindow: { day: maintenance.day, hour: maintenance.hour, updateTrack: 'stable' },
    retainBackupsOnDelete: finalBackup,
    // Left out, not switched off: Cloud SQL tells nothing of one that is off, and every update would say it again.
    ...(finalBackup && { finalBackupConfig: { enabled: true, retentionDays: FINAL_BACKUP_DAYS } }),
  };
}

/** Of one reader; its copy is the primary's, so nothing of it is backed up. */
export function readerSettings(args: CloudSqlArgs, zone?: string): Settings {
  return {
    ...sharedSettings(args),
    availabilityType: 'ZONAL',
    ...(zone !== undefined && { locationPreference: { zone } }),
  };
}

/** Of a pool of readers that follows the load. */
export function poolSettings(args: CloudSqlArgs): Settings {
  const { min, max, cpuPercent } = args.readers;
  return {
    ...sharedSettings(args),
    readPoolAutoScaleConfig: {
      enabled: true,
      minNodeCount: min,
      maxNodeCount: max,
      targetMetrics: [{ metric: 'AVERAGE_CPU_UTILIZATION', targetValue: (cpuPercent ?? 0) / 100 }],
      scaleOutCooldownSeconds: pool.outSeconds,
      scaleInCooldownSeconds: pool.inSeconds,
    },
  };
}

/** Days that any moment can be restored from: Cloud SQL keeps logs for no longer. */
export function logDays({ backup, tier }: Pick<CloudSqlArgs, 'backup' | 'tier'>): number {
  return Math.min(backup.retentionDays, editionOf(tier) === 'ENTERPRISE_PLUS' ? 35 : 7);
}

/** How many readers stand at home where they are no pool. */
export function fixedReaders(args: CloudSqlArgs): number {
  return isPool(args) ? 0 : args.readers.min;
}

function sharedSettings(args: CloudSqlArgs): Settings {
  return {
    tier: args.tier,
    edition: editionOf(args.tier),
    activationPolicy: 'ALWAYS',
    diskType: 'PD_SSD',
    diskAutoresize: true,
    diskAutoresizeLimit: args.storage.maxGb,
    deletionProtectionEnabled: args.deletionProtection,
    ipConfiguration: {
      ipv4Enabled: false,
      privateNetwork: args.network.id,
      sslMode: 'ENCRYPTED_ONLY',
    },
    insightsConfig: {
      queryInsightsEnabled: args.insights,
      queryPlansPerMinute: 5,
      queryStringLength: 1024,
      recordApplicationTags: args.insights,
      recordClientAddress: false,
    },
    databaseFlags: flagsOf(args),
    userLabels: args.labels,
  };
}

/**
 * What CIS asks of Cloud SQL (6.1 and 6.2) and nobody has to pay for: who comes and goes, waits and slow checkpoints in the
 * logs; and of MySQL no files of clients.
 */
const logging: Record<CloudSqlArgs['engine'], Record<string, string>> = {
  postgres: {
    log_checkpoints: 'on',
    log_connections: 'on',
    log_disconnections: 'on',
    log_lock_waits: 'on',
    log_min_error_statement: 'error',
    log_temp_files: '0',
  },
  mysql: { local_infile: 'off', skip_show_database: 'on', slow_query_log: 'on' },
};

/** The same on every copy: a reader must accept as many connections as its primary. */
function flagsOf({ engine, maxConnections }: CloudSqlArgs): { name: string; value: string }[] {
  const flags = {
    ...logging[engine],
    ...(maxConnections !== undefined && { max_connections: String(maxConnections) }),
  };
  return Object.entries(flags).map(([name, value]) => ({ name, value }));
}
