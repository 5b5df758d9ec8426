import { problem, type Problem } from '../../model/errors';
import { at, list, text } from '../../model/reading';
import { isBag, isUnknown, type Bag } from '../../model/values';
import { checkPodSpec } from './containers';
import { checkLabels } from './names';
import { rawAt } from './raw';

const strategies: Record<string, readonly string[]> = {
  'spec.strategy.type': ['Recreate', 'RollingUpdate'],
  'spec.updateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'spec.podManagementPolicy': ['OrderedReady', 'Parallel'],
};

/** Deployments, StatefulSets and DaemonSets: pods that always run, found by labels. */
export function checkWorkload(object: Bag): Problem[] {
  const claims = list(object, 'spec.volumeClaimTemplates').map((claim) => text(claim, 'metadata.name') ?? '');
  return [
    ...checkSelector(object),
    ...checkTemplate(object, 'spec.template', claims, ['Always']),
    ...Object.entries(strategies).flatMap(([path, allowed]) => checkWord(object, path, allowed)),
    ...(Number(at(object, 'spec.replicas') ?? 0) < 0
      ? [problem('spec.replicas', 'must be greater than or equal to 0')]
      : []),
  ];
}

export const checkJob = (object: Bag): Problem[] =>
  checkTemplate(object, 'spec.template', [], ['Never', 'OnFailure'], true);

export function checkCronJob(object: Bag): Problem[] {
  const schedule = text(object, 'spec.schedule');
  const problems = checkTemplate(object, 'spec.jobTemplate.spec.template', [], ['Never', 'OnFailure'], true);
  const isCron = schedule === undefined || /^@\w+/.test(schedule) || schedule.trim().split(/\s+/).length === 5;
  if (!isCron) problems.push(problem('spec.schedule', `Invalid value: "${schedule}": expected exactly 5 fields`));
  return problems;
}

function checkTemplate(
  object: Bag,
  path: string,
  claims: string[],
  policies: readonly string[],
  required = false,
): Problem[] {
  if (isUnknown(rawAt(object, path))) return [];
  const policy = `${path}.spec.restartPolicy`;
  const missing = required && at(object, policy) === undefined && at(object, `${path}.spec`) !== undefined;
  const given = isUnknown(rawAt(object, policy));
  return [
    ...checkPodSpec(object, `${path}.spec`, claims),
    ...checkLabels(object, `${path}.metadata.labels`),
    ...checkWord(object, policy, policies),
    ...(missing && !given ? [problem(policy, `Required value: valid values: ${policies.join(', ')}`)] : []),
  ];
}

function checkSelector(object: Bag): Problem[] {
  if (isUnknown(rawAt(object, 'spec.selector')) || isUnknown(rawAt(object, 'spec.template'))) return [];
  const wanted = at(object, 'spec.selector.matchLabels');
  const isEmpty = !isBag(wanted) || Object.keys(wanted).length === 0;
  if (isEmpty && list(object, 'spec.selector.matchExpressions').length === 0) {
    return [problem('spec.selector', 'Required value')];
  }
  const labels = at(object, 'spec.template.metadata.labels');
  const has = isBag(labels) ? labels : {};
  const astray = Object.entries(isBag(wanted) ? wanted : {}).some(
    ([key, value]) => !isUnknown(value) && !isUnknown(has[key]) && has[key] !== value,
  );
  return astray ? [problem('spec.template.metadata.labels', '`selector` does not match template `labels`')] : [];
}

/** A word out of a few. */
export function checkWord(object: Bag, path: string, allowed: readonly string[]): Problem[] {
  const word = text(object, path);
  if (word === undefined || allowed.includes(word)) return [];
  return [
    problem(path, `Unsupported value: "${word}": supported values: ${allowed.map((one) => `"${one}"`).join(', ')}`),
  ];
}
