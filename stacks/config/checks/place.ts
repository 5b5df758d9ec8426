import { clouds, type CloudName, type Compute } from '../../../plan/vocabulary';
import type { System } from '../../../systems/system';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { removeCommand, setCommand, valueAt, type Path } from '../path';

/** The system and its cloud, where both are right and go together; the checks of a cloud's own keys ask for it. */
export function placeOf(draft: Draft): { system: System; cloud: CloudName } | undefined {
  const cloud = draft.get('cloud');
  if (!draft.system || !cloud || !draft.system.runsOn[cloud]) return undefined;
  return { system: draft.system, cloud };
}

/** What services run on: as given, or the system's first kind for the cloud. */
export function computeOf(draft: Draft): Compute | undefined {
  const place = placeOf(draft);
  if (!place || draft.isFaulty('compute')) return undefined;
  return draft.get('compute') ?? place.system.runsOn[place.cloud]?.[0];
}

/**
 * The regions or the zones of a cloud, and the key that says them: the one in the cloud's own section, or for the
 * stack's cloud the one at the top. Undefined value: none are named, or what is named is wrong.
 */
export function placesOn<K extends 'regions' | 'zones'>(draft: Draft, cloud: CloudName, key: K) {
  const inSection = valueAt(draft.given, [cloud, key]) !== undefined;
  const path: Path = inSection ? [cloud, key] : [key];
  const own = cloud === draft.get('cloud');
  const found = inSection ? draft.get(cloud)?.[key] : own ? draft.get(key) : undefined;
  return { path, value: draft.isFaulty(...path) ? undefined : found };
}

/** The elements of a list that are right so far, with their places, also where others of it are wrong. */
export function itemsAt(draft: Draft, path: Path): { at: number; name: string }[] {
  const given = valueAt(draft.given, path);
  if (!Array.isArray(given)) return [];
  return given.flatMap((name: unknown, at) =>
    typeof name === 'string' && !draft.isFaulty(...path, at) ? [{ at, name }] : [],
  );
}

/** Places of a list that hold what one before them holds. */
export function repeatsAt(draft: Draft, path: Path): number[] {
  const given: unknown = valueAt(draft.given, path);
  if (!Array.isArray(given)) return [];
  return given.flatMap((value: unknown, at) => (given.indexOf(value) < at ? [at] : []));
}

/** The cloud that the stack runs on, and those whose stores it keeps: all that must be able to stand. */
export function standingClouds(draft: Draft): CloudName[] {
  const own = placeOf(draft)?.cloud;
  const kept = draft.get('keep') ?? [];
  return own ? clouds.filter((cloud) => cloud === own || kept.includes(cloud)) : [];
}

/** A cloud or a kind of compute that the system does not run on yet. */
export function checkPlace(draft: Draft): void {
  const cloud = draft.get('cloud');
  const { system } = draft;
  if (!system || !cloud) return;
  const built = Object.entries(system.runsOn).flatMap(([name, kinds]) => kinds.map((kind) => `${name} with ${kind}`));
  const allowed = `what ${system.name} is built for today: ${built.join(', ')}`;
  const kinds = system.runsOn[cloud];
  const compute = draft.get('compute');
  if (!kinds) {
    const mend = setCommand(['cloud'], Object.keys(system.runsOn)[0] ?? '<value>');
    draft.find({ path: ['cloud'], problem: 'is not built yet for this system', allowed, mend });
  } else if (compute && !kinds.includes(compute)) {
    const mend = setCommand(['compute'], kinds[0] ?? '<value>');
    draft.find({ path: ['compute'], problem: 'is not built yet for this system on this cloud', allowed, mend });
  }
}

/** Stores are kept, or given up, on clouds that the stack has left: never on the one that it is on. */
export function checkLeft(draft: Draft): void {
  const cloud = draft.get('cloud');
  const left = clouds.filter((name) => name !== cloud);
  const others = left.join(', ');
  for (const key of ['keep', 'discardStores'] as const) {
    const given: unknown = draft.given[key];
    if (Array.isArray(given) && !draft.secretKeys.has(key)) {
      given.forEach((name, at) => {
        const close = given.indexOf(name) < at ? undefined : nearest(String(name), left);
        draft.amend([key, at], { nearest: close, usual: close === undefined ? [] : [close] });
      });
    }
    const at = itemsAt(draft, [key]).find(({ name }) => name === cloud)?.at;
    if (at === undefined) continue;
    const problem = `is the cloud that the stack runs on, and ${key} is of clouds that it has left`;
    const mend = removeCommand([key, at]);
    draft.find({ path: [key, at], problem, allowed: others, mend });
  }
}
