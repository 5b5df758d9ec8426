import { problem, type Problem } from '../../model/errors';
import { at, flag, list, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { between } from '../parts';
import { editionOf, tierFault } from './tiers';

/** What Cloud SQL refuses about an instance, whenever it is asked. */
export function checkInstance(inputs: Bag): Problem[] {
  const version = text(inputs, 'databaseVersion') ?? '';
  const edition = editionOf(version, text(inputs, 'settings.edition'));
  const plus = edition === 'ENTERPRISE_PLUS';
  const refuse = (path: string, reason: string): Problem => problem(path, `invalid: ${reason}`);
  const problems: Problem[] = [
    ...between(inputs, 'settings.diskSize', 10, 65_536),
    ...between(inputs, 'settings.maintenanceWindow.day', 1, 7),
    ...between(inputs, 'settings.maintenanceWindow.hour', 0, 23),
    ...between(inputs, 'settings.backupConfiguration.transactionLogRetentionDays', 1, plus ? 35 : 7),
    ...between(inputs, 'settings.backupConfiguration.backupRetentionSettings.retainedBackups', 1, 365),
    ...between(inputs, 'settings.finalBackupConfig.retentionDays', 1, 365),
    ...between(inputs, 'nodeCount', 1, 20),
  ];
  const tier = text(inputs, 'settings.tier');
  const wrongTier = tier === undefined ? undefined : tierFault(tier, edition);
  if (wrongTier !== undefined) problems.push(problem('settings', wrongTier));
  if (inputs.settings === undefined && inputs.clone === undefined) {
    problems.push(problem('settings', 'one of settings, clone must be specified'));
  }
  if (at(inputs, 'settings') !== undefined && flag(inputs, 'settings.ipConfiguration.ipv4Enabled') === false) {
    const network = (at(inputs, 'settings.ipConfiguration') as Bag | undefined)?.privateNetwork;
    if (network === undefined)
      problems.push(refuse('settings', 'At least one of ipv4Enabled, privateNetwork is needed'));
  }
  const backup = 'settings.backupConfiguration';
  if (version.startsWith('POSTGRES_') && flag(inputs, `${backup}.binaryLogEnabled`)) {
    problems.push(refuse('settings', 'Binary log can only be enabled for MySQL instances'));
  }
  if (version.startsWith('MYSQL_') && flag(inputs, `${backup}.pointInTimeRecoveryEnabled`)) {
    problems.push(refuse('settings', 'pointInTimeRecoveryEnabled is only available for PostgreSQL and SQL Server'));
  }
  const recovers = flag(inputs, `${backup}.binaryLogEnabled`) ?? flag(inputs, `${backup}.pointInTimeRecoveryEnabled`);
  const primary = inputs.masterInstanceName === undefined;
  if (
    primary &&
    text(inputs, 'settings.availabilityType') === 'REGIONAL' &&
    !(flag(inputs, `${backup}.enabled`) && recovers)
  ) {
    problems.push(
      refuse('settings', 'a REGIONAL instance needs backups and point-in-time recovery (binary logs on MySQL)'),
    );
  }
  const names = matches(inputs, 'settings.databaseFlags.*.name').map(({ value }) => value);
  if (new Set(names).size < names.length) problems.push(refuse('settings', 'a database flag is set twice'));
  return [...problems, ...checkReader(inputs, plus)];
}

/** A reader keeps no copies of its own; pools are of the dearer edition, and follow the load within bounds. */
function checkReader(inputs: Bag, plus: boolean): Problem[] {
  const kind = text(inputs, 'instanceType');
  const primary = inputs.masterInstanceName === undefined;
  const problems: Problem[] = [];
  if (primary && (kind === 'READ_POOL_INSTANCE' || kind === 'READ_REPLICA_INSTANCE')) {
    problems.push(problem('masterInstanceName', `invalid: a ${kind} needs the name of its primary`));
  }
  if (!primary && flag(inputs, 'settings.backupConfiguration.enabled')) {
    problems.push(problem('settings', 'invalid: backups cannot be enabled on a read replica'));
  }
  const scaled = 'settings.readPoolAutoScaleConfig';
  if (kind === 'READ_POOL_INSTANCE' && !plus) {
    problems.push(problem('instanceType', 'invalid: read pools are only supported in Enterprise Plus edition'));
  }
  if (kind !== 'READ_POOL_INSTANCE' && (inputs.nodeCount !== undefined || at(inputs, scaled) !== undefined)) {
    problems.push(problem('nodeCount', 'invalid: node count and auto scale are for read pool instances alone'));
  }
  const [least, most] = ['minNodeCount', 'maxNodeCount'].map((key) => number(inputs, `${scaled}.${key}`));
  if (least !== undefined && most !== undefined && least > most) {
    problems.push(problem('settings', `invalid: minNodeCount (${least}) is above maxNodeCount (${most})`));
  }
  for (const { value } of matches(inputs, `${scaled}.targetMetrics.*`)) {
    const target = number(value, 'targetValue') ?? 0;
    if (text(value, 'metric') === 'AVERAGE_CPU_UTILIZATION' && (target < 0.1 || target > 0.9)) {
      problems.push(problem('settings', `invalid: AVERAGE_CPU_UTILIZATION lies between 0.1 and 0.9, got ${target}`));
    }
  }
  if (flag(inputs, `${scaled}.enabled`) && list(inputs, `${scaled}.targetMetrics`).length === 0) {
    problems.push(problem('settings', 'invalid: auto scale needs a target metric'));
  }
  return problems;
}
