/** What a node has for pods, or what a pod asks for. */
export interface Room {
  cpuMillis: number;
  memoryMib: number;
  pods: number;
}

/** Pods of one kind. */
export interface Workload {
  name: string;
  cpuMillis: number;
  memoryMib: number;
  /** How many of them. */
  count: number;
  /** Whether no two of them may be on one node. */
  onePerNode: boolean;
}

const dimensions = ['cpuMillis', 'memoryMib', 'pods'] as const;

const roomOf = ({ cpuMillis, memoryMib }: Workload): Room => ({ cpuMillis, memoryMib, pods: 1 });

/** The workloads of which not even one pod fits on an empty node. */
export function tooBig(workloads: Workload[], node: Room): Workload[] {
  return workloads.filter((workload) => dimensions.some((key) => roomOf(workload)[key] > node[key]));
}

/** @throws Error for a pod that fits on no node */
export function refuseTooBig(workloads: Workload[], node: Room): void {
  const [first] = tooBig(workloads, node);
  if (!first) return;
  const { name, cpuMillis, memoryMib } = first;
  throw new Error(
    `a pod of ${name} asks for ${cpuMillis}m and ${memoryMib}Mi; a node leaves ${node.cpuMillis}m and ${node.memoryMib}Mi to pods`,
  );
}

/**
 * So many nodes that no pod is ever left over, wherever the scheduler put the others: it places one pod after the other,
 * spreads them over the zones only as far as there is room, and looks for no better packing.
 *
 * A node turns a pod away when others have filled it so far that less is left than the pod asks for. Each other pod
 * brings a node nearer to that by a share, so the others together can fill no more nodes than their shares add up to;
 * with one node more the pod has a place.
 *
 * @throws Error for a pod that fits on no node
 */
export function nodesThatAlwaysDo(workloads: Workload[], node: Room): number {
  refuseTooBig(workloads, node);
  const there = workloads.filter(({ count }) => count > 0);
  return Math.max(1, ...there.map((pod) => nodesTurningAway(pod, there, node) + 1));
}

function nodesTurningAway(pod: Workload, workloads: Workload[], node: Room): number {
  const share = (other: Workload) => {
    if (other === pod && pod.onePerNode) return 1;
    // One node is all that one pod can fill.
    return Math.min(1, Math.max(...dimensions.map((key) => roomOf(other)[key] / (node[key] - roomOf(pod)[key] + 1))));
  };
  const others = workloads.reduce((sum, one) => sum + share(one) * (one.count - (one === pod ? 1 : 0)), 0);
  return Math.floor(others + 1e-9);
}

/**
 * The fewest nodes that hold all pods at all: with one fewer some pod is Pending whatever the scheduler does. Exact, by
 * trying every filling of a node; meant for a handful of workloads. Zones change nothing, as long as the pods' spread
 * over them is a wish.
 *
 * @throws Error for a pod that fits on no node
 */
export function nodesNeeded(workloads: Workload[], node: Room): number {
  refuseTooBig(workloads, node);
  const known = new Map<string, number>();
  const fewest = (counts: number[]): number => {
    if (counts.every((count) => count === 0)) return 0;
    const key = counts.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const rests = fillings(workloads, counts, node).map((filling) => counts.map((count, at) => count - filling[at]!));
    const best = 1 + Math.min(...rests.map(fewest));
    known.set(key, best);
    return best;
  };
  return fewest(workloads.map(({ count }) => count));
}

/**
 * What one node can hold of so many pods. Some node holds a pod of the first workload that is left, and which one is
 * no matter: that node is tried first. A filling that another one contains is never the better one and is left out.
 */
function fillings(workloads: Workload[], counts: number[], node: Room): number[][] {
  const first = counts.findIndex((count) => count > 0);
  const fill = (at: number, free: Room): number[][] => {
    const workload = workloads[at];
    if (!workload) return [[]];
    const room = roomOf(workload);
    const space = dimensions.filter((key) => room[key] > 0).map((key) => Math.floor(free[key] / room[key]));
    const most = Math.min(counts[at]!, workload.onePerNode ? 1 : Infinity, ...space);
    const amounts = Array.from({ length: most + 1 }, (_, pods) => pods).slice(at === first ? 1 : 0);
    return amounts.flatMap((pods) => fill(at + 1, less(free, room, pods)).map((rest) => [pods, ...rest]));
  };
  const all = fill(0, node);
  return all.filter((one) => !all.some((other) => other !== one && one.every((pods, at) => pods <= other[at]!)));
}

function less(free: Room, room: Room, pods: number): Room {
  return {
    cpuMillis: free.cpuMillis - pods * room.cpuMillis,
    memoryMib: free.memoryMib - pods * room.memoryMib,
    pods: free.pods - pods,
  };
}
