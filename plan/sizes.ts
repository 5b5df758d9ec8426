import type { Environment, PhaseName } from './vocabulary';

/** Names of sizes: a guide tells them by phase or by environment. */
export type Sizes = Record<PhaseName, string> | Record<Environment, string>;

/** The size of a stack. Phases and environments have no word in common. */
export function sizeOf(sizes: Sizes, phase: PhaseName, environment: Environment): string {
  return 'prod' in sizes ? sizes[environment] : sizes[phase];
}

/** Every size that is named. */
export function allSizes(sizes: Sizes | undefined): string[] {
  return sizes === undefined ? [] : [...new Set(Object.values(sizes))];
}
