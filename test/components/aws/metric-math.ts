import type { RecordedResource } from '../../../cli/offline/recorder';

interface Query {
  id: string;
  expression?: string;
  returnData?: boolean;
  metric?: { metricName: string };
}

/**
 * What CloudWatch makes of an alarm's metric math for one minute (CloudWatch: using metric math): values by the name of the
 * metric; one that is missing makes everything missing that is worked out of it, save for FILL.
 */
export function valueOf(alarm: RecordedResource, values: Record<string, number | undefined>): number | undefined {
  const queries = alarm.inputs.metricQueries as Query[];
  const known = new Map<string, number | undefined>();
  const look = (id: string): number | undefined => {
    if (!known.has(id)) {
      const query = queries.find((candidate) => candidate.id === id);
      if (!query) throw new Error(`${alarm.name} has no query ${id}`);
      known.set(id, query.metric ? values[query.metric.metricName] : calculate(query.expression!, look));
    }
    return known.get(id);
  };
  return look(queries.find(({ returnData }) => returnData)!.id);
}

/** Whether the alarm goes off where every minute of its time is like this one. */
export function goesOff(alarm: RecordedResource, values: Record<string, number | undefined>): boolean {
  const value = valueOf(alarm, values);
  if (value === undefined) return alarm.inputs.treatMissingData === 'breaching';
  const threshold = alarm.inputs.threshold as number;
  switch (alarm.inputs.comparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    default:
      throw new Error(`${alarm.name} compares by ${String(alarm.inputs.comparisonOperator)}`);
  }
}

const MISSING = Symbol('missing');

function calculate(expression: string, look: (id: string) => number | undefined): number | undefined {
  const javascript = expression.replace(/\bAND\b/g, '&&').replace(/\b[a-z][a-z0-9_]*\b/g, (id) => `look('${id}')`);
  const functions = {
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    FILL: (value: number | undefined, filled: number) => value ?? filled,
  };
  const missing = (id: string) => {
    const value = look(id);
    if (value === undefined) throw MISSING;
    return value;
  };
  // FILL alone may look at what is not there.
  const filled = javascript.replace(/FILL\(look\(/g, 'FILL(maybe(');
  try {
    const run = new Function('IF', 'FILL', 'look', 'maybe', `return Number(${filled})`);
    return run(functions.IF, functions.FILL, missing, look) as number;
  } catch (error) {
    if (error === MISSING) return undefined;
    throw error;
  }
}
