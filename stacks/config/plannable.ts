import { clouds } from '../../plan/vocabulary';
import type { Draft } from './draft';
import type { Path } from './path';

/** What the plan's own faults depend on: where stores and their clients are, how many, and of what size. */
const shaping: readonly Path[] = [
  ...['system', 'phase', 'environment', 'cloud', 'compute', 'regions', 'zones', 'keep', 'discardStores', 'reached'],
  'databaseUrl',
]
  .map((key): Path => [key])
  .concat(
    ['services', 'workers', 'cache', 'database', 'relational', 'broker', 'cluster'].map((part) => ['overrides', part]),
  )
  .concat(
    clouds.flatMap((cloud) =>
      ['regions', 'zones', 'network', 'objectStore', 'databaseSecretId', 'adoptDatabase'].map((key) => [cloud, key]),
    ),
  );

/**
 * Whether a plan can be made of a configuration that has faults: none of them is in what shapes it, so what the plan
 * finds wrong is wrong whatever becomes of them, and is told in the same message.
 */
export function isPlannable(draft: Draft): boolean {
  return !shaping.some((path) => draft.isFaulty(...path));
}
