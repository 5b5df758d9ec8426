import { rangeAt } from '../plan/capacity';
import type { Sizes } from '../plan/sizes';
import { type Environment, environments, type PhaseName, phases } from '../plan/vocabulary';
import { ladder } from '../stacks/phases';
import { systems } from '../systems';
import type { RangeNeeds, System } from '../systems/system';
import { type Context, tagsOf } from './context';
import type { Resource } from './rule';

/** Sizes that a phase allows. */
export interface Bounds {
  /** Instances of a group. */
  minInstances: number;
  maxInstances: number;
  /** Instance types of the phase and of the phases below it. */
  instanceTypes: string[];
  /** Machine types of clusters' nodes, of the phase and of the phases below it. */
  nodeTypes: string[];
  /** Whether a service limits the requests of a client. */
  rateLimited: boolean;
}

/**
 * Bounds from the same tables as the plan: the services and workers of `systems/` and the rungs of `stacks/`. A guide's
 * range holds at every phase; where a rung itself starts higher than a service's ceiling, the rung's own count is allowed.
 * A smaller machine than the phase's is never too much, so the types of lower phases and environments count too.
 *
 * @param group the service or worker that the resource belongs to; without it the loosest of the system's counts
 * @returns undefined where the system is not on board or the phase is not known
 */
export function boundsOf(context: Context, group?: string): Partial<Bounds> {
  return { ...fromTables(systemOf(context), context, group), ...context.bounds };
}

/**
 * Which service or worker a resource belongs to: what it is tagged with, or the one whose name stands in its own.
 * Undefined where nothing tells.
 */
export function groupOf(resource: Resource, context: Context): string | undefined {
  const tagged = tagsOf(resource)?.Service;
  if (tagged !== undefined) return tagged;
  const system = systemOf(context);
  const names = [...(system?.services ?? []), ...(system?.workers ?? [])].map(({ name }) => name);
  return names.filter((name) => `-${resource.name}-`.includes(`-${name}-`)).sort((a, b) => b.length - a.length)[0];
}

/** The system as its own file has it; undefined where it is not on board. */
export function systemOf({ system }: Pick<Context, 'system'>): System | undefined {
  return system !== undefined && Object.hasOwn(systems, system) ? systems[system] : undefined;
}

function fromTables(system: System | undefined, { phase, environment }: Context, group?: string): Partial<Bounds> {
  if (!system) return {};
  const all = [...system.services, ...(system.workers ?? [])];
  const named = all.filter(({ name }) => name === group);
  const groups = named.length > 0 ? named : all;
  const ranges = groups.flatMap(({ range }) => rangesOf(range, phase));
  const limits = {
    minInstances: Math.min(...ranges.map(({ min }) => min)),
    maxInstances: Math.max(...ranges.map(({ max }) => max)),
    rateLimited: system.services.some(
      ({ name, rateLimit }) => (named.length === 0 || name === group) && rateLimit !== undefined,
    ),
  };
  if (phase === undefined) return limits;
  // A type has one name on one cloud only, so those of all clouds can stand in one list.
  const upTo = (tables: Sizes[]) => [...new Set(tables.flatMap((sizes) => sizesUpTo(sizes, phase, environment)))];
  return {
    ...limits,
    // What a guide tells by phase is the phase's own.
    maxInstances: Math.max(
      limits.maxInstances,
      ...groups.map(({ range }) => ('small' in range ? 0 : ladder[phase].appInstances.to)),
    ),
    instanceTypes: upTo(groups.flatMap(({ machines }) => Object.values(machines))),
    nodeTypes: upTo(Object.values(system.clusterNodes)),
  };
}

/** The range at the phase, or at every phase where none is known. */
function rangesOf(range: RangeNeeds, phase: PhaseName | undefined): { min: number; max: number }[] {
  return (phase === undefined ? phases : [phase]).map((each) => rangeAt(range, each));
}

/** Sizes of a table that are not above the stack's: by phase, or by environment. */
export function sizesUpTo(sizes: Sizes, phase: PhaseName, environment: Environment): string[] {
  if ('prod' in sizes) return environments.slice(0, environments.indexOf(environment) + 1).map((each) => sizes[each]);
  return phases.slice(0, phases.indexOf(phase) + 1).map((each) => sizes[each]);
}
