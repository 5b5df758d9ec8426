import type { Resource } from '../rule';
import { either, type Stack } from '../stack';
import { at, list, UNKNOWN, type Unknown, type Value } from '../values';

export const deployment = 'kubernetes:apps/v1:Deployment';
export const statefulSet = 'kubernetes:apps/v1:StatefulSet';
export const daemonSet = 'kubernetes:apps/v1:DaemonSet';
export const autoscaler = 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler';
export const disruptionBudget = 'kubernetes:policy/v1:PodDisruptionBudget';

/** What keeps its pods running. */
export const running = [deployment, statefulSet, daemonSet];
/** Everything that starts pods. */
export const workloads = [
  ...running,
  'kubernetes:batch/v1:Job',
  'kubernetes:batch/v1:CronJob',
  'kubernetes:core/v1:Pod',
];

/** Whether two objects can mean each other: on one cluster and in one namespace. */
export function together(a: Resource, b: Resource): boolean | Unknown {
  if (a.provider !== b.provider) return false;
  const [mine, yours] = [namespaceOf(a), namespaceOf(b)];
  return mine === UNKNOWN || yours === UNKNOWN ? sharedSource(a, b) : mine === yours;
}

export function namespaceOf(object: Resource): Value {
  return at(object.props, 'metadata.namespace') ?? 'default';
}

/** Two namespaces that are not known yet are one where both come from the same resource. */
function sharedSource(a: Resource, b: Resource): boolean | Unknown {
  const sources = b.references.metadata ?? [];
  return (a.references.metadata ?? []).some((source) => sources.includes(source)) ? true : UNKNOWN;
}

/** Whether a reference by name, at a path of one object, means the other. */
export function means(from: Resource, path: string, to: Resource): boolean | Unknown {
  const here = together(from, to);
  if (here === false) return false;
  const [wanted, name] = [at(from.props, path), at(to.props, 'metadata.name')];
  if (typeof wanted === 'string' && typeof name === 'string') return wanted === name ? here : false;
  // A name that Pulumi or the server makes is known by where the value comes from.
  const sources = from.references[path.split('.')[0] ?? path] ?? [];
  if (sources.includes(to.urn)) return here;
  return wanted === UNKNOWN && sources.length === 0 ? UNKNOWN : false;
}

/** Labels of the pods that a workload starts. */
export function podLabels(workload: Resource): Value {
  return at(workload.props, `${podPath(workload)}metadata.labels`);
}

export function podPath(workload: Resource): string {
  if (workload.type === 'kubernetes:core/v1:Pod') return '';
  return workload.type === 'kubernetes:batch/v1:CronJob' ? 'spec.jobTemplate.spec.template.' : 'spec.template.';
}

/** Whether a selector takes pods with these labels. An empty one takes all. */
export function selects(selector: Value, labels: Value): boolean | Unknown {
  if (selector === UNKNOWN) return UNKNOWN;
  if (typeof selector !== 'object' || selector === null) return false;
  const wanted = at(selector, 'matchLabels');
  const expressions = at(selector, 'matchExpressions');
  if ([wanted, expressions, labels].includes(UNKNOWN)) return UNKNOWN;
  const pairs = typeof wanted === 'object' && wanted !== null ? Object.entries(wanted) : [];
  const answers = [
    ...pairs.map(([key, value]) => same(label(labels, key), value)),
    ...list(expressions).map((expression) => holds(expression, labels)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(UNKNOWN) ? UNKNOWN : true;
}

function label(labels: Value, key: string): Value {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return undefined;
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function same(a: Value, b: Value): boolean | Unknown {
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : a === b;
}

function holds(expression: Value, labels: Value): boolean | Unknown {
  const [key, operator, values] = ['key', 'operator', 'values'].map((part) => at(expression, part));
  if (typeof key !== 'string' || typeof operator !== 'string' || values === UNKNOWN) return UNKNOWN;
  const value = label(labels, key);
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const within = either(...list(values).map((each) => same(value, each)));
  if (within === UNKNOWN) return UNKNOWN;
  return operator === 'NotIn' ? !within : within;
}

/** Autoscalers that own a workload's count; UNKNOWN where one might. */
export function autoscalerOf(stack: Stack, workload: Resource): Resource | undefined | Unknown {
  const kind = workload.type.split(':').pop();
  let unsure = false;
  for (const candidate of stack.ofType(autoscaler)) {
    const wanted = at(candidate.props, 'spec.scaleTargetRef.kind');
    if (typeof wanted === 'string' && wanted !== kind) continue;
    const answer = means(candidate, 'spec.scaleTargetRef.name', workload);
    if (answer === true) return candidate;
    if (answer === UNKNOWN) unsure = true;
  }
  return unsure ? UNKNOWN : undefined;
}

/** The least pods that a workload keeps, and the most it may have. */
export function podCounts(stack: Stack, workload: Resource): { least: Value; most: Value } {
  const owner = autoscalerOf(stack, workload);
  if (owner === UNKNOWN) return { least: UNKNOWN, most: UNKNOWN };
  if (owner) return { least: at(owner.props, 'spec.minReplicas') ?? 1, most: at(owner.props, 'spec.maxReplicas') };
  const replicas = at(workload.props, 'spec.replicas') ?? 1;
  return { least: replicas, most: replicas };
}
