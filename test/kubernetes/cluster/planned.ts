import { makeOfflinePlan } from '../../../cli/offline/make-plan';
import { readStackFile } from '../../../cli/offline/stack-file';
import type { ClusterPlan, Plan } from '../../../plan/types';
import type { NodeShape } from './objects';

/** The plan that a stack's file leads to. */
export async function planOf(file: string): Promise<Plan & { cluster: ClusterPlan }> {
  const flags = readStackFile(file) as Parameters<typeof makeOfflinePlan>[0];
  const { plan } = await makeOfflinePlan(flags);
  if (!plan.cluster) throw new Error(`${file} is planned without a cluster`);
  return { ...plan, cluster: plan.cluster };
}

/** The most nodes that a plan allows, over its zones in turn, each with the room that the plan reckons with. */
export function plannedNodes({ cluster, regions }: Plan & { cluster: ClusterPlan }): NodeShape[] {
  const { machine, allocatable, max } = cluster.nodes;
  const zones = regions[0]?.zones ?? [];
  return Array.from({ length: max }, (_, at) => ({
    name: `node-${at + 1}`,
    // In words on plain clusters; labels have no spaces.
    machine: machine.replace(/[^A-Za-z0-9._-]+/g, '-'),
    zone: zones[at % zones.length] ?? '',
    allocatable: { cpu: `${allocatable.cpuMillis}m`, memory: `${allocatable.memoryMib}Mi` },
  }));
}
