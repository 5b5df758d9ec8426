import { type PhaseName, phases } from '../plan/vocabulary';
import { ladder } from '../stacks/phases';
import { systems } from '../systems';
import type { Context } from './context';

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
 * Bounds from the same tables as the plan: the services of `systems/` and the rungs of `stacks/`. A guide's range
 * holds at every phase; where a rung itself starts higher than a service's ceiling, the rung's own count is allowed.
 * A smaller machine than the phase's is never too much, so the types of lower phases count too.
 *
 * @param service the service that the resource belongs to; without it the loosest of the system's services counts
 * @returns undefined where the system is not on board or the phase is not known
 */
export function boundsOf(context: Context, service?: string): Partial<Bounds> {
  return { ...fromTables(context.system, context.phase, service), ...context.bounds };
}

function fromTables(system: string | undefined, phase: PhaseName | undefined, service?: string): Partial<Bounds> {
  const onBoard = system !== undefined && Object.hasOwn(systems, system) ? systems[system] : undefined;
  if (!onBoard) return {};
  const named = onBoard.services.filter((candidate) => candidate.name === service);
  const services = named.length > 0 ? named : onBoard.services;
  const range = {
    minInstances: Math.min(...services.map((each) => each.range.min)),
    maxInstances: Math.max(...services.map((each) => each.range.max)),
    rateLimited: services.some((each) => each.rateLimit !== undefined),
  };
  if (phase === undefined) return range;
  const reached = phases.slice(0, phases.indexOf(phase) + 1);
  // A type has one name on one cloud only, so those of all clouds can stand in one list.
  const machines = services.flatMap((each) => Object.values(each.machines));
  const upTo = (tables: Record<PhaseName, string>[]) => [
    ...new Set(tables.flatMap((byPhase) => reached.map((rung) => byPhase[rung]))),
  ];
  return {
    ...range,
    maxInstances: Math.max(range.maxInstances, ladder[phase].appInstances.to),
    instanceTypes: upTo(machines),
    nodeTypes: upTo(Object.values(onBoard.clusterNodes)),
  };
}
