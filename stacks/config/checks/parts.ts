import type { System } from '../../../systems/system';
import type { Draft } from '../draft';
import { removeCommand } from '../path';
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
  const overrides = draft.get('overrides');
  if (!draft.system || !overrides) return;
  for (const [key, { part, what }] of Object.entries(stores)) {
    const path = ['overrides', key];
    const given = Object.keys(overrides[key as keyof typeof stores]).length > 0;
    if (!given || draft.system[part] || draft.isFaulty(...path)) continue;
    const problem = `is given, and ${draft.system.name} has not got ${what}`;
    draft.find({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
  }
  const place = placeOf(draft);
  const path = ['overrides', 'relational'];
  const own = Object.keys(overrides.relational).length > 0;
  if (!place?.system.relationalDatabase || !own || draft.isFaulty(...path) || !databaseGiven(draft, place.cloud))
    return;
  const problem = 'is given, and the database is one that is there already: nothing of it is changed here';
  draft.find({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
}
