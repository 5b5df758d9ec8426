import type { Plan, WorkConnections } from '../../plan/types';
import { nameOf } from '../naming';
import { selectorOf } from './labels';

/** What things of one namespace are called that others must know: whom they let in, and what they look for. */

/** The name of a service's or worker's ServiceAccount: what a cloud binds its own roles to, in the namespace of the plan. */
export function serviceAccountOf(service: string): string {
  return nameOf('kubernetes', service);
}

/** The cluster of CloudNativePG that holds a database; its pods and volumes are called so, with a number behind. */
export function relationalNameOf(database: string): string {
  return nameOf('kubernetes', database.replace(/_/g, '-'), 'db');
}

/** The pooler of one of a database's names: `svsdk`, `svsdk_read`. */
export function poolerNameOf(database: string): string {
  return nameOf('kubernetes', database.replace(/_/g, '-'), 'pooler');
}

/** What runs by the calendar. */
export function scheduleNameOf(job: string): string {
  return nameOf('kubernetes', job);
}

/** Names of the services and workers that use a store. */
export function usersOf(
  { services, workers }: Pick<Plan, 'services' | 'workers'>,
  store: keyof WorkConnections,
): string[] {
  const all = [...services, ...workers].filter(({ connections }) => connections[store] !== undefined);
  return all.map(({ name }) => serviceAccountOf(name));
}

/** Labels of the pods of these names in a plan. */
export function selectorsOf({ prefix }: Pick<Plan, 'prefix'>, names: string[]): Record<string, string>[] {
  return [...new Set(names)].map((name) => selectorOf({ name, instance: prefix }));
}
