import { allSizes } from '../../../plan/sizes';
import type { RelationalHost } from '../../../plan/vocabulary';
import type { RelationalDatabaseNeeds } from '../../../systems/system';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { removeCommand, setTextCommand } from '../path';
import type { RelationalOverrides } from '../settings';
import { relationalForms } from './forms-by-cloud';
import { checkName } from './machines';
import { placeOf } from './place';
import { relationalAbilities } from './relational-hosts';
import { checkReplicas } from './relational-readers';
import { checkStorage } from './relational-storage';
import { checkUpkeep } from './relational-upkeep';
import { databaseGiven } from './stores';

/** A relational database whose overrides are checked. */
export interface Relational {
  needs: RelationalDatabaseNeeds;
  host: RelationalHost;
  own: RelationalOverrides;
  /** Where one of them stands. */
  path(field: keyof RelationalOverrides): string[];
  /** Refuses one of them; where it is wrong already there is nothing to add. */
  refuse(
    field: keyof RelationalOverrides,
    problem: string,
    more?: { allowed?: string; nearest?: string; mend?: string },
  ): void;
}

/** What the configuration says of the relational database is what its host has, and goes together. */
export function checkRelational(draft: Draft): void {
  const database = relationalOf(draft);
  if (!database) return;
  const usual = allSizes(database.needs.classes[database.host]);
  const { host, own, path } = database;
  const what = `a size of the database on ${host}`;
  checkName(draft, path('instanceClass'), own.instanceClass, relationalForms[host], usual, what);
  checkReplicas(draft, database);
  checkStorage(draft, database);
  checkVersion(database);
  checkBetween(database);
  checkUpkeep(draft, database);
}

/** The database of the system on the stack's cloud, where the stack makes one. */
function relationalOf(draft: Draft): Relational | undefined {
  const place = placeOf(draft);
  const own = draft.get('overrides')?.relational;
  const needs = place?.system.relationalDatabase;
  const host = place && needs?.hosts[place.cloud];
  if (!own || !needs || !host || databaseGiven(draft, place.cloud)) return undefined;
  const path = (field: string) => ['overrides', 'relational', field];
  return {
    needs,
    host,
    own,
    path,
    refuse: (field, problem, more = {}) => {
      if (own[field] === undefined || draft.isFaulty(...path(field))) return;
      draft.find({ path: path(field), problem, ...more });
    },
  };
}

function checkVersion({ needs: { engine }, host, own: { engineVersion }, refuse, path }: Relational): void {
  const versions = relationalAbilities[host].versions[engine];
  if (engineVersion === undefined || versions.includes(engineVersion)) return;
  const close = nearest(engineVersion, versions) ?? versions.at(-1) ?? '';
  refuse('engineVersion', `is not a version of ${engine} on ${host}`, {
    allowed: `${versions.join(', ')}, in quotes`,
    nearest: close,
    mend: setTextCommand(path('engineVersion'), close),
  });
}

/** What stands between services and the database. */
function checkBetween({ needs: { engine }, host, own, refuse, path }: Relational): void {
  const { proxy } = relationalAbilities[host];
  if (own.pooler === true && engine !== 'postgres') {
    const mend = `${removeCommand(path('pooler'))}, and make the pools smaller with poolSize`;
    refuse('pooler', `is true, and PgBouncer is of PostgreSQL, not of ${engine}`, { allowed: 'false', mend });
  }
  if (own.proxy !== true || proxy) return;
  const mend = `${removeCommand(path('proxy'))}, and take overrides.relational.pooler instead`;
  refuse('proxy', `is true, and there is no proxy to put before ${host}`, { allowed: 'false', mend });
}
