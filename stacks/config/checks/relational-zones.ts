import { isZoneOf } from '../../../plan/regions';
import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { placesOn } from './place';
import { homeRegion } from './regions';
import type { Relational } from './relational';
import { relationalAbilities } from './relational-hosts';

/** Where a database stands in two zones, the region has two, whatever the environment. */
export function checkDatabaseZones(draft: Draft, { host }: Relational): void {
  const cloud = draft.get('cloud');
  const { zones: least } = relationalAbilities[host];
  if (!cloud) return;
  const { path, value } = placesOn(draft, cloud, 'zones');
  const count = Array.isArray(value) ? zonesAtHome(draft, cloud, value) : value;
  if (count === undefined || count >= least || draft.isFaulty(...path)) return;
  const problem = `is too few for a database on ${host}, whose subnets are in ${least} zones`;
  const more = Array.isArray(value)
    ? { mend: `name ${least} zones of the home region at the least in the stack's file` }
    : { nearest: String(least) };
  draft.find({ path, problem, allowed: `${least} or 3`, ...more });
}

function zonesAtHome(draft: Draft, cloud: CloudName, zones: string[]): number | undefined {
  const home = homeRegion(draft);
  return home === undefined ? undefined : zones.filter((zone) => isZoneOf(cloud, zone, home)).length;
}
