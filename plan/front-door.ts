import type { Settings } from '../stacks/config/settings';
import type { FrontDoorPlan } from './types';

/** What is the same for every client: its name changes when it does. */
const CACHED_PATHS = ['/static/*', '/assets/*'];

/** Where Cloudflare says who asks: it writes the header itself, whatever a client put there. */
const CLIENT_HEADER = 'CF-Connecting-IP';

/** The header that has the client's address; undefined where clients connect by themselves. */
export function clientHeaderOf({ cloudflare }: Pick<Settings, 'cloudflare'>): string | undefined {
  return cloudflare && CLIENT_HEADER;
}

/** Cloudflare in front of the stack, where configuration names a zone of it. */
export function planFrontDoor({ cloudflare }: Settings): FrontDoorPlan | undefined {
  if (!cloudflare) return undefined;
  const { zoneId, zoneName, cachedPaths = CACHED_PATHS, http3 = true, brotli = true, sharedZone } = cloudflare;
  return { zoneId, zoneName, cachedPaths, http3, brotli, sharedZone };
}
