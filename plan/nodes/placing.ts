import { refuseTooBig, type Room, type Workload } from './packing';

export interface Node {
  free: Room;
  /** Names of the workloads that have a pod on it. */
  has: Set<string>;
}

/**
 * Nodes enough for these pods when the scheduler meets them biggest first. Where it meets them in an order that wastes
 * room, the cluster's autoscaler adds a node.
 *
 * @throws Error for a pod that fits on no node
 */
export function nodesThatHold(workloads: Workload[], node: Room): number {
  refuseTooBig(workloads, node);
  const biggest = [...workloads].sort((a, b) => b.cpuMillis - a.cpuMillis);
  const pods = biggest.flatMap((workload) => Array<Workload>(workload.count).fill(workload));
  for (let nodes = 1; ; nodes++) if (place(pods, node, nodes).length === 0) return nodes;
}

const mostFree = (nodes: Node[]): Node | undefined => nodes.sort((a, b) => b.free.cpuMillis - a.free.cpuMillis)[0];

/**
 * Places pods one after the other.
 *
 * @param choose which of the nodes that could take a pod gets it; the one with the most processors free, as the
 *   scheduler does by default
 * @returns the pods that found no place
 */
export function place(pods: Workload[], node: Room, count: number, choose = mostFree): Workload[] {
  const nodes: Node[] = Array.from({ length: count }, () => ({ free: { ...node }, has: new Set() }));
  return pods.filter((pod) => {
    const found = choose(nodes.filter((one) => takes(one, pod)));
    if (!found) return true;
    put(found, pod);
    return false;
  });
}

function takes({ free, has }: Node, pod: Workload): boolean {
  const room = free.cpuMillis >= pod.cpuMillis && free.memoryMib >= pod.memoryMib && free.pods >= 1;
  return room && !(pod.onePerNode && has.has(pod.name));
}

function put({ free, has }: Node, pod: Workload): void {
  free.cpuMillis -= pod.cpuMillis;
  free.memoryMib -= pod.memoryMib;
  free.pods -= 1;
  has.add(pod.name);
}
