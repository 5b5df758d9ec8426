import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { removeCommand, valueAt, type Path } from '../path';
import { placeOf } from './place';

/** A database that becomes the stack's own is one, of the kind that the system has. */
export function checkAdoption(draft: Draft): void {
  const place = placeOf(draft);
  if (!place) return;
  const { system, cloud } = place;
  const path = [cloud, 'adoptDatabase'];
  if (valueAt(draft.given, path) === undefined) return;
  if (!system.relationalDatabase) {
    const problem = `is given, and ${system.name} has no relational database to take one over for`;
    draft.findInstead({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
    return;
  }
  if (draft.get(cloud)?.adoptDatabase === undefined || draft.isFaulty(...path)) return;
  const others = [['databaseUrl'], [cloud, 'databaseSecretId']].filter(
    (other) => valueAt(draft.given, other) !== undefined,
  );
  const [other] = others;
  if (!other) return checkNetworkOf(draft, cloud);
  draft.find({
    path,
    problem: `is given beside ${other.join('.')}: a database is taken over, or it stays somebody else's`,
    allowed: 'one of the two',
    mend: `${removeCommand(path)}, or ${removeCommand(other)}`,
  });
}

/** Networks that are there already, on clouds where the stack would make one that the database is not in. */
const networks: Partial<Record<CloudName, Path>> = { aws: ['aws', 'network'] };

function checkNetworkOf(draft: Draft, cloud: CloudName): void {
  const path = networks[cloud];
  if (!path || valueAt(draft.given, path) !== undefined || draft.isFaulty(...path)) return;
  draft.find({ path, problem: 'is missing, and a database that is taken over stands in a network that is there' });
}

/** Names inside a database are the system's own, save in one that had some before. */
export function checkDatabaseNames(draft: Draft): void {
  const place = placeOf(draft);
  if (!place || valueAt(draft.given, [place.cloud, 'adoptDatabase']) !== undefined) return;
  for (const field of ['databaseName', 'user'] as const) {
    const path = ['overrides', 'relational', field];
    if (valueAt(draft.given, path) === undefined) continue;
    const problem = `is given, and only a database that is taken over (${place.cloud}.adoptDatabase) has one of its own`;
    draft.findInstead({ path, problem, allowed: 'nothing', mend: removeCommand(path) });
  }
}
