import { isZoneOf, regionsOn, zonesOf } from '../../../plan/regions';
import { clouds, phases, type CloudName } from '../../../plan/vocabulary';
import { ladder } from '../../phases';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { exampleOf, pathText, removeCommand, setCommand, type Path } from '../path';
import { knownRegions, regionsWithoutStores } from '../regions';
import { zonesAlways, zonesEach } from './forms-by-cloud';
import { placeOf, placesOn } from './place';

/** Regions that serve at the stack's phase, home first; undefined where that cannot be told. */
export function servingRegions(draft: Draft): string[] | undefined {
  const place = placeOf(draft);
  const phase = draft.get('phase');
  if (!place || !phase) return undefined;
  const { path, value } = placesOn(draft, place.cloud, 'regions');
  if (draft.isFaulty(...path)) return undefined;
  return (value ?? place.system.regions[place.cloud])?.slice(0, ladder[phase].regions);
}

/** The region where stores are written. */
export function homeRegion(draft: Draft): string | undefined {
  return servingRegions(draft)?.[0];
}

/** Names of regions that a cloud does not have, in its own section or at the top, which is the stack's cloud's. */
export function checkRegionNames(draft: Draft): void {
  for (const cloud of clouds) {
    const { path, value } = placesOn(draft, cloud, 'regions');
    value?.forEach((name, at) => checkRegionName(draft, cloud, name, [...path, at]));
  }
  for (const key of ['certificates', 'machineImages'] as const) {
    for (const name of Object.keys(draft.get('aws')?.[key] ?? {}))
      checkRegionName(draft, 'aws', name, ['aws', key, name]);
  }
}

function checkRegionName(draft: Draft, cloud: CloudName, name: string, path: Path): void {
  const known = knownRegions[cloud];
  if (!known || known.includes(name) || draft.isFaulty(...path)) return;
  const other = clouds.find((one) => knownRegions[one]?.includes(name));
  const atTop = path[0] === 'regions';
  const moved =
    atTop &&
    other &&
    `move ${pathText(path.slice(0, 1))} to ${other}.regions in the stack's file: at the top it is of ${cloud}`;
  const renamed = typeof path.at(-1) === 'number' ? undefined : `name it for its own region in the stack's file`;
  draft.find({
    path,
    problem: `is not a region of ${cloud}`,
    allowed: known.join(', '),
    nearest: other ? undefined : nearest(name, known),
    mend: moved || renamed,
  });
}

/** Home is where stores are, and a cloud may have regions without what they need. */
export function checkHomeRegion(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  if (!cloud) return;
  const without = regionsWithoutStores[cloud] ?? [];
  const { path, value = [] } = placesOn(draft, cloud, 'regions');
  const [home] = value;
  if (home === undefined || !without.includes(home) || draft.isFaulty(...path, 0)) return;
  const having = (knownRegions[cloud] ?? []).filter((name) => !without.includes(name));
  draft.find({
    path: [...path, 0],
    problem: 'cannot be home: it has no object stores, and secrets and objects are kept at home',
    allowed: having.join(', '),
    nearest: nearest(home, having),
  });
}

/** As many regions as the phase needs, and no more than one stack can have there. */
export function checkRegionCount(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  if (!cloud) return;
  const { path, value: regions } = placesOn(draft, cloud, 'regions');
  if (!regions) return;
  const most = regionsOn(cloud, Number.POSITIVE_INFINITY);
  if (regions.length > most) {
    const problem = `has ${regions.length} where ${cloud} has ${most}`;
    const mend = `name ${most} in the stack's file, and give every further cluster a stack of its own`;
    draft.find({ path, problem, allowed: `a list of ${most}`, mend });
    return;
  }
  const needed = regionsNeeded(draft);
  if (!needed || regions.length >= regionsOn(cloud, needed.count)) return;
  const problem = `has ${regions.length} where ${needed.phase} needs ${needed.count}`;
  const usual = draft.system?.regions[cloud]?.find((name) => !regions.includes(name)) ?? '<region>';
  draft.find({ path, problem, mend: setCommand([...path, regions.length], usual) });
}

