/** What GKE gives where no version, or only a minor one, is asked for. */
const DEFAULT = '1.33.5-gke.1162000';

/** The full version that runs where this one is the least. */
export function currentOf(wanted: string | undefined): string {
  if (wanted === undefined || wanted === 'latest') return DEFAULT;
  if (/-gke\./.test(wanted)) return wanted;
  return /^\d+\.\d+$/.test(wanted) ? `${wanted}.5-gke.1162000` : `${wanted}-gke.1162000`;
}

const partsOf = (version: string): number[] =>
  version
    .split(/[.-]|gke/)
    .filter(Boolean)
    .map(Number);

/** Whether a version, of which only the beginning may be said, is above another. */
export function isNewer(wanted: string, running: string): boolean {
  const now = partsOf(running);
  for (const [index, part] of partsOf(wanted).entries()) {
    if (part !== (now[index] ?? 0)) return part > (now[index] ?? 0);
  }
  return false;
}
