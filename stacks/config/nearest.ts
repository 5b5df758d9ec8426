/** How many slips a name may have and still be taken for a typo of another: one, and one more for every three letters. */
function slipsAllowed(word: string): number {
  return Math.max(1, Math.floor(word.length / 3));
}

/**
 * The candidate that a typo most likely meant, or undefined where none is near. Upper and lower case are one; of two
 * that are equally near, the first wins.
 */
export function nearest(typo: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  // A typo much longer than any name is not a typo, and the distance costs the product of the lengths.
  const longest = Math.max(0, ...candidates.map((candidate) => candidate.length));
  if (typo.length > 2 * longest + 1) return undefined;
  for (const candidate of candidates) {
    const slips = distance(typo.toLowerCase(), candidate.toLowerCase());
    if (slips < least && slips <= slipsAllowed(candidate)) {
      best = candidate;
      least = slips;
    }
  }
  return best;
}

/**
 * Damerau-Levenshtein distance, restricted: how many letters to put in, take out, change, or swap with their neighbour.
 */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, beforeLast[j - 2]! + 1);
      row.push(steps);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
