import { hostRules } from '../../../plan/relational/database';
import { allSizes, sizeOf } from '../../../plan/sizes';
import type { RelationalHost } from '../../../plan/vocabulary';
import type { RelationalDatabaseNeeds } from '../../../systems/system';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { removeCommand, setTextCommand } from '../path';
import type { RelationalOverrides } from '../settings';
import { relationalForms } from './forms-by-cloud';
import { checkName } from './machines';
import { computeOf, placeOf } from './place';
import { relationalAbilities } from './relational-hosts';
import { checkStorage } from './relational-storage';
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
  checkReplicas(database, usualClass(draft, database));
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

/** The class that the system has for the stack. */
function usualClass(draft: Draft, { needs, host }: Relational): string | undefined {
  const classes = needs.classes[host];
  const [phase, environment] = [draft.get('phase'), draft.get('environment')];
  return classes && phase && environment && sizeOf(classes, phase, environment);
}

/** Readers that follow the load, where the host has that, and no fewer at the most than at the least. */
function checkReplicas({ host, own, refuse, path }: Relational, usual: string | undefined): void {
  const { replicas, maxReplicas, instanceClass = usual } = own;
  if (maxReplicas === undefined) return;
  const none = {
    allowed: 'nothing',
    mend: `${removeCommand(path('maxReplicas'))}, and set how many there are with replicas`,
  };
  if (!hostRules[host].scalesReaders) {
    refuse('maxReplicas', `is given, and the number of readers does not follow the load on ${host}`, none);
  } else if (!(relationalAbilities[host].scaledClass?.test(instanceClass ?? '') ?? true)) {
    refuse('maxReplicas', 'is given, and only db-perf-optimized machines have readers that follow the load', none);
  } else if (replicas !== undefined && maxReplicas < replicas) {
    refuse('maxReplicas', 'is below replicas', { nearest: String(replicas) });
  }
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
  if (own.proxy !== true) return;
  if (!proxy) {
    const mend = `${removeCommand(path('proxy'))}, and take overrides.relational.pooler instead`;
    refuse('proxy', `is true, and there is no proxy to put before ${host}`, { allowed: 'false', mend });
  } else if (own.pooler === true) {
    const mend = `take one of the two: ${removeCommand(path('proxy'))}`;
    refuse('proxy', 'is true beside pooler, and either would only pool what the other has pooled', {
      allowed: 'one of the two',
      mend,
    });
  }
}

/** Passwords, backups and insights, where the host has them to choose. */
function checkUpkeep(draft: Draft, { host, own, refuse, path }: Relational): void {
  const { insights, backups } = relationalAbilities[host];
  const nothing = (field: keyof RelationalOverrides) => ({ allowed: 'nothing', mend: removeCommand(path(field)) });
  if (backups === 'fixed') {
    refuse(
      'backupRetentionDays',
      `is given, and ${host} keeps seven days, no more and no fewer`,
      nothing('backupRetentionDays'),
    );
  } else if (
    backups === 'with-object-store' &&
    !draft.get('kubernetes')?.objectStore &&
    !draft.isFaulty('kubernetes')
  ) {
    refuse(
      'backupRetentionDays',
      'is given, and there is no kubernetes.objectStore to keep backups in',
      nothing('backupRetentionDays'),
    );
  }
  if (insights === 'none') {
    refuse('insightsDays', `is given, and ${host} keeps none`, nothing('insightsDays'));
  } else if (insights === 'on-or-off' && own.insightsDays !== 0 && own.insightsDays !== 7) {
    refuse('insightsDays', `cannot be chosen on ${host}: they are there, or not`, { allowed: '0 or 7', nearest: '7' });
  }
  if (!hostRules[host].rotates) {
    const mend = `${removeCommand(path('rotationDays'))}, and count overrides.relational.passwordVersion up`;
    refuse('rotationDays', `is given, and nobody rotates the password of ${host}`, { allowed: 'nothing', mend });
  } else if (computeOf(draft) === 'kubernetes') {
    const mend = `${removeCommand(path('rotationDays'))}, and count overrides.relational.passwordVersion up`;
    refuse('rotationDays', 'is given, and pods keep the password that the last update gave them', {
      allowed: 'nothing',
      mend,
    });
  }
}
