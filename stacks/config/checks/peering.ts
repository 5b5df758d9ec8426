import { regionsOn } from '../../../plan/regions';
import type { Draft } from '../draft';
import { setCommand } from '../path';
import { knownRegions, regionsWithoutPeering, regionsWithoutStores } from '../regions';
import { placeOf, placesOn } from './place';
import { regionsNeeded } from './regions';

/** Two regions are one network, and a cloud may have regions that it joins to no other. */
export function checkPeering(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  const needed = regionsNeeded(draft);
  if (!cloud || !needed) return;
  const { path, value = [] } = placesOn(draft, cloud, 'regions');
  const joined = value.slice(0, regionsOn(cloud, needed.count));
  const without = regionsWithoutPeering[cloud] ?? [];
  const at = joined.findIndex((name) => without.includes(name));
  if (joined.length < 2 || at < 0 || draft.isFaulty(...path, at)) return;
  const bare = at === 0 ? [...without, ...(regionsWithoutStores[cloud] ?? [])] : without;
  const joinable = (knownRegions[cloud] ?? []).filter((name) => !bare.includes(name) && !joined.includes(name));
  draft.find({
    path: [...path, at],
    problem: `cannot be one of the ${joined.length} regions of ${needed.phase}: ${cloud} does not join its network to another region's`,
    allowed: joinable.join(', '),
    mend: setCommand(
      [...path, at],
      draft.system?.regions[cloud]?.find((name) => joinable.includes(name)) ?? '<region>',
    ),
  });
}
