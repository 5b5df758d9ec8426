import { allocatableOf } from '../../../plan/nodes/machines';
import { tooBig, type Room, type Workload } from '../../../plan/nodes/packing';
import { systemWorkloadsOf } from '../../../plan/nodes/workloads';
import { sizeOf } from '../../../plan/sizes';
import type { Draft } from '../draft';
import { valueAt, type Path } from '../path';
import { groupKinds } from './groups';
import { computeOf, placeOf } from './place';
import { plannedPods } from './planned-pods';

/** Every pod fits on an empty node, or it would wait for ever. Told at what was made bigger, or at a machine that is small. */
export function checkRoom(draft: Draft): void {
  const place = placeOf(draft);
  const phase = draft.get('phase');
  if (!place || !phase || computeOf(draft) !== 'kubernetes' || draft.isFaulty('overrides')) return;
  const own = draft.get('overrides')?.cluster.machine;
  const environment = draft.get('environment') ?? 'prod';
  const machine = own ?? sizeOf(place.system.clusterNodes[place.cloud], phase, environment);
  const room = allocatableOf(place.cloud, machine);
  if (!room) return;
  const all = [
    ...plannedPods(draft, phase),
    ...systemWorkloadsOf(place.cloud, draft.get('kubernetes')?.monitoring ?? false),
  ];
  const sealed = draft.secretKeys.has('overrides');
  for (const pod of tooBig(all, room)) {
    const path = causesOf(pod, room).find((cause) => valueAt(draft.given, cause) !== undefined);
    const told = sealed ? '' : `: ${machine} leaves ${room.cpuMillis}m/${room.memoryMib}Mi`;
    const mend = 'give a smaller one, or larger nodes: set overrides.cluster.machine';
    if (path) {
      const problem = `makes a pod larger than what a node has for pods${told}`;
      draft.find({ path, problem, allowed: 'what fits on one node', mend });
    } else if (own !== undefined && !draft.isFaulty(...machinePath)) {
      const problem = `is too small for the pods of ${pod.name}${told}`;
      draft.find({
        path: machinePath,
        problem,
        allowed: 'a machine that every pod fits on',
        mend: 'give a larger one',
      });
    }
  }
}

const machinePath: Path = ['overrides', 'cluster', 'machine'];

const stores: Record<string, Path> = {
  cache: ['overrides', 'cache', 'nodeType'],
  broker: ['overrides', 'broker', 'nodeType'],
  mongodb: ['overrides', 'database', 'tier'],
  postgres: ['overrides', 'relational', 'instanceClass'],
};

/** The keys that can have made a pod too big, by what there is too much of. */
function causesOf({ name, cpuMillis }: Workload, room: Room): Path[] {
  if (stores[name]) return [stores[name]];
  const wanted = cpuMillis > room.cpuMillis ? ['cpuRequest', 'memoryRequest'] : ['memoryRequest', 'cpuRequest'];
  return groupKinds.flatMap((kind) => wanted.map((key) => ['overrides', kind, name, 'pod', key]));
}
