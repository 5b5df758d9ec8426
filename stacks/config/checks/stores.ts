import { higherTier } from '../../../plan/atlas-tiers';
import { ladder } from '../../phases';
import type { Draft } from '../draft';
import { removeCommand, setCommand } from '../path';
import { placeOf } from './place';

/** The tier that the database starts at, where it can be told. */
function tierOf(draft: Draft): string | undefined {
  const environment = draft.get('environment');
  if (draft.isFaulty('overrides', 'database', 'tier')) return undefined;
  const own = draft.get('overrides')?.database.tier;
  return own ?? (environment && draft.system?.documentDatabase?.tierByEnvironment[environment]);
}

/** A document database on Atlas needs an organization, unless there is one already. */
export function checkOrganization(draft: Draft): void {
  if (!draft.system?.documentDatabase || !placeOf(draft) || draft.get('existing')?.databaseSecretId) return;
  if (draft.get('atlasOrganizationId') || draft.isFaulty('atlasOrganizationId')) return;
  if (draft.isFaulty('existing', 'databaseSecretId')) return;
  draft.find({ path: ['atlasOrganizationId'], problem: 'is missing: the system keeps its data in MongoDB Atlas' });
}

/** Ceiling and storage fit the tier. */
export function checkTier(draft: Draft): void {
  const tier = tierOf(draft);
  const database = draft.get('overrides')?.database;
  if (!tier || !database || !draft.system?.documentDatabase) return;
  for (const field of ['maxTier', 'diskGb'] as const) {
    if (tier !== 'M0' || database[field] === undefined) continue;
    const path = ['overrides', 'database', field];
    const mend = `${removeCommand(path)}, or ${setCommand(['overrides', 'database', 'tier'], 'M10')}`;
    draft.find({
      path,
      problem: 'is given, and the tier is M0, which has neither storage to choose nor autoscaling',
      mend,
    });
  }
  const { maxTier } = database;
  if (tier === 'M0' || maxTier === undefined || higherTier(maxTier, tier) === maxTier) return;
  const told = draft.secretKeys.has('overrides') ? '' : `, which is ${tier}`;
  draft.find({ path: ['overrides', 'database', 'maxTier'], problem: `is below the tier${told}`, nearest: tier });
}

/** An existing network has a subnet of each kind in every zone, and tells an M0 database where traffic comes from. */
export function checkNetwork(draft: Draft): void {
  const network = draft.get('existing')?.network;
  if (!network) return;
  const zones = zonesPerRegion(draft);
  for (const field of ['publicSubnetIds', 'privateSubnetIds', 'dataSubnetIds'] as const) {
    const path = ['existing', 'network', field];
    const count = network[field].length;
    if (zones === undefined || count === zones || draft.isFaulty(...path)) continue;
    const mend = 'name one subnet per zone, or set `zones` to what the network has';
    draft.find({ path, problem: `has ${count} where the region uses ${zones} zones`, mend });
  }
  const own = draft.get('existing')?.databaseSecretId ?? draft.isFaulty('existing', 'databaseSecretId');
  if (own || tierOf(draft) !== 'M0' || network.natAddresses.length > 0) return;
  const path = ['existing', 'network', 'natAddresses'];
  if (draft.isFaulty(...path)) return;
  draft.find({ path, problem: 'is empty, and an Atlas M0 database lets in only the addresses that it names' });
}

function zonesPerRegion(draft: Draft): number | undefined {
  if (draft.isFaulty('zones')) return undefined;
  const [zones, phase] = [draft.get('zones'), draft.get('phase')];
  if (typeof zones === 'number') return zones;
  if (zones === undefined) return phase && ladder[phase].zones;
  if (draft.isFaulty('regions')) return undefined;
  const place = placeOf(draft);
  const home = draft.get('regions')?.[0] ?? (place && place.system.regions[place.cloud]?.[0]);
  return home === undefined ? undefined : zones.filter((zone) => zone.startsWith(home)).length;
}
