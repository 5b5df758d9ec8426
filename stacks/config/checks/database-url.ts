import { usualPort } from '../../../plan/database-ports';
import type { System } from '../../../systems/system';
import type { Draft } from '../draft';
import { SEALED } from '../sealed';
import { removeCommand } from '../path';
import { computeOf, placeOf } from './place';
import { databaseGiven } from './stores';

/** How URLs begin that a system's driver takes, by the kind of its database. A system has one kind. */
function schemesOf({ documentDatabase, relationalDatabase }: System): string[] {
  if (documentDatabase) return ['mongodb', 'mongodb+srv'];
  if (!relationalDatabase) return [];
  return relationalDatabase.engine === 'postgres' ? ['postgres', 'postgresql'] : ['mysql'];
}

/** Ports that a URL names, of one host or of several. Without one the driver takes its usual port. */
function portsIn(url: string): number[] {
  const [, hosts = ''] = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?@]+)/.exec(url) ?? [];
  return hosts
    .split(',')
    .flatMap((host) => /:(\d+)$/.exec(host)?.[1] ?? [])
    .map(Number);
}

/** The URL of an existing database is of the kind that the system has, and leads where pods are let out to. */
export function checkDatabaseUrl(draft: Draft): void {
  checkDatabasePort(draft);
  const url = draft.get('databaseUrl');
  if (!draft.system || url === undefined || url === JSON.stringify(SEALED) || url === SEALED) return;
  const path = ['databaseUrl'];
  const schemes = schemesOf(draft.system);
  if (!schemes.some((scheme) => url.startsWith(`${scheme}://`))) {
    const allowed = `a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}, encrypted`;
    draft.find({ path, problem: 'is of another kind of database than the system has', allowed });
    return;
  }
  const port = draft.get('databasePort') ?? usualPort(draft.system);
  if (computeOf(draft) !== 'kubernetes' || draft.isFaulty('databasePort')) return;
  if (portsIn(url).every((each) => each === port)) return;
  // The port itself stays out of the message: of a URL that is not well formed it may be a part of the password.
  draft.find({
    path,
    problem: `names another port than ${port}, the only one of a database that pods are let out to`,
    allowed: `a URL of a database that answers on ${port}, encrypted, or another databasePort beside it (pulumi config set databasePort)`,
  });
}

/** The port of a database that is there already, and of no other. */
function checkDatabasePort(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  if (!cloud || draft.given.databasePort === undefined || databaseGiven(draft, cloud)) return;
  draft.findInstead({
    path: ['databasePort'],
    problem: 'is given, and the database that has it is not',
    allowed: 'nothing, unless a database is given',
    mend: `${removeCommand(['databasePort'])}; or, where there is a database, pulumi config set --secret databaseUrl`,
  });
}
