import type { Lab, Run } from './lab';

/** More updates than any configuration needs. */
const most = 6;

/** An update, and those that its notices ask for: a cloud may take one change of a cache at a time. */
export function upWhole(lab: Lab): Run[] {
  const runs: Run[] = [];
  do {
    runs.push(lab.up());
    if (runs.at(-1)!.code !== 0 || runs.length > most) break;
  } while (JSON.stringify(lab.outputs().notices).includes('Run pulumi up again'));
  return runs;
}
