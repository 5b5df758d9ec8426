/**
 * Atlas tiers, smallest first, and the connections that one node of each accepts.
 * Source: MongoDB Atlas documentation, "Atlas Service Limits", connection limits by cluster tier.
 */
const connectionLimits = {
  M0: 500,
  M10: 1_500,
  M20: 3_000,
  M30: 3_000,
  M40: 6_000,
  M50: 16_000,
  M60: 32_000,
  M80: 96_000,
} as const;

export type AtlasTier = keyof typeof connectionLimits;
export const atlasTiers = Object.keys(connectionLimits) as AtlasTier[];

/**
 * Share of a tier's connections that applications may plan with. The rest is for the driver's monitoring connections,
 * for people, and for the moments in which a rolling refresh runs old and new instances side by side. Judgement.
 */
const USABLE_SHARE = 0.8;

/**
 * The greatest pool one instance may have so that all instances together fit the tier, at the most instances that the
 * autoscaler may run. Never above what the guide asks for, never below 1.
 */
export function fitPool(wanted: number, tier: string, mostInstances: number): number {
  const limit = connectionLimits[tier as AtlasTier];
  if (limit === undefined) return wanted;
  return Math.max(1, Math.min(wanted, Math.floor((limit * USABLE_SHARE) / mostInstances)));
}

/** The higher of two tiers. */
export function higherTier(a: string, b: string): string {
  return atlasTiers.indexOf(a as AtlasTier) >= atlasTiers.indexOf(b as AtlasTier) ? a : b;
}
