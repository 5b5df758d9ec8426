import type { Workload } from '../../../plan/nodes/packing';
import { workloadsOf } from '../../../plan/nodes/workloads';
import { cacheInCluster } from '../../../plan/pods';
import { sizeOf, type Sizes } from '../../../plan/sizes';
import type { PhaseName } from '../../../plan/vocabulary';
import type { PodPlan } from '../../../plan/types';
import type { Draft } from '../draft';
import type { ServiceOverrides } from '../settings';
import { placeOf } from './place';
import { databaseGiven, hostOf, tierOf } from './stores';

type Pod = Pick<PodPlan, 'requests' | 'limits'>;

/** One pod of each kind, with the sizes that the plan will give it. */
export function plannedPods(draft: Draft, phase: PhaseName): Workload[] {
  const { system, cloud } = placeOf(draft)!;
  const overrides = draft.get('overrides');
  const inCluster = cacheInCluster[cloud];
  const usual = (sizes: Sizes | undefined): string | undefined =>
    sizes && sizeOf(sizes, phase, draft.get('environment') ?? 'prod');
  const nodeType = inCluster ? (overrides?.cache.nodeType ?? usual(system.cache?.nodeTypes[cloud])) : undefined;
  const broker = inCluster ? (overrides?.broker.nodeType ?? usual(system.broker?.nodeTypes[cloud])) : undefined;
  const given = databaseGiven(draft, cloud);
  const tier = hostOf(draft) === 'operator' && !given ? tierOf(draft) : undefined;
  const relational = system.relationalDatabase;
  const instanceClass =
    relational?.hosts[cloud] === 'operator' && !given
      ? (overrides?.relational.instanceClass ?? usual(relational.classes.operator))
      : undefined;
  const backedUp = draft.get('kubernetes')?.objectStore !== undefined;
  return workloadsOf(
    {
      services: system.services.map(({ name, pod }) => onePod(name, pod, overrides?.services[name]?.pod)),
      workers: (system.workers ?? []).map(({ name, pod }) => onePod(name, pod, overrides?.workers[name]?.pod)),
      cache: nodeType === undefined ? undefined : { nodeType, shards: 1, replicasPerShard: 0 },
      broker: broker === undefined ? undefined : { nodeType: broker },
      documentDatabase: tier === undefined ? undefined : { tier, electableNodes: 1, backedUp },
      relationalDatabase:
        instanceClass === undefined ? undefined : { instanceClass, standby: false, replicas: { min: 0 } },
    },
    'start',
  );
}

function onePod<P extends Pod>(name: string, pod: P, own: ServiceOverrides['pod'] = {}) {
  const requests = { cpu: own.cpuRequest ?? pod.requests.cpu, memory: own.memoryRequest ?? pod.requests.memory };
  return { name, pod: { ...pod, requests }, capacity: { min: 1, max: 1, desired: 1, steady: true } };
}
