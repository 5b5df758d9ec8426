import { isZoneOf, regionsOn, zonesOf } from '../../../plan/regions';
import { clouds, phases, type CloudName } from '../../../plan/vocabulary';
import { ladder } from '../../phases';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { pathText, removeCommand, setCommand, valueAt, type Path } from '../path';
import { knownRegions, regionsWithoutStores } from '../regions';
import { zonesAlways, zonesEach } from './forms-by-cloud';
import { itemsAt, placeOf, placesOn, repeatsAt } from './place';

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
    const { path } = placesOn(draft, cloud, 'regions');
    if (path[0] === 'regions' && cloud !== draft.get('cloud')) continue;
    for (const { at, name } of itemsAt(draft, path)) checkRegionName(draft, cloud, name, [...path, at]);
    fillUp(draft, cloud, path);
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
  const given: unknown = valueAt(draft.given, path);
  const count = Array.isArray(given) ? new Set(given).size : 0;
  const most = regionsOn(cloud, Number.POSITIVE_INFINITY);
  if (count > most) {
    const problem = `has ${count} where ${cloud} has ${most}`;
    const mend = `name ${most} in the stack's file, and give every further cluster a stack of its own`;
    draft.find({ path, problem, allowed: `a list of ${most}`, mend });
    return;
  }
  if (!regions) return;
  const needed = regionsNeeded(draft);
  if (!needed || regions.length >= regionsOn(cloud, needed.count)) return;
  const problem = `has ${regions.length} where ${needed.phase} needs ${needed.count}`;
  const usual = draft.system?.regions[cloud]?.find((name) => !regions.includes(name)) ?? '<region>';
  draft.find({ path, problem, mend: setCommand([...path, regions.length], usual) });
}

/** Where something of a list of regions is wrong: its mends together are as many regions as the phase needs. */
function fillUp(draft: Draft, cloud: CloudName, path: Path): void {
  const given: unknown = valueAt(draft.given, path);
  if (!draft.isFaulty(...path) || given === undefined || draft.secretKeys.has(String(path[0]))) return;
  const known = knownRegions[cloud];
  const wanted = cloud === placeOf(draft)?.cloud ? (regionsNeeded(draft)?.count ?? 1) : 1;
  const needed = regionsOn(cloud, wanted);
  const usual = draft.system?.regions[cloud] ?? [];
  if (!Array.isArray(given) || given.length === 0) {
    const own = typeof given === 'string' && known?.includes(given) ? [given] : [];
    const names = [...new Set([...own, ...usual])].slice(0, needed);
    const cleared = Array.isArray(given) ? [] : [removeCommand(path)];
    const commands = [...cleared, ...names.map((name, at) => setCommand([...path, at], name))];
    const example = own.length === needed ? '' : 'for example: ';
    return draft.amend(path, { mend: names.length === 0 ? undefined : example + commands.join(' && ') });
  }
  const repeats = repeatsAt(draft, path);
  const replaced = repeats.slice(0, Math.max(0, needed - given.length + repeats.length));
  given.forEach((value: unknown, at) => {
    const close = known && nearest(String(value), known);
    const more = { nearest: close, usual: close === undefined ? usual : [close, ...usual] };
    if (!repeats.includes(at)) draft.amend([...path, at], more);
    else if (replaced.includes(at)) draft.amend([...path, at], { mend: undefined });
  });
  const further = usual.at(-1);
  if (given.length >= needed || further === undefined) return;
  const problem = `has ${given.length} where ${regionsNeeded(draft)?.phase} needs ${needed}`;
  draft.find({ path, problem, mend: setCommand([...path, given.length], further) });
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
  if (typeof zones !== 'number') return checkZoneNames(draft, cloud, { path, zones: itemsAt(draft, path), least });
  if (zones >= least) return;
  const problem = strict
    ? `is too few for ${environment}`
    : `is too few for ${cloud}, whose load balancers and stores are in ${always}`;
  draft.find({ path, problem, allowed: '2 or 3', nearest: '2' });
}

function checkZoneNames(
  draft: Draft,
  cloud: CloudName,
  { path, zones, least }: { path: Path; zones: { at: number; name: string }[]; least: number },
): void {
  const place = placeOf(draft);
  const serving = servingRegions(draft);
  const given: unknown = valueAt(draft.given, path);
  if (!place || !serving || !Array.isArray(given) || given.length === 0) return;
  const named = placesOn(draft, cloud, 'regions');
  // Of the system's own those too that do not serve at the phase: stores may be left there from a higher one.
  const regions = named.value ?? place.system.regions[cloud] ?? serving;
  const sealed = draft.secretKeys.has(String(named.path[0]));
  const isRight = ({ name }: { name: string }): boolean => regions.some((region) => isZoneOf(cloud, name, region));
  const right = zones.filter(isRight).map(({ name }) => name);
  const { short: wanted, others } = proposals(right, { cloud, serving, regions: named.value ?? serving, least });
  const usual = [...wanted, ...others];
  if (given.length - right.length < wanted.length && right.length < given.length) {
    const problem = `are too few of ${sealed ? 'the regions' : serving.join(', ')}, and not all of them are there`;
    const mend = `${removeCommand(path)} && ${setCommand(path, '2')}`;
    return draft.findInstead({
      path,
      problem,
      mend: `name ${least} zones of each region, or give their number: ${mend}`,
    });
  }
  for (const { at, name } of zones.filter((zone) => !isRight(zone))) {
    const problem = `is not a zone of ${sealed ? 'the regions' : regions.join(', ')}`;
    draft.find({ path: [...path, at], problem, nearest: nearest(name, wanted.length > 0 ? wanted : usual), usual });
  }
  const repeats = repeatsAt(draft, path);
  given.forEach((_, at) => {
    if (zones.some((zone) => zone.at === at)) return;
    // What is there twice goes, but where the list would be too short without it.
    const goes = repeats.includes(at) && given.length - repeats.length >= right.length + wanted.length;
    draft.amend([...path, at], { nearest: undefined, usual, mend: goes ? removeCommand([...path, at]) : undefined });
  });
  if (draft.isFaulty(...path)) return;
  const ofRegion = (region: string): string[] => right.filter((zone) => isZoneOf(cloud, zone, region));
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

/** Zones that are not in the list yet: those that a serving region is short of, and others. */
function proposals(
  right: readonly string[],
  { cloud, serving, regions, least }: { cloud: CloudName; serving: string[]; regions: string[]; least: number },
): { short: string[]; others: string[] } {
  const countOf = (region: string): number => right.filter((zone) => isZoneOf(cloud, zone, region)).length;
  // Three of a region at the most.
  const free = (region: string): string[] =>
    zonesOf(cloud, region, 3)
      .filter((zone) => !right.includes(zone))
      .slice(0, Math.max(0, 3 - countOf(region)));
  const short = serving.flatMap((region) => free(region).slice(0, Math.max(0, least - countOf(region))));
  return { short, others: regions.flatMap(free).filter((zone) => !short.includes(zone)) };
}
