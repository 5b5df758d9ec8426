import type { Settings } from '../stacks/config/settings';
import type { FrontDoorPlan } from './types';

/** What is the same for every client: its name changes when it does. */
const CACHED_PATHS = ['/static/*', '/assets/*'];

/** Cloudflare in front of the stack, where configuration names a zone of it. */
export function planFrontDoor({ cloudflare }: Settings): FrontDoorPlan | undefined {
  if (!cloudflare) return undefined;
  const { zoneId, zoneName, cachedPaths = CACHED_PATHS, http3 = true, brotli = true, sharedZone } = cloudflare;
  return { zoneId, zoneName, cachedPaths, http3, brotli, sharedZone };
}
