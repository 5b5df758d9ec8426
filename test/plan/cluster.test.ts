import fc from 'fast-check';
import { planCluster, type ClusterNeeds } from '../../plan/cluster';
import { allocatableOf } from '../../plan/nodes/machines';
import { nodesNeeded, nodesThatAlwaysDo, tooBig, type Room, type Workload } from '../../plan/nodes/packing';
import { nodesThatHold, place } from '../../plan/nodes/placing';
import { cpuMillis, memoryMib, storeSize } from '../../plan/nodes/quantities';
import { edge, systemWorkloadsOf, workloadsOf } from '../../plan/nodes/workloads';
import { pulse } from '../../systems/pulse';

const api = pulse.services[0]!;
const needs = (more: Partial<ClusterNeeds> = {}): ClusterNeeds => ({
  system: 'pulse',
  cloud: 'aws',
  machine: 't3.large',
  zones: 3,
  monitoring: false,
  services: [{ name: 'api', pod: api.pod, capacity: { min: 2, max: 10, desired: 5 } }],
  ...more,
});
const podsOf = (workloads: Workload[]): Workload[] =>
  workloads.flatMap((workload) => Array<Workload>(workload.count).fill(workload));

const node: Room = { cpuMillis: 2000, memoryMib: 4000, pods: 8 };
const anyWorkloads = fc
  .array(
    fc.record({
      cpuMillis: fc.integer({ min: 50, max: 2000 }),
      memoryMib: fc.integer({ min: 50, max: 4000 }),
      count: fc.integer({ min: 0, max: 5 }),
      onePerNode: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) => list.map((one, at) => ({ ...one, name: `w${at}` })));

describe('nodes for pods', () => {
  test('enough is enough in whatever order pods come and wherever each is put', () => {
    fc.assert(
      fc.property(anyWorkloads, fc.infiniteStream(fc.nat()), (workloads, dice) => {
        const roll = (sides: number) => dice.next().value! % sides;
        const pods = podsOf(workloads)
          .map((pod) => ({ pod, at: roll(1000) }))
          .sort((a, b) => a.at - b.at)
          .map(({ pod }) => pod);
        const count = nodesThatAlwaysDo(workloads, node);
        const left = place(pods, node, count, (nodes) => nodes[roll(nodes.length || 1)]);
        expect(left).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('one fewer than needed cannot hold them, and needed can: as trying every node for every pod says', () => {
    const few = anyWorkloads.filter((workloads) => podsOf(workloads).length <= 7);
    fc.assert(
      fc.property(few, (workloads) => {
        const count = nodesNeeded(workloads, node);
        expect(holds(podsOf(workloads), count)).toBe(true);
        if (count > 1) expect(holds(podsOf(workloads), count - 1)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('needed is never more than what the scheduler finds, and that never more than what always does', () => {
    fc.assert(
      fc.property(anyWorkloads, (workloads) => {
        const [least, found] = [nodesNeeded(workloads, node), nodesThatHold(workloads, node)];
        expect(least).toBeLessThanOrEqual(found);
        expect(found).toBeLessThanOrEqual(nodesThatAlwaysDo(workloads, node));
      }),
    );
  });

  test('a pod that no node can hold is an error with its name', () => {
    const big = { name: 'mongodb', cpuMillis: 2001, memoryMib: 1, count: 1, onePerNode: false };
    expect(tooBig([big], node)).toEqual([big]);
    for (const count of [nodesNeeded, nodesThatAlwaysDo, nodesThatHold])
      expect(() => count([big], node)).toThrow('a pod of mongodb asks for 2001m and 1Mi; a node leaves 2000m');
  });
});

/** Tries every node for every pod. */
function holds(pods: Workload[], count: number): boolean {
  const at: number[] = [];
  const fits = (n: number) => {
    const here = pods.filter((_, i) => at[i] === n);
    const sum = (key: 'cpuMillis' | 'memoryMib') => here.reduce((total, pod) => total + pod[key], 0);
    const alone = here.every((pod) => !pod.onePerNode || here.filter((other) => other === pod).length === 1);
    return (
      sum('cpuMillis') <= node.cpuMillis && sum('memoryMib') <= node.memoryMib && here.length <= node.pods && alone
    );
  };
  const go = (index: number): boolean => {
    if (index === pods.length) return true;
    for (let n = 0; n < count; n++) {
      // Pods of one workload are alike: the later one never goes before the earlier one.
      if (index > 0 && pods[index] === pods[index - 1] && n < at[index - 1]!) continue;
      at[index] = n;
      if (fits(n) && go(index + 1)) return true;
      at.length = index;
    }
    return false;
  };
  return go(0);
}

describe('what a node leaves to pods', () => {
  // From the vendors' own examples and tables, less the daemons.
  test.each([
    ['aws', 't3.large', { cpuMillis: 1730, memoryMib: 6581, pods: 30 }],
    ['aws', 't3.medium', { cpuMillis: 1730, memoryMib: 2990, pods: 12 }],
    ['aws', 'm5.large', { cpuMillis: 1730, memoryMib: 6647, pods: 24 }],
    // GKE's own example: 3920m and 13498416Ki (13182 MiB) of an e2-standard-4, whose memory the machine shows a bit less of.
    ['gcp', 'e2-standard-4', { cpuMillis: 3470, memoryMib: 12821, pods: 100 }],
    ['gcp', 'n1-standard-2', { cpuMillis: 1480, memoryMib: 5039, pods: 100 }],
    ['digitalocean', 's-2vcpu-4gb', { cpuMillis: 1380, memoryMib: 2060, pods: 103 }],
    ['kubernetes', '4 vCPU / 16 GiB', { cpuMillis: 3620, memoryMib: 13109, pods: 104 }],
  ] as const)('%s %s', (cloud, machine, expected) => {
    expect(allocatableOf(cloud, machine)).toEqual(expected);
  });

  test.each([
    ['aws', 't3.huge'],
    ['aws', 'u9.large'],
    ['aws', 't3.micro'],
    ['gcp', 'e2-small'],
    ['digitalocean', 's-1vcpu-1gb'],
    ['kubernetes', 't3.large'],
  ] as const)('nothing is known of %s %s', (cloud, machine) => {
    expect(allocatableOf(cloud, machine)).toBeUndefined();
  });
});

describe('the cluster of a plan', () => {
  test('holds the most pods on the most nodes, with one pod more of each Deployment', () => {
    const { nodes } = planCluster(needs());
    const pods = workloadsOf(needs(), 'most');
    expect(pods.map(({ name, count }) => [name, count])).toEqual([
      ['api', 11],
      ['api-edge', edge.capacity.max + 1],
    ]);
    expect(nodesNeeded(pods, nodes.allocatable)).toBeLessThanOrEqual(nodes.max);
    expect(place(podsOf([...systemWorkloadsOf('aws', false), ...pods]), nodes.allocatable, nodes.max)).toEqual([]);
  });

  test('starts with as many nodes as hold what starts, one a zone at the least', () => {
    const { nodes } = planCluster(needs());
    const pods = podsOf([...workloadsOf(needs(), 'start'), ...systemWorkloadsOf('aws', false)]);
    pods.sort((a, b) => b.cpuMillis - a.cpuMillis);
    expect(nodes.min).toBeGreaterThanOrEqual(3);
    expect(nodes.max % 3).toBe(0);
    expect(place(pods, nodes.allocatable, nodes.min)).toEqual([]);
    const small = needs({ services: [], zones: 1, cloud: 'kubernetes', machine: '4 vCPU / 16 GiB' });
    expect(planCluster(small).nodes).toMatchObject({ min: 2, max: 2 });
  });

  test('has room for the stores that run in it', () => {
    const plain = needs({
      cloud: 'kubernetes',
      machine: '4 vCPU / 16 GiB',
      cache: { nodeType: '500m/2Gi', shards: 3, replicasPerShard: 2 },
      documentDatabase: { tier: '2000m/8Gi', electableNodes: 3 },
    });
    const counts = Object.fromEntries(workloadsOf(plain, 'most').map(({ name, count }) => [name, count]));
    expect(counts).toMatchObject({ cache: 9, mongodb: 3 });
    const without = planCluster({ ...plain, cache: undefined, documentDatabase: undefined });
    expect(planCluster(plain).nodes.max).toBeGreaterThan(without.nodes.max);
    expect(() => planCluster({ ...plain, machine: '2 vCPU / 8 GiB' })).toThrow('a pod of mongodb asks for 2000m');
  });

  test('has room for what sends the database’s log away, where there is a store for it', () => {
    const documentDatabase = { tier: '2000m/8Gi', electableNodes: 3 };
    const [plain] = workloadsOf({ services: [], documentDatabase }, 'most');
    const [backedUp] = workloadsOf({ services: [], documentDatabase: { ...documentDatabase, backedUp: true } }, 'most');
    expect(plain).toMatchObject({ cpuMillis: 2_000, memoryMib: 8_192, count: 3 });
    expect(backedUp).toMatchObject({ cpuMillis: 2_050, memoryMib: 8_320, count: 3 });
  });

  test('has room for the monitoring stack where it brings one', () => {
    const total = (list: Workload[]) => list.reduce((sum, one) => sum + one.count * one.memoryMib, 0);
    expect(total(systemWorkloadsOf('aws', true))).toBeGreaterThan(total(systemWorkloadsOf('aws', false)));
    // A plain cluster has a place of its own for its own.
    expect(systemWorkloadsOf('kubernetes', true).map(({ name }) => name)).toEqual(['jobs', 'exporter']);
  });

  test('never has fewer nodes for more pods', () => {
    const max = fc.integer({ min: 2, max: 60 });
    const plan = (most: number) =>
      planCluster(needs({ services: [{ name: 'api', pod: api.pod, capacity: { min: 2, max: most, desired: 2 } }] }));
    fc.assert(
      fc.property(max, max, (a, b) => {
        expect(plan(Math.min(a, b)).nodes.max).toBeLessThanOrEqual(plan(Math.max(a, b)).nodes.max);
      }),
      { numRuns: 50 },
    );
  });

  test('is the namespace of the system', () => {
    expect(planCluster(needs())).toMatchObject({ namespace: 'pulse', nodes: { machine: 't3.large' } });
    expect(() => planCluster(needs({ machine: 'z1.large' }))).toThrow('z1.large is not a machine on aws');
  });
});

test('quantities', () => {
  expect(['500m', '2', '0.5'].map(cpuMillis)).toEqual([500, 2000, 500]);
  expect(['512Mi', '2Gi'].map(memoryMib)).toEqual([512, 2048]);
  expect(storeSize('250m/1Gi')).toEqual({ cpuMillis: 250, memoryMib: 1024 });
  expect(() => cpuMillis('1Gi')).toThrow('"1Gi" is not a quantity of processors');
  expect(() => memoryMib('512')).toThrow('"512" is not a quantity of memory');
});
