import type { ResourceValidationArgs } from '@pulumi/policy';
import { normaliseProps } from './normalise';
import type { Resource } from './rule';

/**
 * What the program asked for, by URN. An API server fills in what was left out (`replicas: 1` where an autoscaler owns
 * the count), and when the whole stack is judged the engine shows objects with that: a rule is about the program.
 */
export class Asked {
  private readonly known = new Map<string, Resource['props']>();

  /** The engine shows each resource with its inputs first. */
  remember({ type, urn, props }: ResourceValidationArgs): void {
    if (isObject(type)) this.known.set(urn, normaliseProps(props));
  }

  of(urn: string): Resource['props'] | undefined {
    return this.known.get(urn);
  }
}

/** Whether a resource is an object of a cluster. */
export function isObject(type: string): boolean {
  return type.startsWith('kubernetes:');
}
