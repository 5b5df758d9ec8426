import type { BrokerPlan, Plan, RelationalDatabasePlan } from '../../../plan/types';
import { canHaveStandby } from '../database/valkey';
import { canStandBy } from '../relational/arguments';
import { OWNER } from '../relational/engines';

/** Days that DigitalOcean keeps backups of a relational database; it cannot be told another number. */
const BACKUP_DAYS = 7;

/** What DigitalOcean's managed databases do in place of what a plan asks of a relational database. */
export function relationalGaps({ relationalDatabase: plan, safety }: Plan): string[] {
  if (!plan || plan.existing) return [];
  const { backup, storage, standby, instanceClass, blueGreen, proxy, insightsDays, monitoringSeconds, adopted } = plan;
  const said = [
    ...readers(plan),
    `storage grows by itself each time that less than ${storage.freePercent} % is free, without a ceiling: ` +
      `the plan's ${storage.maxGb} GiB are not kept. It never shrinks.`,
    `services use the cluster's owner ${OWNER}, not ${plan.user}: a user that the API makes may create no tables, and ` +
      `the API has no grant. passwordVersion does nothing: \`doctl databases user reset <cluster> ${OWNER}\` makes a new ` +
      'password, and `pulumi up --refresh` takes it up.',
    ...(backup.retentionDays === BACKUP_DAYS
      ? []
      : [`backups are of ${BACKUP_DAYS} days, not ${backup.retentionDays}.`]),
    ...(safety.finalSnapshot ? ['backups go with the cluster; there is no last snapshot when it is deleted.'] : []),
    ...(standby && !canStandBy(instanceClass) ? [`${instanceClass} has no standby: 2 GB are the least.`] : []),
    ...(blueGreen ? ['a new major version is put on in place, with an interruption; there is no green copy.'] : []),
    ...(proxy ? ["there is no proxy of the cloud's own; PgBouncer stands beside each service."] : []),
    ...(insightsDays > 0 || monitoringSeconds > 0
      ? ['insights into queries and nodes are on its page in the control panel, as DigitalOcean keeps them.']
      : []),
    ...(adopted && !adopted.imported
      ? ['the list of who may connect to the adopted cluster is replaced, and its network is peered with ours.']
      : []),
  ];
  return said.map((sentence) => `Relational database: ${sentence}`);
}

function readers({ replicas, pooler }: RelationalDatabasePlan): string[] {
  if (replicas.min === 0) return [];
  const several = Math.max(replicas.min, replicas.perFurtherRegion) > 1;
  return [
    `readers do not follow the load; there are always ${replicas.min}, or what overrides.relational.replicas says.`,
    ...(several
      ? [
          pooler
            ? 'several readers have no address of their own: PgBouncer takes them in turn.'
            : 'several readers have no address of their own: without a pooler services read from the first.',
        ]
      : []),
  ];
}

/** The same of a broker. */
export function brokerGaps({ broker: plan }: Plan): string[] {
  if (!plan) return [];
  return [...standbyOf(plan), ...memoryOf(plan)].map((sentence) => `Broker: ${sentence}`);
}

function standbyOf({ replicas, nodeType }: BrokerPlan): string[] {
  if (replicas === 0 || canHaveStandby(nodeType)) return [];
  return [`${nodeType} has no standby: 2 GB are the least.`];
}

function memoryOf({ snapshotRetentionDays }: BrokerPlan): string[] {
  if (snapshotRetentionDays === 0) return [];
  return [
    'Valkey is written to disk every ten minutes and has no snapshots to go back to; without a standby the jobs of the ' +
      'last minutes go with its node.',
  ];
}
