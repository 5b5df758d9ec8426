import type { Plan } from '../../plan/types';

/**
 * Whether droplets can tell clients apart. Behind a regional balancer they can, and behind Cloudflare before it, whose header is
 * believed of Cloudflare's own ranges. A global balancer hides who connects to it behind its edge, and what a client says of
 * himself is not to be believed: a limit would then hit everybody near one edge at once, or let anybody spend another's share.
 */
export function keepsRateLimit({ regions }: Pick<Plan, 'regions'>): boolean {
  return regions.filter(({ serves }) => serves).length < 2;
}
