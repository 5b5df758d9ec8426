import type { Cloud } from '../../model/cloud';
import { problem, type Problem } from '../../model/errors';
import { flag, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { aws, between } from '../parts';
import { checkFamily, checkPassword, checkWatching, checkWindows } from './rules';

/** Least GiB of gp2 and gp3 for the open-source engines, and the most (RDS: storage limits). */
const LEAST_STORAGE = 20;
const MOST_STORAGE = 65_536;
/** `maxAllocatedStorage` in percent of what is allocated, at least (RDS: storage autoscaling). */
const AUTOSCALING_ROOM = 126;
/** GiB from which gp3 of the open-source engines lies over four volumes and has a speed that can be told. */
const STRIPED = 400;

/** What a replica takes from its source and may not be told. */
const inherited = ['dbName', 'username', 'password', 'manageMasterUserPassword'];

/** What RDS refuses of an instance's inputs, whenever it is asked. */
export function checkInstance(inputs: Bag, cloud: Cloud): Problem[] {
  return [
    ...between(inputs, 'backupRetentionPeriod', 0, 35),
    ...checkClass(inputs),
    ...checkWindows(inputs, 'backupWindow', 'maintenanceWindow'),
    ...checkWatching(inputs),
    ...checkPassword(inputs, 'password', flag(inputs, 'manageMasterUserPassword') === true),
    ...checkFamily(inputs, cloud, 'parameterGroupName', aws('rds', 'ParameterGroup')),
    ...checkStorage(inputs),
    ...(inputs.replicateSourceDb === undefined ? checkPrimary(inputs) : checkReplica(inputs)),
  ];
}

function checkClass(inputs: Bag): Problem[] {
  const size = text(inputs, 'instanceClass');
  if (size === undefined) return [];
  if (!/^db\.[a-z0-9]+\.[a-z0-9]+$/.test(size)) {
    return [problem('instanceClass', `InvalidParameterValue: Invalid DB Instance class: ${size}`)];
  }
  const small = /^db\.(t2|t3|t4g)\.(micro|small)$/.test(size);
  if (small && text(inputs, 'engine') === 'mysql' && flag(inputs, 'performanceInsightsEnabled') === true) {
    const reason = 'InvalidParameterCombination: Performance Insights not supported for this configuration.';
    return [problem('performanceInsightsEnabled', reason)];
  }
  return [];
}

function checkStorage(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const allocated = number(inputs, 'allocatedStorage');
  const most = number(inputs, 'maxAllocatedStorage') ?? 0;
  if (allocated !== undefined && (allocated < LEAST_STORAGE || allocated > MOST_STORAGE)) {
    const reason = `InvalidParameterValue: Invalid storage size: allocated storage must be ${LEAST_STORAGE} to ${MOST_STORAGE} GiB`;
    problems.push(problem('allocatedStorage', reason));
  }
  if (allocated !== undefined && most > 0 && most * 100 < allocated * AUTOSCALING_ROOM) {
    const reason = `InvalidParameterCombination: Max storage size must be at least ${AUTOSCALING_ROOM} % of the ${allocated} GiB that are allocated`;
    problems.push(problem('maxAllocatedStorage', reason));
  }
  if (allocated !== undefined && allocated < STRIPED && text(inputs, 'storageType') === 'gp3' && isFast(inputs)) {
    const reason = `InvalidParameterCombination: You can't specify IOPS or storage throughput for a storage size less than ${STRIPED}.`;
    problems.push(problem('iops', reason));
  }
  return problems;
}

const isFast = (inputs: Bag): boolean => inputs.iops !== undefined || inputs.storageThroughput !== undefined;

/** The provider sends the speed that it knows along with storage from the bound on, and that is the smaller one's. */
export function speedRefusal(inputs: Bag, before: number, after: number): string | undefined {
  if (text(inputs, 'storageType') !== 'gp3' || inputs.iops !== undefined) return undefined;
  const grows = before < STRIPED && after >= STRIPED;
  return grows ? `Invalid iops value for engine name ${text(inputs, 'engine')} and storage type gp3: 3000` : undefined;
}

function checkPrimary(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const restored = ['snapshotIdentifier', 'restoreToPointInTime', 's3Import'].some((key) => inputs[key] !== undefined);
  if (restored) return problems;
  for (const key of ['allocatedStorage', 'engine', 'username']) {
    if (inputs[key] === undefined) {
      problems.push(problem(key, `"${key}": required field is not set: neither a replica nor restored`));
    }
  }
  const secret = ['password', 'passwordWo', 'manageMasterUserPassword'].some((key) => inputs[key] !== undefined);
  if (!secret) problems.push(problem('password', '"password": required field is not set'));
  if (flag(inputs, 'blueGreenUpdate.enabled') === true && number(inputs, 'backupRetentionPeriod') === 0) {
    problems.push(problem('blueGreenUpdate', 'InvalidDBInstanceState: a blue/green deployment needs backups'));
  }
  return problems;
}

function checkReplica(inputs: Bag): Problem[] {
  const problems = inherited
    .filter((key) => inputs[key] !== undefined)
    .map((key) => problem(key, `"${key}": conflicts with replicateSourceDb`));
  if (flag(inputs, 'blueGreenUpdate.enabled') === true) {
    const reason = '"blueGreenUpdate.enabled" cannot be set when "replicateSourceDb" is set.';
    problems.push(problem('blueGreenUpdate', reason));
  }
  return problems;
}
