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

/** Connections that one node of a tier accepts; undefined for a size that is not Atlas's. */
export function connectionsOf(tier: string): number | undefined {
  return connectionLimits[tier as AtlasTier];
}

/** The higher of two tiers. */
export function higherTier(a: string, b: string): string {
  return atlasTiers.indexOf(a as AtlasTier) >= atlasTiers.indexOf(b as AtlasTier) ? a : b;
}
