import type { Plan } from '../../plan/types';

/**
 * Whether droplets can tell clients apart. Behind a regional balancer they can. A global one in front, or Cloudflare, hides the
 * client behind its edge, and what a client says of itself is not to be believed: a limit would then hit everybody near one
 * edge at once, or let anybody spend another's share.
 */
export function keepsRateLimit({ regions, frontDoor }: Pick<Plan, 'regions' | 'frontDoor'>): boolean {
  return frontDoor === undefined && regions.filter(({ serves }) => serves).length < 2;
}
