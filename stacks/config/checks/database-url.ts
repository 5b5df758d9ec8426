import type { System } from '../../../systems/system';
import type { Draft } from '../draft';
import { SEALED } from '../sealed';

/** How URLs begin that a system's driver takes, by the kind of its database. A system has one kind. */
function schemesOf({ documentDatabase, relationalDatabase }: System): string[] {
  if (documentDatabase) return ['mongodb', 'mongodb+srv'];
  if (!relationalDatabase) return [];
  return relationalDatabase.engine === 'postgres' ? ['postgres', 'postgresql'] : ['mysql'];
}

/** The URL of an existing database is of the kind that the system has. */
export function checkDatabaseUrl(draft: Draft): void {
  const url = draft.get('databaseUrl');
  if (!draft.system || url === undefined || url === JSON.stringify(SEALED) || url === SEALED) return;
  const schemes = schemesOf(draft.system);
  if (schemes.some((scheme) => url.startsWith(`${scheme}://`))) return;
  const allowed = `a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}, encrypted`;
  draft.find({ path: ['databaseUrl'], problem: 'is of another kind of database than the system has', allowed });
}
