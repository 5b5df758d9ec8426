/** Whether Cloud SQL has the machine in the edition: shared cores and custom machines are Enterprise's alone. */
export function tierFault(tier: string, edition: string): string | undefined {
  const plus = /^db-perf-optimized-N-(2|4|8|16|32|48|64|80|96|128)$/.test(tier);
  const usual = /^db-(f1-micro|g1-small)$/.test(tier) || isCustom(tier);
  const fits = edition === 'ENTERPRISE_PLUS' ? plus : usual;
  return fits ? undefined : `invalid: Invalid Tier (${tier}) for (${edition}) Edition`;
}

/** Cores are one or even; memory is a multiple of 256 MB, from 3.75 GB, and 0.9 to 6.5 GB for each core. */
function isCustom(tier: string): boolean {
  const sizes = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (!sizes) return false;
  const [cores, memory] = [Number(sizes[1]), Number(sizes[2])];
  const inProportion = memory >= Math.max(3_840, cores * 922) && memory <= cores * 6_656;
  return (cores === 1 || (cores % 2 === 0 && cores <= 96)) && memory % 256 === 0 && inProportion;
}

/** The edition that Cloud SQL takes where the program names none: from PostgreSQL 16 on the dearer one. */
export function editionOf(version: string, edition: string | undefined): string {
  if (edition !== undefined) return edition;
  return Number(/^POSTGRES_(\d+)$/.exec(version)?.[1] ?? 0) >= 16 ? 'ENTERPRISE_PLUS' : 'ENTERPRISE';
}
