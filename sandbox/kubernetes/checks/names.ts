import { problem, type Problem } from '../../model/errors';
import { at, text } from '../../model/reading';
import { isBag, isUnknown, type Bag, type Value } from '../../model/values';
import type { Kind } from '../kind';

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const labelFromLetter = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][A-Za-z0-9_.-]*)?[A-Za-z0-9])?$/;
const qualified = /^([A-Za-z0-9][A-Za-z0-9_.-]*)?[A-Za-z0-9]$/;

/** What a kind's names look like, where it is not a subdomain of RFC 1123 as for most. */
interface Form {
  pattern: RegExp;
  max: number;
  says: string;
}
const usual: Form = { pattern: subdomain, max: 253, says: 'a lowercase RFC 1123 subdomain' };
const anyPath: Form = { pattern: /^(?!\.{1,2}$)[^/%]+$/, max: 253, says: 'a path segment without "/" or "%"' };
const byKind: Record<string, Form> = {
  '/Namespace': { pattern: label, max: 63, says: 'a lowercase RFC 1123 label' },
  '/Service': { pattern: labelFromLetter, max: 63, says: 'a DNS-1035 label' },
  'batch/CronJob': { pattern: subdomain, max: 52, says: 'a lowercase RFC 1123 subdomain of at most 52 characters' },
  // Its pods' names, and with them their labels, have to fit.
  'apps/StatefulSet': { pattern: label, max: 52, says: 'a lowercase RFC 1123 label of at most 52 characters' },
  'rbac.authorization.k8s.io/ClusterRole': anyPath,
  'rbac.authorization.k8s.io/ClusterRoleBinding': anyPath,
  'rbac.authorization.k8s.io/Role': anyPath,
  'rbac.authorization.k8s.io/RoleBinding': anyPath,
};

export function checkNames(kind: Kind, object: Bag): Problem[] {
  const form = byKind[`${kind.group}/${kind.kind}`] ?? usual;
  const [name, namespace] = [text(object, 'metadata.name'), text(object, 'metadata.namespace')];
  const problems: Problem[] = [];
  if (name !== undefined && (name.length > form.max || !form.pattern.test(name))) {
    problems.push(problem('metadata.name', `Invalid value: "${name}": must be ${form.says}`));
  }
  if (namespace !== undefined && (namespace.length > 63 || !label.test(namespace))) {
    problems.push(problem('metadata.namespace', `Invalid value: "${namespace}": must be a lowercase RFC 1123 label`));
  }
  return [...problems, ...checkLabels(object, 'metadata.labels'), ...checkKeys(object, 'metadata.annotations')];
}

/** Labels at a path, e.g. those of a pod template. */
export function checkLabels(object: Bag, path: string): Problem[] {
  const labels = at(object, path);
  if (!isBag(labels)) return [];
  const wrong = Object.entries(labels).filter(([, value]) => !isUnknown(value) && !isLabelValue(value));
  const says =
    'a valid label is at most 63 letters, digits, "-", "_" and ".", and begins and ends with a letter or digit';
  return [
    ...checkKeys(object, path),
    ...wrong.map(([key, value]) => problem(path, `Invalid value: ${key}=${JSON.stringify(value)}: ${says}`)),
  ];
}

const isLabelValue = (value: Value): boolean =>
  typeof value === 'string' && value.length <= 63 && labelValue.test(value);

function checkKeys(object: Bag, path: string): Problem[] {
  const labels = at(object, path);
  if (!isBag(labels)) return [];
  return Object.keys(labels)
    .filter((key) => !isKey(key))
    .map((key) => problem(path, `Invalid value: "${key}": must be a qualified name, with a prefix or without`));
}

function isKey(key: string): boolean {
  const [name = '', prefix, ...more] = key.split('/').reverse();
  if (more.length > 0 || name.length > 63 || !qualified.test(name)) return false;
  return prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix));
}

export const isDnsLabel = (name: string): boolean => name.length <= 63 && label.test(name);
