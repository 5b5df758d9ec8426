import { problem, type Problem } from '../../model/errors';
import { at, list, number, text } from '../../model/reading';
import { isBag, type Bag, type Value } from '../../model/values';
import { checkWord } from './workloads';

/** Seconds. */
const LONGEST_WINDOW = 3600;
const LONGEST_PERIOD = 1800;
const sources: Record<string, string> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

export function checkAutoscaler(object: Bag): Problem[] {
  const [least, most] = [number(object, 'spec.minReplicas') ?? 1, number(object, 'spec.maxReplicas')];
  const problems: Problem[] = [];
  if (least < 1) problems.push(problem('spec.minReplicas', 'must be greater than or equal to 1'));
  if (most !== undefined && most < 1) problems.push(problem('spec.maxReplicas', 'must be greater than 0'));
  if (most !== undefined && most < least) {
    problems.push(
      problem('spec.maxReplicas', `Invalid value: ${most}: must be greater than or equal to \`minReplicas\``),
    );
  }
  for (const key of ['kind', 'name']) {
    if (at(object, 'spec.scaleTargetRef') !== undefined && blank(object, `spec.scaleTargetRef.${key}`)) {
      problems.push(problem(`spec.scaleTargetRef.${key}`, 'Required value'));
    }
  }
  return [
    ...problems,
    ...list(object, 'spec.metrics').flatMap((metric, index) => checkMetric(metric, `spec.metrics[${index}]`)),
    ...['scaleUp', 'scaleDown'].flatMap((way) => checkBehaviour(object, `spec.behavior.${way}`)),
  ];
}

const blank = (object: Bag, path: string): boolean => at(object, path) === '' || rawMissing(object, path);

function rawMissing(object: Bag, path: string): boolean {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  const holder = at(object, parts.join('.'));
  return isBag(holder) && holder[last] === undefined;
}

function checkMetric(metric: Value, path: string): Problem[] {
  if (!isBag(metric)) return [];
  const type = text(metric, 'type') ?? '';
  const source = sources[type];
  if (source === undefined)
    return checkWord(metric, 'type', Object.keys(sources)).map((one) => ({ ...one, property: path }));
  if (metric[source] === undefined)
    return [problem(`${path}.${source}`, `must populate information for the given metric source`)];
  const target = at(metric, `${source}.target`);
  const percent = number(target, 'averageUtilization');
  if (percent !== undefined && percent < 1)
    return [problem(`${path}.${source}.target`, 'averageUtilization must be greater than 0')];
  return [];
}

function checkBehaviour(object: Bag, path: string): Problem[] {
  const window = number(object, `${path}.stabilizationWindowSeconds`);
  const isWrong = window !== undefined && (window < 0 || window > LONGEST_WINDOW);
  const policies = list(object, `${path}.policies`).flatMap((policy, index) => {
    const here = `${path}.policies[${index}]`;
    const [value, period] = [number(policy, 'value'), number(policy, 'periodSeconds')];
    return [
      ...checkWord(policy as Bag, 'type', ['Percent', 'Pods']).map((one) => ({ ...one, property: `${here}.type` })),
      ...(value !== undefined && value < 1 ? [problem(`${here}.value`, 'must be greater than zero')] : []),
      ...(period !== undefined && (period < 1 || period > LONGEST_PERIOD)
        ? [problem(`${here}.periodSeconds`, `must be between 1 and ${LONGEST_PERIOD}`)]
        : []),
    ];
  });
  const reason = `must be between 0 and ${LONGEST_WINDOW}`;
  return [...(isWrong ? [problem(`${path}.stabilizationWindowSeconds`, reason)] : []), ...policies];
}

/** A disruption budget says how many must stay, or how many may go, not both. */
export function checkBudget(object: Bag): Problem[] {
  const given = ['minAvailable', 'maxUnavailable'].filter((key) => at(object, `spec.${key}`) !== undefined);
  const problems = given.flatMap((key) => {
    const value = at(object, `spec.${key}`);
    const isRight =
      typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^(100|\d{1,2})%$/.test(String(value));
    return isRight
      ? []
      : [problem(`spec.${key}`, `Invalid value: "${String(value)}": must be a number or a percentage`)];
  });
  if (given.length === 2) {
    problems.push(problem('spec', 'Invalid value: minAvailable and maxUnavailable cannot be both set'));
  }
  return problems;
}
