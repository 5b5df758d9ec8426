import type { Cloud } from '../../model/cloud';
import { problem, type Problem } from '../../model/errors';
import { number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { between } from '../parts';

/** The major version as its family names it: `17` of PostgreSQL, `8.4` of MySQL. */
export function majorOf(engine: string, version: string): string {
  return version
    .split('.')
    .slice(0, engine.includes('mysql') ? 2 : 1)
    .join('.');
}

export const portOf = (engine: string): number => (engine.includes('mysql') ? 3306 : 5432);

/** `dddd:HH:MM` or `HH:MM` in minutes. */
function minutes(moment: string): { day?: string; at: number } {
  const parts = moment.toLowerCase().split(':');
  const [hour = '0', minute = '0'] = parts.slice(-2);
  return { day: parts.length === 3 ? parts[0] : undefined, at: Number(hour) * 60 + Number(minute) };
}

const DAY = 1440;

/** RDS wants both windows, of half an hour at least, and refuses them where they meet. */
export function checkWindows(inputs: Bag, backupKey: string, maintenanceKey: string): Problem[] {
  const [backup, maintenance] = [text(inputs, backupKey), text(inputs, maintenanceKey)];
  const problems: Problem[] = [];
  if (backup !== undefined && !/^\d{2}:\d{2}-\d{2}:\d{2}$/.test(backup)) {
    problems.push(problem(backupKey, `"${backupKey}" must satisfy the format of "hh24:mi-hh24:mi"`));
  }
  if (maintenance !== undefined && !/^[a-z]{3}:\d{2}:\d{2}-[a-z]{3}:\d{2}:\d{2}$/i.test(maintenance)) {
    problems.push(problem(maintenanceKey, `"${maintenanceKey}" must satisfy the format of "ddd:hh24:mi-ddd:hh24:mi"`));
  }
  if (problems.length > 0 || backup === undefined || maintenance === undefined) return problems;
  const [from, to] = backup.split('-').map((part) => minutes(part).at) as [number, number];
  const [start, end] = maintenance.split('-').map((part) => minutes(part).at) as [number, number];
  const span = (a: number, b: number) => (b - a + DAY) % DAY;
  if (span(from, to) < 30) problems.push(problem(backupKey, 'InvalidParameterValue: a window is 30 minutes at least'));
  if (span(start, end) < 30)
    problems.push(problem(maintenanceKey, 'InvalidParameterValue: a window is 30 minutes at least'));
  if (span(from, start) < span(from, to) || span(start, from) < span(start, end)) {
    const reason = 'InvalidParameterValue: The backup window and maintenance window must not overlap.';
    problems.push(problem(backupKey, reason));
  }
  return problems;
}

/** What holds of instances, clusters and their members alike. */
export function checkWatching(inputs: Bag): Problem[] {
  const problems = between(inputs, 'port', 1150, 65535);
  const interval = number(inputs, 'monitoringInterval') ?? 0;
  if (![0, 1, 5, 10, 15, 30, 60].includes(interval)) {
    problems.push(problem('monitoringInterval', `expected monitoringInterval to be one of [0 1 5 10 15 30 60]`));
  }
  if (interval > 0 && inputs.monitoringRoleArn === undefined) {
    const reason =
      'InvalidParameterCombination: A MonitoringRoleARN value is required if you specify MonitoringInterval';
    problems.push(problem('monitoringRoleArn', reason));
  }
  const days = number(inputs, 'performanceInsightsRetentionPeriod');
  if (days !== undefined && days !== 7 && days !== 731 && (days % 31 !== 0 || days > 731 || days <= 0)) {
    const reason = `InvalidParameterValue: Invalid Performance Insights retention period ${days}: 7, 731 or a multiple of 31`;
    problems.push(problem('performanceInsightsRetentionPeriod', reason));
  }
  return problems;
}

/** Lengths and characters of a master password. The value itself is never told. */
export function checkPassword(inputs: Bag, key: string, managed: boolean): Problem[] {
  const password = text(inputs, key);
  if (managed && inputs[key] !== undefined) {
    return [problem(key, `"${key}": conflicts with manageMasterUserPassword`)];
  }
  if (password === undefined) return [];
  const most = (text(inputs, 'engine') ?? '').includes('mysql') ? 41 : 128;
  if (password.length < 8 || password.length > most) {
    return [problem(key, `InvalidParameterValue: a password has 8 to ${most} characters`)];
  }
  if (/[/"@ ]/.test(password) || !/^[\x21-\x7e]+$/.test(password)) {
    return [
      problem(key, 'InvalidParameterValue: Only printable ASCII characters besides /, @, " and space may be used.'),
    ];
  }
  return [];
}

/** A group of another family than the engine's version is refused. */
export function checkFamily(inputs: Bag, cloud: Cloud, key: string, token: string): Problem[] {
  const [name, engine, version] = [text(inputs, key), text(inputs, 'engine'), text(inputs, 'engineVersion')];
  const group = name === undefined ? undefined : cloud.find([token], name);
  if (!group || engine === undefined || version === undefined) return [];
  const wanted = `${engine}${majorOf(engine, version)}`;
  const family = text(group.inputs, 'family');
  if (family === wanted) return [];
  const reason = `InvalidParameterCombination: The parameter group ${name} with family ${family} can't be used for this instance. Please use a parameter group of family ${wanted}.`;
  return [problem(key, reason)];
}

/** A version that the engine has not, and one below what runs, in the words of RDS. */
export function versionRefusal(engine: string, before: string, after: string, major: boolean): string | undefined {
  const compare = (a: string, b: string): number => {
    const [x, y] = [a, b].map((one) => one.split('.').map(Number)) as [number[], number[]];
    for (let at = 0; at < Math.min(x.length, y.length); at++) {
      const difference = (x[at] ?? 0) - (y[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  if (compare(after, before) < 0) return `Cannot upgrade ${engine} from ${before} to ${after}`;
  if (majorOf(engine, after) === majorOf(engine, before) || major) return undefined;
  return 'The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.';
}
