import type { System } from '../../systems/system';

/** The names that the schema takes from the systems on board. */
export interface Scope {
  systems: readonly string[];
  /** Of the stack's own system; of all systems where no stack is known, as in the editor's schema. */
  services: readonly string[];
  workers: readonly string[];
  /** Keys of `images`: what services and workers run. */
  images: readonly string[];
}

/** The names of one system, or of all where it is not known which. */
export function scopeOf(systems: Readonly<Record<string, System>>, own?: System): Scope {
  const inScope = own ? [own] : Object.values(systems);
  return {
    systems: Object.keys(systems),
    services: unique(inScope.flatMap(({ services }) => services.map(({ name }) => name))),
    workers: unique(inScope.flatMap(({ workers }) => (workers ?? []).map(({ name }) => name))),
    images: unique(inScope.flatMap(imagesOf)),
  };
}

/** Every image that a system runs, by its key. */
export function imagesOf({ services, workers }: System): string[] {
  return unique([...services.map(({ name }) => name), ...(workers ?? []).map(({ image }) => image)]);
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
