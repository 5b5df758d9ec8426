import type { Draft } from '../draft';
import type { Path } from '../path';

/** A zone is one that the stack's host names lie in. */
export function checkHolds(draft: Draft, path: Path, zone: string, what: string): void {
  for (const key of ['domain', 'contentDomain'] as const) {
    const host = draft.get(key);
    if (!host || host === zone || host.endsWith(`.${zone}`) || draft.isFaulty(...path)) continue;
    const sealed = draft.secretKeys.has(key) || draft.secretKeys.has(String(path[0]));
    const problem = `does not hold ${key}${sealed ? '' : `, which is ${host}`}`;
    draft.find({ path, problem, allowed: `${what} that ${key} lies in`, mend: `give ${what} that ${key} lies in` });
  }
}
