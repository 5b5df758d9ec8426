import { allocatableOf } from './nodes/machines';
import { nodesThatAlwaysDo, type Room, type Workload } from './nodes/packing';
import { nodesThatHold } from './nodes/placing';
import { systemWorkloadsOf, workloadsOf, type Tenants } from './nodes/workloads';
import type { Sizes } from './sizes';
import type { ClusterPlan } from './types';
import type { CloudName } from './vocabulary';

/**
 * Machine of a cluster's nodes by cloud, and by phase or environment: data of a system. On plain Kubernetes, where the nodes are somebody
 * else's, the size that they are expected to have, in words.
 */
export type ClusterNodes = Record<CloudName, Sizes>;

/**
 * Kubernetes minor version of the managed clusters. It is taken up in place by changing it here: one minor at a time,
 * the control plane first. On DigitalOcean it is that of new clusters alone (docs/kubernetes.md).
 */
export const KUBERNETES_VERSION = '1.35';

/** The minors that a stack may ask for instead: one that is not taken up yet, and one that is tried. */
export const kubernetesVersions = ['1.34', KUBERNETES_VERSION, '1.36'];

export interface ClusterNeeds extends Tenants {
  /** Name of the system; its namespace. */
  system: string;
  cloud: CloudName;
  /** The nodes' machine type. */
  machine: string;
  /** How many zones a region uses. */
  zones: number;
  /** Whether the Prometheus operator's stack runs in the cluster. */
  monitoring: boolean;
}

/**
 * The cluster of each region: enough nodes that no pod waits when every autoscaler is at its most and every
 * Deployment rolls at once, and as few at the start as hold what starts.
 *
 * @throws Error for a machine that is not known, and for one that some pod does not fit on
 */
export function planCluster(needs: ClusterNeeds): ClusterPlan {
  const { system, cloud, machine, zones } = needs;
  const allocatable = allocatableOf(cloud, machine);
  if (!allocatable) throw new Error(`${machine} is not a machine on ${cloud} whose room for pods is known`);
  return {
    version: KUBERNETES_VERSION,
    namespace: system,
    nodes: { machine, allocatable, ...nodeRange(needs, allocatable, zones) },
  };
}

function nodeRange(needs: ClusterNeeds, node: Room, zones: number): { min: number; max: number } {
  const own = systemWorkloadsOf(needs.cloud, needs.monitoring);
  const at = (when: 'start' | 'most'): Workload[] => [...workloadsOf(needs, when), ...own];
  // Never one node alone: its loss would be the loss of all. And one in each zone, or pods could not be spread.
  const min = Math.max(2, zones, nodesThatHold(at('start'), node));
  // Pools grow by the same number in each zone.
  const max = Math.ceil(Math.max(min, nodesThatAlwaysDo(at('most'), node)) / zones) * zones;
  return { min, max };
}
