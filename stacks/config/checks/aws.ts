import { isZoneOf } from '../../../plan/regions';
import { phases } from '../../../plan/vocabulary';
import { ladder } from '../../phases';
import type { Draft } from '../draft';
import { removeCommand, setCommand, valueAt } from '../path';
import { deliversContent } from './edge';
import { computeOf, placesOn } from './place';
import { homeRegion, regionsNeeded, servingRegions } from './regions';
import { databaseGiven, tierOf } from './stores';

/** CloudFront takes certificates of this region alone. */
const CONTENT_DELIVERY_REGION = 'us-east-1';

/** Either a DNS zone to validate certificates in, or a certificate for every region that needs one. */
export function checkCertificates(draft: Draft): void {
  const section = draft.get('aws');
  if (!section) return;
  const { certificates, hostedZoneId } = section;
  for (const [region, arn] of Object.entries(certificates)) {
    const own = arn.split(':')[3];
    if (own === region || draft.isFaulty('aws', 'certificates', region)) continue;
    const problem = 'is a certificate of another region than the one it is named for';
    const mend = 'give an ARN of this region: a load balancer takes certificates of its own region alone';
    draft.find({ path: ['aws', 'certificates', region], problem, mend });
  }
  if (hostedZoneId || draft.isFaulty('aws', 'hostedZoneId')) return;
  const serving = balancedRegions(draft);
  if (!serving) return;
  const needed = new Set([...serving, ...(deliversContent(draft) ? [CONTENT_DELIVERY_REGION] : [])]);
  if (needed.size > 0 && Object.keys(certificates).length === 0) {
    if (draft.isFaulty('aws', 'certificates')) return;
    if (draft.get('cloudflare')) {
      const problem =
        'is empty, and where cloudflare has the records there is no zone here to validate certificates in';
      const mend = `for example: ${setCommand(['aws', 'certificates', [...needed][0]!], '<arn>')}`;
      draft.find({ path: ['aws', 'certificates'], problem, mend });
      return;
    }
    draft.find({ path: ['aws', 'hostedZoneId'], problem: 'is missing, and there are no certificates either' });
    return;
  }
  for (const region of needed) {
    if (certificates[region] !== undefined || draft.isFaulty('aws', 'certificates', region)) continue;
    const problem = 'is missing, and there is no hostedZoneId to validate a new certificate in';
    draft.find({ path: ['aws', 'certificates', region], problem });
  }
}

/** Regions with a balancer that takes certificates; in front of pods the edge has its own. */
function balancedRegions(draft: Draft): string[] | undefined {
  return computeOf(draft) === 'kubernetes' ? [] : servingRegions(draft);
}

/** An existing network has a subnet of each kind in every zone, and tells an M0 database where traffic comes from. */
export function checkNetwork(draft: Draft): void {
  checkOneRegion(draft);
  const network = draft.get('aws')?.network;
  if (!network || draft.isFaulty('aws', 'network')) return;
  const zones = zonesPerRegion(draft);
  for (const field of ['publicSubnetIds', 'privateSubnetIds', 'dataSubnetIds'] as const) {
    const path = ['aws', 'network', field];
    const count = network[field].length;
    if (zones === undefined || count === zones || draft.isFaulty(...path)) continue;
    const mend = 'name one subnet per zone, or set `zones` to what the network has';
    draft.find({ path, problem: `has ${count} where the region uses ${zones} zones`, mend });
  }
  if (databaseGiven(draft, 'aws') || tierOf(draft) !== 'M0' || network.natAddresses.length > 0) return;
  const path = ['aws', 'network', 'natAddresses'];
  if (draft.isFaulty(...path)) return;
  draft.find({ path, problem: 'is empty, and an Atlas M0 database lets in only the addresses that it names' });
}

/** Two regions are joined by a peering, which needs the route tables of both; those of an existing network are not ours. */
function checkOneRegion(draft: Draft): void {
  const path = ['aws', 'network'];
  const needed = regionsNeeded(draft);
  if (!needed || needed.count === 1 || valueAt(draft.given, path) === undefined) return;
  const before = [...phases].reverse().find((phase) => ladder[phase].regions === 1);
  const keys = (['phase', 'reached'] as const).filter((key) => draft.get(key) === needed.phase);
  const down = keys.map((key) => setCommand([key], before ?? '<value>')).join(' && ');
  const problem = `is for one region, and ${needed.phase} has ${needed.count}`;
  const mend = `${down}, or ${removeCommand(path)} where nothing stands in it yet`;
  draft.findInstead({ path, problem, allowed: 'nothing, where there is more than one region', mend });
}

function zonesPerRegion(draft: Draft): number | undefined {
  const { path, value: zones } = placesOn(draft, 'aws', 'zones');
  if (draft.isFaulty(...path)) return undefined;
  const phase = draft.get('phase');
  if (typeof zones === 'number') return zones;
  if (zones === undefined) return phase && ladder[phase].zones;
  const home = homeRegion(draft);
  return home === undefined ? undefined : zones.filter((zone) => isZoneOf('aws', zone, home)).length;
}
