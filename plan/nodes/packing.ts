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
  /** Whether the scheduler must keep them even over the zones: `maxSkew: 1`, `DoNotSchedule`. */
  evenOverZones: boolean;
  /** Whether no two of them may be on one node. */
  onePerNode: boolean;
}

const dimensions = ['cpuMillis', 'memoryMib', 'pods'] as const;

const roomOf = ({ cpuMillis, memoryMib }: Workload): Room => ({ cpuMillis, memoryMib, pods: 1 });

/** The workloads of which not even one pod fits on an empty node. */
export function tooBig(workloads: Workload[], node: Room): Workload[] {
  return workloads.filter((workload) => dimensions.some((key) => roomOf(workload)[key] > node[key]));
}

/**
 * So many nodes that no pod is ever left over, wherever the scheduler put the others: it places one pod after the other
 * and looks for no better packing. A node turns a pod away only when others fill it up to less than the pod asks for,
 * and there are only so many nodes that the others can fill so far, by processors, memory and number of pods together.
 * One node more, in each zone where the pod may be told its zone, and it has a place.
 *
 * @throws Error for a pod that fits on no node
 */
export function nodesThatAlwaysDo(workloads: Workload[], node: Room, zones: number): number {
  refuseTooBig(workloads, node);
  const needs = workloads
    .filter(({ count }) => count > 0)
    .map((workload) => {
      const where = workload.evenOverZones ? zones : 1;
      return where * (nodesTurningAway(workload, workloads, node, where) + 1);
    });
  const most = Math.max(1, ...needs);
  // Nodes come evenly over the zones too: the zone with the fewest must have enough.
  return workloads.some(({ evenOverZones }) => evenOverZones) ? Math.ceil(most / zones) * zones : most;
}

/** The most nodes (of one zone, or of all) that other pods can fill so far that this one fits on none of them. */
function nodesTurningAway(pod: Workload, workloads: Workload[], node: Room, zones: number): number {
  const most = (workload: Workload) =>
    (workload.evenOverZones ? Math.ceil(workload.count / zones) : workload.count) - (workload === pod ? 1 : 0);
  const full = dimensions.map((key) => {
    const others = workloads.reduce((sum, workload) => sum + most(workload) * roomOf(workload)[key], 0);
    return Math.floor(others / (node[key] - roomOf(pod)[key] + 1));
  });
  return full.reduce((sum, nodes) => sum + nodes, pod.onePerNode ? most(pod) : 0);
}

/**
 * The fewest nodes, evenly over the zones, that hold all pods at all: with one fewer some pod is Pending whatever the
 * scheduler does. Exact, by trying every way of sharing the pods out; meant for a handful of workloads.
 *
 * @throws Error for a pod that fits on no node
 */
export function nodesNeeded(workloads: Workload[], node: Room, zones: number): number {
  refuseTooBig(workloads, node);
  const fewest = fewestIn(workloads, node);
  const shares = workloads.map(({ count, evenOverZones }) => sharesOf(count, zones, evenOverZones));
  for (let nodes = 1; ; nodes++) {
    const nodesOf = (zone: number) => Math.floor(nodes / zones) + (zone < nodes % zones ? 1 : 0);
    const fits = (at: number, counts: number[][]): boolean => {
      if (counts.some((zone, index) => fewest(zone) > nodesOf(index))) return false;
      const next = shares[at];
      if (!next) return true;
      return next.some((share) =>
        fits(
          at + 1,
          counts.map((zone, index) => [...zone, share[index]!]),
        ),
      );
    };
    if (
      fits(
        0,
        Array.from({ length: zones }, () => []),
      )
    )
      return nodes;
  }
}

/** Every way to share a number of pods out over the zones: as even as possible, or as they come. */
function sharesOf(count: number, zones: number, even: boolean): number[][] {
  if (zones === 1) return [[count]];
  const [least, most] = even ? [Math.floor(count / zones), Math.ceil(count / zones)] : [0, count];
  const result: number[][] = [];
  for (let first = least; first <= Math.min(most, count); first++) {
    for (const rest of sharesOf(count - first, zones - 1, false)) {
      if (rest.every((pods) => pods >= least && pods <= most)) result.push([first, ...rest]);
    }
  }
  return result;
}

/** The fewest nodes of one zone for so many pods of each workload; the first workloads alone where fewer are given. */
function fewestIn(workloads: Workload[], node: Room): (counts: number[]) => number {
  const known = new Map<string, number>();
  const fewest = (counts: number[]): number => {
    const first = counts.findIndex((count) => count > 0);
    if (first < 0) return 0;
    const key = counts.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    let best = Infinity;
    for (const filling of fillings(counts, first)) {
      best = Math.min(best, 1 + fewest(counts.map((count, at) => count - filling[at]!)));
    }
    known.set(key, best);
    return best;
  };
  /** What one node can hold of them with at least one of the first: whoever holds that one is tried as such. */
  const fillings = (counts: number[], first: number): number[][] => {
    const fill = (at: number, free: Room): number[][] => {
      if (at === counts.length) return [[]];
      const { onePerNode } = workloads[at]!;
      const room = roomOf(workloads[at]!);
      const space = Math.min(
        ...dimensions.filter((key) => room[key] > 0).map((key) => Math.floor(free[key] / room[key])),
      );
      const most = Math.min(counts[at]!, space, onePerNode ? 1 : Infinity);
      const result: number[][] = [];
      for (let pods = most; pods >= (at === first ? 1 : 0); pods--) {
        const left = Object.fromEntries(dimensions.map((key) => [key, free[key] - pods * room[key]]));
        for (const rest of fill(at + 1, left as unknown as Room)) result.push([pods, ...rest]);
      }
      return result;
    };
    // A filling that another one contains is never the better one.
    const all = fill(0, node);
    return all.filter((one) => !all.some((other) => other !== one && one.every((pods, at) => pods <= other[at]!)));
  };
  return fewest;
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
