import { refuseTooBig, type Room, type Workload } from './packing';

export interface Node {
  zone: number;
  free: Room;
  /** How many pods of each workload it has, by name. */
  has: Record<string, number>;
}

/**
 * Nodes enough for these pods when the scheduler meets them biggest first, as at a start. Where it meets them in another
 * order, the cluster's autoscaler adds a node.
 */
export function nodesThatHold(workloads: Workload[], node: Room, zones: number): number {
  const pods = [...workloads]
    .sort((a, b) => b.cpuMillis - a.cpuMillis)
    .flatMap((one) => Array<Workload>(one.count).fill(one));
  refuseTooBig(workloads, node);
  for (let nodes = 1; ; nodes++) if (place(pods, node, nodes, zones).length === 0) return nodes;
}

const mostFree = (nodes: Node[]): Node | undefined => nodes.sort((a, b) => b.free.cpuMillis - a.free.cpuMillis)[0];

/**
 * Places pods one after the other on nodes that stand evenly in the zones.
 *
 * @param choose which of the nodes that could take a pod gets it; the one with the most processors free, as the
 *   scheduler does by default
 * @returns the pods that found no place
 */
export function place(pods: Workload[], node: Room, count: number, zones: number, choose = mostFree): Workload[] {
  const nodes: Node[] = Array.from({ length: count }, (_, at) => ({ zone: at % zones, free: { ...node }, has: {} }));
  return pods.filter((pod) => {
    const found = choose(nodes.filter((one) => takes(one, pod) && staysEven(one, pod, nodes)));
    if (!found) return true;
    put(found, pod);
    return false;
  });
}

function takes({ free, has }: Node, pod: Workload): boolean {
  const room = free.cpuMillis >= pod.cpuMillis && free.memoryMib >= pod.memoryMib && free.pods >= 1;
  return room && !(pod.onePerNode && has[pod.name]);
}

/** `maxSkew: 1` over the zones that have nodes. */
function staysEven({ zone }: Node, pod: Workload, nodes: Node[]): boolean {
  if (!pod.evenOverZones) return true;
  const counts = new Map<number, number>();
  for (const one of nodes) counts.set(one.zone, (counts.get(one.zone) ?? 0) + (one.has[pod.name] ?? 0));
  return counts.get(zone)! <= Math.min(...counts.values());
}

function put({ free, has }: Node, pod: Workload): void {
  free.cpuMillis -= pod.cpuMillis;
  free.memoryMib -= pod.memoryMib;
  free.pods -= 1;
  has[pod.name] = (has[pod.name] ?? 0) + 1;
}
