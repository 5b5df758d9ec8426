import { flag, list, matches, number, text } from '../model/reading';
import { isBag, type Bag, type Value } from '../model/values';

/** The specifications of every region of every shard. */
export const regionsOf = (inputs: Bag): Bag[] =>
  matches(inputs, 'replicationSpecs.*.regionConfigs.*')
    .map(({ value }) => value)
    .filter(isBag);

/** Shared, free clusters: a tenant on somebody else's. */
export const isTenant = (inputs: Bag): boolean =>
  regionsOf(inputs).some((region) => ['TENANT', 'FLEX'].includes(text(region, 'providerName') ?? ''));

/** The tier that the program asks for; one for the whole cluster. */
export const tierOf = (inputs: Bag): string | undefined => text(regionsOf(inputs)[0], 'electableSpecs.instanceSize');
export const diskOf = (inputs: Bag): number | undefined => number(regionsOf(inputs)[0], 'electableSpecs.diskSizeGb');

export const scalesCompute = (inputs: Bag): boolean =>
  regionsOf(inputs).some((region) => flag(region, 'autoScaling.computeEnabled') === true);
export const scalesDisk = (inputs: Bag): boolean =>
  regionsOf(inputs).some((region) => flag(region, 'autoScaling.diskGbEnabled') === true);

/**
 * Whether the specifications stay as the program wrote them while Atlas scales. Not on tenants, and without effect with
 * more than one replication spec (the provider's documentation of `useEffectiveFields`).
 */
export const keepsSpecs = (inputs: Bag): boolean =>
  flag(inputs, 'useEffectiveFields') === true && !isTenant(inputs) && list(inputs, 'replicationSpecs').length === 1;

/** The number in a tier's name, for comparing: M30 is 30, R40 is 40. */
export const tierNumber = (tier: string): number => Number(/^[MR](\d+)/.exec(tier)?.[1] ?? NaN);

/** Standard disk of a tier in GB, from Atlas's table of cluster tiers on AWS. */
const disks: Record<string, number> = {
  M10: 10,
  M20: 20,
  M30: 40,
  M40: 80,
  M50: 160,
  M60: 320,
  M80: 750,
  M140: 1000,
  M200: 1500,
};
export const diskOfTier = (tier: string): number => disks[tier] ?? 0.5;

/** The replication specs with other sizes in them, where there are any. */
export function withSizes(inputs: Bag, sizes: { instanceSize?: string; diskSizeGb?: number }): Value {
  return list(inputs, 'replicationSpecs').map((spec) => {
    if (!isBag(spec)) return spec;
    const regionConfigs = list(spec, 'regionConfigs').map((region) => {
      if (!isBag(region)) return region;
      const changed: Bag = { ...region };
      for (const key of ['electableSpecs', 'readOnlySpecs']) {
        const specs = region[key];
        if (isBag(specs)) changed[key] = { ...specs, ...definedOf(sizes) };
      }
      return changed;
    });
    return { ...spec, regionConfigs };
  });
}

const definedOf = (bag: Record<string, string | number | undefined>): Bag =>
  Object.fromEntries(Object.entries(bag).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
