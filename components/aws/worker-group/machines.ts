/** Families with the same processors and memory by size; spot has more of several than of one. By EC2's own tables. */
const alike: string[][] = [
  ['t3', 't3a'],
  ['m5', 'm5a', 'm5n', 'm6i', 'm6a'],
  ['c5', 'c5a', 'c6i', 'c6a'],
  ['r5', 'r5a', 'r5n', 'r6i', 'r6a'],
  ['m6g', 'm7g'],
  ['c6g', 'c7g'],
  ['r6g', 'r7g'],
];

/** The machine, and those that can stand in for it on the same image: the same size of families that are alike. */
export function sameSize(machine: string): string[] {
  const [family = '', size = ''] = machine.split('.');
  const families = alike.find((list) => list.includes(family)) ?? [family];
  return [machine, ...families.filter((other) => other !== family).map((other) => `${other}.${size}`)];
}
