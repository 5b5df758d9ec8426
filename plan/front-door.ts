import type { Settings } from '../stacks/config/settings';
import { cloudflareRanges } from './cloudflare-ranges';
import type { ClientHeader, FrontDoorPlan, ServicePlan } from './types';

/** What is the same for every client: its name changes when it does. */
const CACHED_PATHS = ['/static/*', '/assets/*'];

/** Where Cloudflare says who asks: it writes the header itself, whatever a client put there. */
const CLIENT_HEADER = 'CF-Connecting-IP';

/** The header that has the client's address, and whose it is; undefined where clients connect by themselves. */
export function clientHeaderOf({ cloudflare }: Pick<Settings, 'cloudflare'>): ClientHeader | undefined {
  return cloudflare && { name: CLIENT_HEADER, from: cloudflareRanges };
}

/** Cloudflare in front of the stack, where configuration names a zone of it. */
export function planFrontDoor({ cloudflare, domain }: Settings, services: ServicePlan[]): FrontDoorPlan | undefined {
  if (!cloudflare) return undefined;
  const furtherHosts = namesOf(services, domain).filter((host) => covers(cloudflare.zoneName, host));
  const { zoneId, zoneName, cachedPaths = CACHED_PATHS, http3 = true, brotli = true, sharedZone } = cloudflare;
  return { zoneId, zoneName, furtherHosts, cachedPaths, http3, brotli, sharedZone };
}

/** Names of the service's rules that a client would look for in vain. */
export function frontDoorNotices({ cloudflare, domain }: Settings, services: ServicePlan[]): string[] {
  if (!cloudflare) return [];
  const without = namesOf(services, domain).filter((host) => !covers(cloudflare.zoneName, host));
  return without.map(
    (host) =>
      `${host} has no record at Cloudflare, whose own certificate covers the zone ${cloudflare.zoneName} and names one label ` +
      'below it. Where the name is wanted, order an advanced certificate there and make the record.',
  );
}

/** Names below the stack's own that the first service's rules ask for: it is the one that Cloudflare leads to. */
function namesOf([first]: ServicePlan[], domain: string): string[] {
  const hosts = first?.routing?.rules.flatMap((rule) => rule.hosts ?? []) ?? [];
  return [...new Set(hosts)].filter((host) => /^[a-z0-9.-]+$/.test(host) && host.endsWith(`.${domain}`));
}

/** Universal SSL: the zone's own name, and those with one label more. */
function covers(zone: string, host: string): boolean {
  return host.endsWith(`.${zone}`) && !host.slice(0, -zone.length - 1).includes('.');
}
