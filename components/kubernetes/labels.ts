import type * as pulumi from '@pulumi/pulumi';

/** Which thing of which stack: what selectors look for. Selectors of a Deployment never change, so neither do these. */
export interface Identity {
  /** Name of the thing, e.g. `api`. */
  name: string;
  /** The stack it belongs to, e.g. `pulse-prod`. */
  instance: string;
  /** The plan's tags: which system, phase and environment, whose it is and who pays for it. */
  tags?: Record<string, string>;
}

/** The labels that a selector looks for, and nothing that may change. */
export function selectorOf({ name, instance }: Identity): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance };
}

/** The labels of pods: nothing that a promotion changes, or it would restart them all. */
export function podLabelsOf(identity: Identity): Record<string, string> {
  return { ...selectorOf(identity), 'app.kubernetes.io/managed-by': 'pulumi' };
}

/** The recommended labels of everything that is put on a cluster, and the stack's tags. */
export function labelsOf(identity: Identity): Record<string, string> {
  return { ...podLabelsOf(identity), ...tagLabels(identity.tags ?? {}) };
}

/** `metadata` of what is called after an identity. */
export function metadataOf({ identity, namespace }: { identity: Identity; namespace: pulumi.Input<string> }) {
  return { name: identity.name, namespace, labels: labelsOf(identity) };
}

/**
 * On a Deployment whose pods nobody asks anything, and on those pods: there is no readiness to look at, and whether one
 * lives is told by a command, where the plan has one.
 */
export const workerLabel = { 'app.kubernetes.io/component': 'worker' };

/** The plan's tags as labels: `stackladder.dev/cost-center` and the like; the system by its recommended name. */
export function tagLabels(tags: Record<string, string>): Record<string, string> {
  const { System, ...others } = tags;
  const own = Object.entries(others).filter(([key]) => key !== 'ManagedBy');
  const pairs = own.map(([key, value]) => [`stackladder.dev/${kebab(key)}`, labelValue(value)]);
  return { ...(System !== undefined && { 'app.kubernetes.io/part-of': System }), ...Object.fromEntries(pairs) };
}

function kebab(key: string): string {
  return key.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** What a label may say: 63 letters, digits, `-`, `_` and `.`, with a letter or a digit at both ends. */
function labelValue(value: string): string {
  const cut = value.replace(/[^\w.-]+/g, '-').slice(0, 63);
  return cut.replace(/^[^A-Za-z0-9]+/, '').replace(/[^A-Za-z0-9]+$/, '');
}

/** Kubernetes itself puts this label on every namespace. */
export const namespaceLabel = 'kubernetes.io/metadata.name';