/** How many regions the phase serves from, or the phase that the stores have reached keeps stores in. */
export function regionsNeeded(draft: Draft): { phase: string; count: number } | undefined {
  const named = [draft.get('phase'), draft.get('reached')];
  const highest = [...phases].reverse().find((phase) => named.includes(phase));
  return highest && { phase: highest, count: ladder[highest].regions };
}

/** Two zones at least in staging and prod where the cloud has them, and everywhere where it asks for them; and zone names that belong to the regions. */
export function checkZones(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  if (!cloud) return;
  const { path, value: zones } = placesOn(draft, cloud, 'zones');
  const environment = draft.get('environment');
  const strict = environment === 'staging' || environment === 'prod';
  const always = zonesAlways[cloud] ?? 1;
  const least = Math.max(always, Math.min(strict ? 2 : 1, zonesEach[cloud]));
  if (typeof zones !== 'number') return zones && checkZoneNames(draft, cloud, { path, zones, least });
  if (zones >= least) return;
  const problem = strict
    ? `is too few for ${environment}`
    : `is too few for ${cloud}, whose load balancers and stores are in ${always}`;
  draft.find({ path, problem, allowed: '2 or 3', nearest: '2' });
}

function checkZoneNames(
  draft: Draft,
  cloud: CloudName,
  { path, zones, least }: { path: Path; zones: string[]; least: number },
): void {
  const place = placeOf(draft);
  const serving = servingRegions(draft);
  if (!place || !serving) return;
  const named = placesOn(draft, cloud, 'regions');
  // Of the system's own those too that do not serve at the phase: stores may be left there from a higher one.
  const regions = named.value ?? place.system.regions[cloud] ?? serving;
  const sealed = draft.secretKeys.has(String(named.path[0]));
  const isRight = (zone: string): boolean => regions.some((region) => isZoneOf(cloud, zone, region));
  const proposed = proposals(zones.filter(isRight), { cloud, serving, regions: named.value ?? serving, least });
  const wrong = zones.flatMap((zone, at) => (isRight(zone) ? [] : [at]));
  for (const at of wrong) {
    const here = [...path, at];
    const close = nearest(zones[at]!, proposed);
    const better = close ?? proposed[0];
    if (better !== undefined) proposed.splice(proposed.indexOf(better), 1);
    const problem = `is not a zone of ${sealed ? 'the regions' : regions.join(', ')}`;
    draft.find({
      path: here,
      problem,
      nearest: close,
      mend: better === undefined ? removeCommand(here) : exampleOf(here, close, [better]),
    });
  }
  if (draft.isFaulty(...path)) return;
  const ofRegion = (region: string): string[] => zones.filter((zone) => isZoneOf(cloud, zone, region));
  const short = serving.find((region) => {
    const count = ofRegion(region).length;
    return count < least || count > 3;
  });
  if (short === undefined) return;
  const count = ofRegion(short).length;
  const range = least === 3 ? '3' : `${least} to 3`;
  draft.find({
    path,
    problem: `has ${count} of ${sealed ? 'a region' : short}, where ${range} must be`,
    mend: `name ${range} zones of each region, or give their number: ${removeCommand(path)} && ${setCommand(path, '2')}`,
  });
}

/** Zones that are not in the list yet: first those that a serving region is short of. */
function proposals(
  right: readonly string[],
  { cloud, serving, regions, least }: { cloud: CloudName; serving: string[]; regions: string[]; least: number },
): string[] {
  const free = (region: string): string[] => zonesOf(cloud, region, 3).filter((zone) => !right.includes(zone));
  const short = serving.flatMap((region) => {
    const count = right.filter((zone) => isZoneOf(cloud, zone, region)).length;
    return free(region).slice(0, Math.max(0, least - count));
  });
  return [...new Set([...short, ...regions.flatMap(free)])];
}
