import { allocatableOf } from '../../plan/nodes/machines';
import { inStagingAndProd } from '../context';
import { expect, inspect, pass, unknown } from '../judge';
import { containersOf } from '../kubernetes/containers';
import { deployment, podCounts, statefulSet } from '../kubernetes/objects';
import { cpuMillis, memoryMib } from '../kubernetes/quantity';
import { type Pool, poolOf, poolTypes } from '../pools';
import type { Resource, ResourceRule, StackRule } from '../rule';
import { refersTo, type Stack } from '../stack';
import { at, flag, list, numeric, present, show, UNKNOWN, type Unknown, type Value } from '../values';

const common = { severity: 'mandatory', scope: 'resource' } as const;

export const poolRange: ResourceRule = {
  ...common,
  id: 'node-pool-range',
  title: 'A pool of nodes keeps two at least, and is scaled between that and a greatest count',
  why: 'One node is one failure away from no service; without a range nobody adds a node when pods wait.',
  mend: 'Set the least count of nodes to 2 or more and a greatest count that is not below it.',
  controls: [],
  types: poolTypes,
  where: inStagingAndProd,
  check(resource) {
    const pool = poolOf(resource);
    if (!pool) return [pass];
    const { min, max, minPath, maxPath } = pool;
    if (min === UNKNOWN || max === UNKNOWN) return [unknown(min === UNKNOWN ? minPath : maxPath)];
    return [
      expect((numeric(min) ?? 0) >= 2, `it keeps ${show(min)} nodes (${minPath})`, minPath),
      expect(
        (numeric(max) ?? 0) >= Math.max(numeric(min) ?? 0, 1),
        `${maxPath} is ${show(max)}, its least is ${show(min)}`,
        maxPath,
      ),
    ];
  },
};

export const nodeCapacity: StackRule = {
  id: 'node-capacity',
  title: 'At their greatest counts, nodes hold all pods at theirs',
  why: 'Pods that no node has room for wait, just when load is highest.',
  mend: 'Raise the greatest count of nodes, take a larger machine, or lower the greatest count of pods.',
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types: poolTypes,
  check(stack) {
    const pools = stack.ofType(...poolTypes);
    const [first] = pools;
    if (!first) return [];
    const wanted = wants(stack);
    const room = roomOf(stack, pools);
    if (typeof wanted === 'string') return [{ resource: first, judgements: [unknown(wanted)] }];
    if (room === UNKNOWN) return [{ resource: first, judgements: [unknown('the room of its machine')] }];
    const judgements = [
      expect(wanted.cpu <= room.cpu, `pods ask for ${wanted.cpu}m of CPU at most, nodes have ${room.cpu}m`, 'requests'),
      expect(
        wanted.memory <= room.memory,
        `pods ask for ${wanted.memory}Mi at most, nodes have ${room.memory}Mi`,
        'requests',
      ),
    ];
    return [{ resource: first, judgements }];
  },
};

interface Size {
  cpu: number;
  memory: number;
}

/** What all pods ask for at their greatest counts; the place of the first value that is not known. */
function wants(stack: Stack): Size | string {
  const sum = { cpu: 0, memory: 0 };
  for (const workload of stack.ofType(deployment, statefulSet)) {
    const count = podCounts(stack, workload).most;
    const containers = containersOf(workload, { init: false });
    if (containers === UNKNOWN || count === UNKNOWN) return `the size of ${workload.name}`;
    for (const { value, path } of containers) {
      const cpu = at(value, 'resources.requests.cpu');
      const memory = at(value, 'resources.requests.memory');
      if (cpu === UNKNOWN || memory === UNKNOWN) return `${path}.resources.requests`;
      // What asks for nothing is another rule's matter.
      sum.cpu += (cpuMillis(cpu) ?? 0) * (numeric(count) ?? 0);
      sum.memory += (memoryMib(memory) ?? 0) * (numeric(count) ?? 0);
    }
  }
  return { cpu: Math.ceil(sum.cpu), memory: Math.ceil(sum.memory) };
}

/** The machine of a pool; EKS may say it in the launch template of the group. */
function machineOf(stack: Stack, resource: Resource, pool: Pool): Value {
  if (present(pool.machine)) return pool.machine;
  const template = templateOf(stack, resource);
  return template ? at(template.props, 'instanceType') : undefined;
}

function templateOf(stack: Stack, group: Resource): Resource | undefined {
  const templates = stack.ofType('aws:ec2/launchTemplate:LaunchTemplate');
  return templates.find((template) => refersTo(group, 'launchTemplate', template) === true);
}

/** The most nodes of a pool; of a group of EKS the bound of the Cluster Autoscaler that sizes it, where there is one. */
function mostOf(stack: Stack, resource: Resource, { max }: Pool): number | undefined {
  const bounds = stack
    .ofType('kubernetes:helm.sh/v3:Release')
    .filter((release) => refersTo(release, 'values', resource) === true)
    .flatMap(({ props }) => list(at(props, 'values.autoscalingGroups')))
    .map((group) => numeric(at(group, 'maxSize')));
  const all = [numeric(max), ...bounds];
  return all.every((one) => one !== undefined) ? Math.min(...all) : undefined;
}

function roomOf(stack: Stack, pools: readonly Resource[]): Size | Unknown {
  const sum = { cpu: 0, memory: 0 };
  for (const resource of pools) {
    const pool = poolOf(resource);
    const most = pool && mostOf(stack, resource, pool);
    const machine = pool && machineOf(stack, resource, pool);
    const node = pool && typeof machine === 'string' ? allocatableOf(pool.cloud, machine) : undefined;
    if (most === undefined || !node) return UNKNOWN;
    sum.cpu += node.cpuMillis * most;
    sum.memory += node.memoryMib * most;
  }
  return sum;
}

export const gkeNodes: ResourceRule = {
  ...common,
  id: 'gke-nodes',
  title: 'GKE nodes are repaired and upgraded, start shielded, and have a service account of their own',
  why: "Old nodes keep old holes, and the project's default service account may change almost everything in it.",
  mend: "Set management.autoRepair and autoUpgrade, nodeConfig.shieldedInstanceConfig.enableSecureBoot, nodeConfig.serviceAccount, and workloadMetadataConfig.mode 'GKE_METADATA'.",
  controls: ['Checkov CKV_GCP_9', 'Checkov CKV_GCP_10', 'Checkov CKV_GCP_68', 'Checkov CKV_GCP_69'],
  types: ['gcp:container/nodePool:NodePool'],
  check: (pool) => [
    // Both are on where nothing is said.
    ...['management.autoRepair', 'management.autoUpgrade'].map((path) =>
      inspect(pool, [path], (on) => (on === false || on === 'false' ? `${path} is false` : undefined)),
    ),
    inspect(pool, ['nodeConfig.shieldedInstanceConfig.enableSecureBoot'], (on) =>
      flag(on) ? undefined : `enableSecureBoot is ${show(on)}`,
    ),
    inspect(pool, ['nodeConfig.workloadMetadataConfig.mode'], (mode) =>
      mode === 'GKE_METADATA' ? undefined : `workloadMetadataConfig.mode is ${show(mode)}`,
    ),
    // That one is set is known even where its address is not.
    expect(
      present(at(pool.props, 'nodeConfig.serviceAccount')) && at(pool.props, 'nodeConfig.serviceAccount') !== 'default',
      'its nodes have the default service account',
      'nodeConfig.serviceAccount',
    ),
  ],
};

export const nodeRules = [poolRange, nodeCapacity, gkeNodes];
