import { higherTier } from '../../../plan/atlas-tiers';
import type { CloudName, DocumentHost } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { exampleOf, removeCommand, setCommand, valueAt } from '../path';
import { tierForms } from './forms-by-cloud';
import { placeOf, standingClouds } from './place';

/** Who runs the document database on the stack's cloud. */
export function hostOf(draft: Draft): DocumentHost | undefined {
  const place = placeOf(draft);
  return place && place.system.documentDatabase?.hosts[place.cloud];
}

/** The tier that the database starts at, where it can be told. */
export function tierOf(draft: Draft): string | undefined {
  const environment = draft.get('environment');
  const host = hostOf(draft);
  if (!host || draft.isFaulty('overrides', 'database', 'tier')) return undefined;
  const own = draft.get('overrides')?.database.tier;
  return own ?? (environment && draft.system?.documentDatabase?.tierByEnvironment[host]?.[environment]);
}

/** Whether a database is given for a cloud, right or wrong: none is made there. */
export function databaseGiven(draft: Draft, cloud: CloudName): boolean {
  return 'databaseUrl' in draft.given || valueAt(draft.given, [cloud, 'databaseSecretId']) !== undefined;
}

/** A document database on Atlas needs an organization, unless there is one already. */
export function checkOrganization(draft: Draft): void {
  if (draft.get('atlasOrganizationId') || draft.isFaulty('atlasOrganizationId')) return;
  const hosts = draft.system?.documentDatabase?.hosts;
  const onAtlas = standingClouds(draft).find((cloud) => hosts?.[cloud] === 'atlas' && !databaseGiven(draft, cloud));
  if (!onAtlas) return;
  const problem = `is missing: on ${onAtlas} the system keeps its data in MongoDB Atlas`;
  draft.find({ path: ['atlasOrganizationId'], problem });
}

/** One URL of a database, not two. */
export function checkOneDatabase(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  if (!cloud || draft.get('databaseUrl') === undefined || draft.isFaulty('databaseUrl')) return;
  const path = [cloud, 'databaseSecretId'];
  if (valueAt(draft.given, path) === undefined || draft.isFaulty(...path)) return;
  const mend = `${removeCommand(path)}, or pulumi config rm databaseUrl`;
  draft.find({
    path,
    problem: 'is given beside databaseUrl, which names a database too',
    allowed: 'one of the two',
    mend,
  });
}

/** The tier has its host's form; ceiling and storage fit it. */
export function checkTier(draft: Draft): void {
  const needs = draft.system?.documentDatabase;
  const host = hostOf(draft);
  const database = draft.get('overrides')?.database;
  if (!needs || !host || !database) return;
  const path = (field: string): string[] => ['overrides', 'database', field];
  const { fits, allowed } = tierForms[host];
  const ceilings = needs.maxTierByPhase[host];
  if (database.maxTier !== undefined && !ceilings) {
    const problem = 'is given, and the database does not scale by itself there';
    draft.find({ path: path('maxTier'), problem, allowed: 'nothing', mend: removeCommand(path('maxTier')) });
  }
  for (const field of ['tier', 'maxTier'] as const) {
    const value = database[field];
    if (value === undefined || draft.isFaulty(...path(field)) || fits(value)) continue;
    const usual = Object.values(needs.tierByEnvironment[host] ?? {});
    const close = nearest(value, [...usual, ...Object.values(ceilings ?? {})]);
    const fitting = needs.tierByEnvironment[host]?.[draft.get('environment') ?? 'prod'];
    const mend = exampleOf(path(field), close, fitting === undefined ? [] : [fitting]);
    draft.find({ path: path(field), problem: 'is not a size of the database there', allowed, nearest: close, mend });
  }
  checkFreeTier(draft);
  checkCeiling(draft);
}

function checkFreeTier(draft: Draft): void {
  const tier = ['overrides', 'database', 'tier'];
  if (tierOf(draft) === 'M0' && draft.get('environment') === 'prod' && !draft.isFaulty(...tier)) {
    const problem = 'is given in prod, and it has neither backups nor protection from deletion';
    draft.find({ path: tier, problem, allowed: 'M10 or larger', nearest: 'M10' });
  }
  for (const field of ['maxTier', 'diskGb'] as const) {
    const path = ['overrides', 'database', field];
    if (tierOf(draft) !== 'M0' || draft.get('overrides')?.database[field] === undefined) continue;
    if (draft.isFaulty(...path)) continue;
    const mend = `${removeCommand(path)}, or ${setCommand(['overrides', 'database', 'tier'], 'M10')}`;
    const problem = 'is given, and the tier is M0, which has neither storage to choose nor autoscaling';
    draft.find({ path, problem, mend });
  }
}

function checkCeiling(draft: Draft): void {
  const tier = tierOf(draft);
  const maxTier = draft.get('overrides')?.database.maxTier;
  const path = ['overrides', 'database', 'maxTier'];
  if (!tier || tier === 'M0' || maxTier === undefined || draft.isFaulty(...path)) return;
  if (higherTier(maxTier, tier) === maxTier) return;
  const told = draft.secretKeys.has('overrides') ? '' : `, which is ${tier}`;
  draft.find({ path, problem: `is below the tier${told}`, nearest: tier });
}
