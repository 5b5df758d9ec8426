/**
 * Share of a database's connections that applications may plan with. The rest is for replication and monitoring, for people,
 * and for the moments in which a rolling refresh runs old and new instances side by side. Judgement.
 */
export const USABLE_SHARE = 0.8;

/** Connections that are kept from applications. */
export function reservedOf(limit: number): number {
  return limit - Math.floor(limit * USABLE_SHARE);
}
