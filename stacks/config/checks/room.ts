import { allocatableOf } from '../../../plan/nodes/machines';
import { tooBig, type Room, type Workload } from '../../../plan/nodes/packing';
import { systemWorkloadsOf, workloadsOf } from '../../../plan/nodes/workloads';
import { cacheInCluster } from '../../../plan/pods';
import { sizeOf, type Sizes } from '../../../plan/sizes';
import type { PhaseName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { valueAt, type Path } from '../path';
import { computeOf, placeOf } from './place';
import { databaseGiven, hostOf, tierOf } from './stores';

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
    ...podsOf(draft, phase),
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

/** The keys that can have made a pod too big, by what there is too much of. */
function causesOf({ name, cpuMillis }: Workload, room: Room): Path[] {
  const pod = ['overrides', 'services', name, 'pod'];
  const [cpu, memory] = [
    [...pod, 'cpuRequest'],
    [...pod, 'memoryRequest'],
  ];
  const stores: Record<string, Path> = {
    cache: ['overrides', 'cache', 'nodeType'],
    mongodb: ['overrides', 'database', 'tier'],
  };
  if (stores[name]) return [stores[name]];
  return cpuMillis > room.cpuMillis ? [cpu, memory] : [memory, cpu];
}

function usualNode(draft: Draft, sizes: Sizes | undefined, phase: PhaseName): string | undefined {
  return sizes && sizeOf(sizes, phase, draft.get('environment') ?? 'prod');
}

/** One pod of each kind, with the sizes that the plan will give it. */
function podsOf(draft: Draft, phase: PhaseName): Workload[] {
  const { system, cloud } = placeOf(draft)!;
  const overrides = draft.get('overrides');
  const capacity = { min: 1, max: 1, desired: 1 };
  const services = system.services.map(({ name, pod }) => {
    const own = overrides?.services[name]?.pod ?? {};
    const requests = { cpu: own.cpuRequest ?? pod.requests.cpu, memory: own.memoryRequest ?? pod.requests.memory };
    return { name, pod: { ...pod, requests }, capacity };
  });
  const nodeType = cacheInCluster[cloud]
    ? (overrides?.cache.nodeType ?? usualNode(draft, system.cache?.nodeTypes[cloud], phase))
    : undefined;
  const tier = hostOf(draft) === 'operator' && !databaseGiven(draft, cloud) ? tierOf(draft) : undefined;
  return workloadsOf(
    {
      services,
      cache: nodeType === undefined ? undefined : { nodeType, shards: 1, replicasPerShard: 0 },
      documentDatabase: tier === undefined ? undefined : { tier, electableNodes: 1 },
    },
    'start',
  );
}
