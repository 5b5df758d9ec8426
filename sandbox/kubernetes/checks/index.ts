import { problem, type Problem } from '../../model/errors';
import { isBag, isUnknown, type Bag } from '../../model/values';
import type { Kind } from '../kind';
import { parseQuantity, quantities } from '../quantity';
import { checkNamespace, checkRoleBinding } from './access';
import { checkPodSpec } from './containers';
import { checkNames } from './names';
import { checkIngress, checkNetworkPolicy, checkService } from './network';
import { checkAutoscaler, checkBudget } from './scaling';
import { checkClaim, checkConfigMap, checkSecret, checkStorageClass } from './storage';
import { checkCronJob, checkJob, checkWorkload } from './workloads';

/** What the API server refuses, by group and kind. Kinds that are not here are somebody's own, with a schema of theirs. */
const byKind: Record<string, (object: Bag) => Problem[]> = {
  '/ConfigMap': checkConfigMap,
  '/Namespace': checkNamespace,
  '/PersistentVolumeClaim': checkClaim,
  '/Pod': (pod) => checkPodSpec(pod, 'spec'),
  '/Secret': checkSecret,
  '/Service': checkService,
  'apps/DaemonSet': checkWorkload,
  'apps/Deployment': checkWorkload,
  'apps/StatefulSet': checkWorkload,
  'autoscaling/HorizontalPodAutoscaler': checkAutoscaler,
  'batch/CronJob': checkCronJob,
  'batch/Job': checkJob,
  'networking.k8s.io/Ingress': checkIngress,
  'networking.k8s.io/NetworkPolicy': checkNetworkPolicy,
  'policy/PodDisruptionBudget': checkBudget,
  'rbac.authorization.k8s.io/ClusterRoleBinding': checkRoleBinding,
  'rbac.authorization.k8s.io/RoleBinding': checkRoleBinding,
  'storage.k8s.io/StorageClass': checkStorageClass,
};

/** Inputs at the top that each of these needs. */
const required: Record<string, readonly string[]> = {
  'apps/DaemonSet': ['spec'],
  'apps/Deployment': ['spec'],
  'apps/StatefulSet': ['spec'],
  'autoscaling/HorizontalPodAutoscaler': ['spec'],
  'batch/CronJob': ['spec'],
  'batch/Job': ['spec'],
  'policy/PodDisruptionBudget': ['spec'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
};

export function checkObject(kind: Kind, object: Bag): Problem[] {
  const name = `${kind.group}/${kind.kind}`;
  const problems = (['apiVersion', 'kind'] as const)
    .filter((key) => object[key] !== undefined && !isUnknown(object[key]) && object[key] !== kind[key])
    .map((key) => problem(key, `expected ${kind[key]}, got ${String(object[key])}`));
  problems.push(...checkNames(kind, object));
  if (kind.patch) {
    const named = isBag(object.metadata) && object.metadata.name !== undefined;
    return named ? problems : [...problems, problem('metadata.name', 'patch resources require it to be set')];
  }
  const check = byKind[name];
  if (!check) return problems;
  const missing = (required[name] ?? []).filter((key) => object[key] === undefined);
  problems.push(...missing.map((key) => problem(key, 'Required value')));
  const wrong = quantities(object).filter(({ value }) => !isUnknown(value) && parseQuantity(value) === undefined);
  const says = 'quantities must match the regular expression of Kubernetes, e.g. 500m or 1Gi';
  problems.push(
    ...wrong.map(({ path, value }) => problem(path.join('.'), `Invalid value: "${String(value)}": ${says}`)),
  );
  return missing.length > 0 ? problems : [...problems, ...check(object)];
}
