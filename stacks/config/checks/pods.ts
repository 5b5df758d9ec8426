import { cpuMillis, memoryMib } from '../../../plan/nodes/quantities';
import type { Draft } from '../draft';
import { groupsOf, type Group } from './groups';

/** A pod's requests never pass its limits. */
export function checkPods(draft: Draft): void {
  for (const group of groupsOf(draft)) {
    const { requests, limits } = group.needs.pod;
    if (!group.own.pod) continue;
    checkPair(draft, group, ['cpuRequest', 'cpuLimit'], cpuMillis, [requests.cpu, limits.cpu]);
    checkPair(draft, group, ['memoryRequest', 'memoryLimit'], memoryMib, [requests.memory, limits.memory]);
  }
}

function checkPair(
  draft: Draft,
  { own: { pod: own = {} }, path: at }: Group,
  [request, limit]: ['cpuRequest', 'cpuLimit'] | ['memoryRequest', 'memoryLimit'],
  size: (quantity: string) => number,
  [usualRequest, usualLimit]: [string, string],
): void {
  const path = (field: string) => [...at, 'pod', field];
  if (draft.isFaulty(...path(request)) || draft.isFaulty(...path(limit))) return;
  const [asked, most] = [own[request] ?? usualRequest, own[limit] ?? usualLimit];
  if (size(asked) <= size(most)) return;
  // The side that was given is the one to mend; of two, the limit.
  const [field, relation, other, bound] =
    own[limit] === undefined ? [request, 'above', limit, most] : [limit, 'below', request, asked];
  const sealed = draft.secretKeys.has('overrides');
  const told = `${sealed ? '' : `, which is ${bound}`}${own[other] === undefined ? ' by the system' : ''}`;
  draft.find({ path: path(field), problem: `is ${relation} ${other}${told}`, nearest: bound });
}
