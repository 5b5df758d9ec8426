/** `ENTERPRISE_PLUS` has machine types of its own; it alone has pools of readers and 35 days of any moment. */
export type Edition = 'ENTERPRISE' | 'ENTERPRISE_PLUS';

/** Shared cores, custom machines, and the performance-optimized ones of Enterprise Plus (Cloud SQL: machine series). */
const tiers = [/^db-(f1-micro|g1-small)$/, /^db-custom-([1-9]|[1-9]\d)-\d{4,6}$/, /^db-perf-optimized-N-\d+$/];

export function isTier(tier: string): boolean {
  return tiers.some((form) => form.test(tier)) && customFault(tier) === undefined;
}

/** The edition that has the machine. Moving up to Enterprise Plus is done in place; Cloud SQL restarts once. */
export function editionOf(tier: string): Edition {
  return /^db-perf-optimized-/.test(tier) ? 'ENTERPRISE_PLUS' : 'ENTERPRISE';
}

/** What Cloud SQL refuses about a custom machine: an odd number of cores, and memory out of proportion. */
export function customFault(tier: string): string | undefined {
  const sizes = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (!sizes) return undefined;
  const [cores, memory] = [Number(sizes[1]), Number(sizes[2])];
  if (cores > 1 && cores % 2 === 1) return `${cores} cores: one, or an even number`;
  if (memory % 256 !== 0) return `${memory} MB of memory: a multiple of 256`;
  if (memory < 3_840 || memory < cores * 922 || memory > cores * 6_656) {
    return `${memory} MB of memory: from 3840, and 922 to 6656 for each core`;
  }
  return undefined;
}
