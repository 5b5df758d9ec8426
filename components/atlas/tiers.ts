/** Cluster tiers that Atlas sells on AWS and Google Cloud, smallest first (its page on cluster sizes). */
export const tiers = [
  'M0',
  'M10',
  'M20',
  'M30',
  'M40',
  'M50',
  'M60',
  'M80',
  'M140',
  'M200',
  'M250',
  'M300',
  'M400',
  'M600',
  'M700',
] as const;

/** The free tenant: a share of a machine, with no backup, private endpoint, autoscaling or choice of version. */
export const freeTier = 'M0';

/** Below zero where `a` is the smaller tier, above where it is the larger, 0 where they are the same. */
export function compareTiers(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}
