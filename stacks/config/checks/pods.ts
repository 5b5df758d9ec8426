import { cpuMillis, memoryMib } from '../../../plan/nodes/quantities';
import type { ServiceNeeds } from '../../../systems/system';
import type { Draft } from '../draft';
import type { PodOverrides } from '../settings';

/** A pod's requests never pass its limits. */
export function checkPods(draft: Draft): void {
  for (const service of draft.system?.services ?? []) {
    const own = draft.get('overrides')?.services[service.name]?.pod;
    if (!own) continue;
    checkPair(draft, service, own, ['cpuRequest', 'cpuLimit'], cpuMillis, [
      service.pod.requests.cpu,
      service.pod.limits.cpu,
    ]);
    checkPair(draft, service, own, ['memoryRequest', 'memoryLimit'], memoryMib, [
      service.pod.requests.memory,
      service.pod.limits.memory,
    ]);
  }
}

function checkPair(
  draft: Draft,
  { name }: ServiceNeeds,
  own: PodOverrides,
  [request, limit]: ['cpuRequest', 'cpuLimit'] | ['memoryRequest', 'memoryLimit'],
  size: (quantity: string) => number,
  [usualRequest, usualLimit]: [string, string],
): void {
  const path = (field: string): string[] => ['overrides', 'services', name, 'pod', field];
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
