import { phases, type CloudName } from '../../../plan/vocabulary';
import type { System } from '../../../systems/system';
import { ladder } from '../../phases';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { setCommand } from '../path';
import { knownRegions } from '../regions';

/** The system and its cloud, where both are right and go together; the checks of a cloud's own keys ask for it. */
export function placeOf(draft: Draft): { system: System; cloud: CloudName } | undefined {
  const cloud = draft.get('cloud');
  if (!draft.system || !cloud || !draft.system.runsOn[cloud]) return undefined;
  return { system: draft.system, cloud };
}

/** Regions that serve at the stack's phase, home first; undefined where that cannot be told. */
export function servingRegions(draft: Draft): string[] | undefined {
  const place = placeOf(draft);
  const phase = draft.get('phase');
  if (!place || !phase || draft.isFaulty('regions')) return undefined;
  return (draft.get('regions') ?? place.system.regions[place.cloud])?.slice(0, ladder[phase].regions);
}

/** A cloud or a kind of compute that the system does not run on yet. */
export function checkPlace(draft: Draft): void {
  const cloud = draft.get('cloud');
  const { system } = draft;
  if (!system || !cloud) return;
  const built = Object.entries(system.runsOn).flatMap(([name, kinds]) => kinds.map((kind) => `${name} with ${kind}`));
  const allowed = `what ${system.name} is built for today: ${built.join(', ')}`;
  const kinds = system.runsOn[cloud];
  const compute = draft.get('compute');
  if (!kinds) {
    const mend = setCommand(['cloud'], Object.keys(system.runsOn)[0] ?? '<value>');
    draft.find({ path: ['cloud'], problem: 'is not built yet for this system', allowed, mend });
  } else if (compute && !kinds.includes(compute)) {
    const mend = setCommand(['compute'], kinds[0] ?? '<value>');
    draft.find({ path: ['compute'], problem: 'is not built yet for this system on this cloud', allowed, mend });
  }
}

/** Names of regions that the cloud does not have, and fewer regions than the phase needs. */
export function checkRegions(draft: Draft): void {
  const cloud = draft.get('cloud');
  const known = cloud && knownRegions[cloud];
  const regions = draft.get('regions') ?? [];
  const byRegion = (['certificates', 'machineImages'] as const).flatMap((key) =>
    Object.keys(draft.get(key) ?? {}).map((name) => ({ name, path: [key, name] })),
  );
  if (known) {
    const named = [...regions.map((name, at) => ({ name, path: ['regions', at] })), ...byRegion];
    for (const { name, path } of named) {
      if (known.includes(name)) continue;
      const close = nearest(name, known);
      const mend = path[0] === 'regions' ? undefined : `name it for its own region in the stack's file`;
      draft.find({ path, problem: `is not a region of ${cloud}`, allowed: known.join(', '), nearest: close, mend });
    }
  }
  const needed = regionsNeeded(draft);
  if (regions.length > 0 && needed && regions.length < needed.count) {
    const problem = `has ${regions.length} where ${needed.phase} needs ${needed.count}`;
    draft.find({ path: ['regions'], problem, mend: setCommand(['regions', regions.length], 'us-west-2') });
  }
}

/** How many regions the phase serves from, or the phase that the stores have reached keeps stores in. */
function regionsNeeded(draft: Draft): { phase: string; count: number } | undefined {
  const named = [draft.get('phase'), draft.get('reached')];
  const highest = [...phases].reverse().find((phase) => named.includes(phase));
  return highest && { phase: highest, count: ladder[highest].regions };
}

/** Every further region takes the next /16 of the same private range. */
export function checkCidr(draft: Draft): void {
  const cidr = draft.get('cidr');
  const needed = regionsNeeded(draft);
  if (!cidr || !needed || draft.isFaulty('regions')) return;
  const [first, second] = cidr.split('.').map(Number) as [number, number];
  const count = Math.max(needed.count, draft.get('regions')?.length ?? 0);
  const last = first === 10 ? 255 : first === 172 ? 31 : 168;
  if (second + count - 1 <= last) return;
  const better = first === 192 ? '10.0.0.0/16' : `${first}.${last - count + 1}.0.0/16`;
  const problem = `leaves no room for ${count} regions, each of which takes the next /16`;
  draft.find({ path: ['cidr'], problem, nearest: better });
}

/** Two zones at least in staging and prod, and zone names that belong to the regions. */
export function checkZones(draft: Draft): void {
  const zones = draft.get('zones');
  const environment = draft.get('environment');
  if (zones === undefined) return;
  const strict = environment === 'staging' || environment === 'prod';
  if (typeof zones === 'number') {
    if (strict && zones < 2) {
      draft.find({ path: ['zones'], problem: `is too few for ${environment}`, allowed: '2 or 3', nearest: '2' });
    }
    return;
  }
  const serving = servingRegions(draft);
  if (!serving) return;
  const regions = draft.get('regions') ?? serving;
  zones.forEach((zone, at) => {
    if (regions.some((region) => zone.startsWith(region) && /^-?[a-z]$/.test(zone.slice(region.length)))) return;
    const valid = regions.flatMap((region) => ['a', 'b', 'c'].map((letter) => region + letter));
    const problem = `is not a zone of ${draft.secretKeys.has('regions') ? 'the regions' : regions.join(', ')}`;
    draft.find({ path: ['zones', at], problem, nearest: nearest(zone, valid) });
  });
  if (draft.isFaulty('zones')) return;
  for (const region of serving) {
    const count = zones.filter((zone) => zone.startsWith(region)).length;
    const least = strict ? 2 : 1;
    if (count >= least && count <= 3) continue;
    const name = draft.secretKeys.has('regions') ? 'a region' : region;
    const problem = `has ${count} of ${name}, where ${least} to 3 must be`;
    draft.find({
      path: ['zones'],
      problem,
      mend: `name ${least} to 3 zones of each region, or give their number: pulumi config rm zones && ${setCommand(['zones'], '2')}`,
    });
    return;
  }
}
