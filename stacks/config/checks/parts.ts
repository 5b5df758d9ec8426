import type { System } from '../../../systems/system';
import type { Draft } from '../draft';
import { removeCommand, valueAt, type Path } from '../path';
import { placeOf } from './place';
import { databaseGiven } from './stores';

/** Overrides of stores, the part of a system that each is of, and what people call it. */
const stores = {
  cache: { part: 'cache', what: 'a cache' },
  database: { part: 'documentDatabase', what: 'a document database' },
  relational: { part: 'relationalDatabase', what: 'a relational database' },
  broker: { part: 'broker', what: 'a broker' },
} as const satisfies Record<string, { part: keyof System; what: string }>;

/** Numbers of a store that the system does not have, or that somebody else has. */
export function checkParts(draft: Draft): void {
  if (!draft.system) return;
  for (const [key, { part, what }] of Object.entries(stores)) {
    const path = ['overrides', key];
    if (!isGiven(draft, path) || draft.system[part]) continue;
    const problem = `is given, and ${draft.system.name} has not got ${what}`;
    draft.findInstead({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
  }
  const place = placeOf(draft);
  const path = ['overrides', 'relational'];
  if (!place?.system.relationalDatabase || !isGiven(draft, path) || !databaseGiven(draft, place.cloud)) return;
  const problem = 'is given, and the database is one that is there already: nothing of it is changed here';
  draft.findInstead({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
}

/** Whether an object has anything in it, right or wrong. */
export function isGiven(draft: Draft, path: Path): boolean {
  const given = valueAt(draft.given, path);
  return typeof given === 'object' && given !== null && Object.keys(given).length > 0;
}
