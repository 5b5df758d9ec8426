import { problem, type Problem } from '../../model/errors';
import { at, list, text } from '../../model/reading';
import { isBag, type Bag } from '../../model/values';

const podSecurity = 'pod-security.kubernetes.io/';
const levels = ['baseline', 'privileged', 'restricted'];

export function checkNamespace(object: Bag): Problem[] {
  const labels = at(object, 'metadata.labels');
  if (!isBag(labels)) return [];
  return ['enforce', 'audit', 'warn'].flatMap((mode) => {
    const level = labels[podSecurity + mode];
    if (level === undefined || levels.includes(String(level))) return [];
    return [problem('metadata.labels', `Invalid value: ${podSecurity}${mode}: must be one of ${levels.join(', ')}`)];
  });
}

export function checkRoleBinding(object: Bag): Problem[] {
  const problems = ['kind', 'name'].flatMap((key) =>
    isBag(object.roleRef) && object.roleRef[key] === undefined ? [problem(`roleRef.${key}`, 'Required value')] : [],
  );
  for (const [index, subject] of list(object, 'subjects').entries()) {
    if (text(subject, 'kind') === 'ServiceAccount' && isBag(subject) && subject.namespace === undefined) {
      problems.push(problem(`subjects[${index}].namespace`, 'Required value'));
    }
  }
  return problems;
}
