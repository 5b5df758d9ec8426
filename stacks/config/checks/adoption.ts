import type { Draft } from '../draft';
import { removeCommand, valueAt } from '../path';
import { placeOf } from './place';

/** A database that becomes the stack's own is one, of the kind that the system has. */
export function checkAdoption(draft: Draft): void {
  const place = placeOf(draft);
  if (!place) return;
  const { system, cloud } = place;
  const path = [cloud, 'adoptDatabase'];
  if (draft.get(cloud)?.adoptDatabase === undefined || draft.isFaulty(...path)) return;
  if (!system.relationalDatabase) {
    const problem = `is given, and ${system.name} has no relational database to take one over for`;
    draft.find({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
    return;
  }
  const others = [['databaseUrl'], [cloud, 'databaseSecretId']].filter(
    (other) => valueAt(draft.given, other) !== undefined,
  );
  const [other] = others;
  if (!other) return;
  draft.find({
    path,
    problem: `is given beside ${other.join('.')}: a database is taken over, or it stays somebody else's`,
    allowed: 'one of the two',
    mend: `${removeCommand(path)}, or ${removeCommand(other)}`,
  });
}
