import type * as aws from '@pulumi/aws';
import { signalOf, type Condition, type Query, type Watched } from './signals';

/** The part of an alarm that says when it goes off. */
export type AlarmShape = Pick<
  aws.cloudwatch.MetricAlarmArgs,
  'metricQueries' | 'comparisonOperator' | 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm' | 'treatMissingData'
>;

/** Goes off when one condition has held for all of its minutes: more than this many. */
export function outAlarm(condition: Condition, watched: Watched): AlarmShape {
  const { id, queries, threshold, minutes } = signalOf(condition, wordOf(condition), watched);
  return shape(
    queries.map((query) => (query.id === id ? { ...query, returnData: true } : query)),
    'GreaterThanThreshold',
    threshold,
    minutes,
  );
}

/**
 * Goes off when every condition has held for the longest of their minutes, each below its threshold. A composite alarm
 * could say "all" too, but may not drive scaling; metric math may. Where a value is missing, so is the answer, and
 * nothing is taken away.
 */
export function inAlarm(conditions: Condition[], watched: Watched): AlarmShape {
  const signals = conditions.map((condition, at) => signalOf(condition, idOf(condition, at, conditions), watched));
  const minutes = Math.max(...signals.map((signal) => signal.minutes));
  const below = signals.map(({ id, threshold }) => `${id} < ${threshold}`).join(' AND ');
  const answer: Query = {
    id: 'shrink',
    expression: `IF(${below}, 1, 0)`,
    label: 'All conditions hold',
    returnData: true,
  };
  return shape([answer, ...signals.flatMap(({ queries }) => queries)], 'GreaterThanOrEqualToThreshold', 1, minutes);
}

function shape(
  metricQueries: Query[],
  comparisonOperator: AlarmShape['comparisonOperator'],
  threshold: number,
  minutes: number,
): AlarmShape {
  return {
    metricQueries,
    comparisonOperator,
    threshold,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    treatMissingData: 'notBreaching',
  };
}

/** Ids of metric math: letters, digits and `_`, a small letter first. */
export function wordOf({ signal }: Condition): string {
  return signal.replaceAll('-', '_');
}

/** Two conditions on one signal, e.g. two percentiles, need two names. */
export function idOf(condition: Condition, at: number, conditions: Condition[]): string {
  const word = wordOf(condition);
  const first = conditions.findIndex((other) => wordOf(other) === word) === at;
  return first ? word : `${word}_${at}`;
}
