/** Which thing of which stack: what selectors look for. Selectors of a Deployment never change, so neither do these. */
export interface Identity {
  /** Name of the thing, e.g. `api`. */
  name: string;
  /** The stack it belongs to, e.g. `pulse-prod`. */
  instance: string;
}

/** The labels that a selector looks for, and nothing that may change. */
export function selectorOf({ name, instance }: Identity): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance };
}

/** The recommended labels of everything that is put on a cluster. */
export function labelsOf(identity: Identity): Record<string, string> {
  return { ...selectorOf(identity), 'app.kubernetes.io/managed-by': 'pulumi' };
}

/** Kubernetes itself puts this label on every namespace. */
export const namespaceLabel = 'kubernetes.io/metadata.name';
