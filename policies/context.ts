import { type Environment, environments, type PhaseName, phases } from '../plan/vocabulary';
import type { Bounds } from './bounds';
import { labelsOf } from './labels';
import type { Resource, Where } from './rule';
import { UNKNOWN, type Unknown } from './values';

/** What a rule may know beside the resource: how strict to be, and the sizes that the phase allows. */
export interface Context {
  environment: Environment;
  /** Undefined where nothing says it; rules that need it then answer "unknown". */
  phase?: PhaseName;
  /** Name of a system on board; its own numbers give the bounds. */
  system?: string;
  /** Regions that resources may be in; undefined allows any. */
  regions?: string[];
  /** Instead of the bounds that the system and the phase give. */
  bounds?: Partial<Bounds>;
}

/**
 * The context where no configuration gives it: what the resources' own tags say, then the stack's name in its URN. An
 * environment that nobody names is judged as prod: the strict side is the safe one.
 */
export function contextOf(resources: readonly Resource[], configured: Partial<Context> = {}): Context {
  const say = (key: string, by = resources): string | undefined =>
    mostSaid(by.map((resource) => tagsOf(resource)?.[key]).filter((value) => value !== undefined));
  const upToDate = resources.filter((resource) => !keepsFirstPhase(resource));
  const stackName = resources[0]?.urn.split('::')[0]?.split(':').pop();
  const environment =
    configured.environment ?? oneOf(environments, say('Environment')) ?? oneOf(environments, stackName) ?? 'prod';
  return {
    environment,
    phase: configured.phase ?? oneOf(phases, say('Phase', upToDate)),
    system: configured.system ?? say('System'),
    regions: configured.regions,
    bounds: configured.bounds,
  };
}

/** Resources come in any order, and one that could not be changed may still tell of the past: most of them are right. */
function mostSaid(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** Its cloud would refuse a change of the tag, so it tells the phase at which it was made. */
const keepsFirstPhase = ({ ignoreChanges = [] }: Resource): boolean =>
  ignoreChanges.some((path) => /^(tags|labels)(\.phase)?$/i.test(path));

/** Tags and labels whose values are known, by the plan's own names. Undefined where the resource has none. */
export function tagsOf(resource: Resource): Record<string, string> | undefined {
  const labels = labelsOf(resource);
  if (labels === undefined || labels === UNKNOWN) return undefined;
  return Object.fromEntries(
    Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function oneOf<T extends string>(words: readonly T[], word: string | undefined): T | undefined {
  return words.find((candidate) => candidate === word);
}

export const inProd: Where = { says: 'prod', holds: (context) => context.environment === 'prod' };

export const inStagingAndProd: Where = { says: 'staging, prod', holds: (context) => context.environment !== 'dev' };

/** From Large in staging and prod: there every part survives the loss of a zone. Dev may save that money. */
export const fromLarge: Where = {
  says: 'staging, prod; from Large',
  holds: (context) => (context.environment === 'dev' ? false : reaches(context, 'large')),
};

function reaches(context: Context, phase: PhaseName): boolean | Unknown {
  return context.phase === undefined ? UNKNOWN : phases.indexOf(context.phase) >= phases.indexOf(phase);
}
