import type { Plan } from '../../plan/types';
import type { RecordedResource } from '../offline/recorder';
import { edgeLines, relationalLines, workerLines } from './store-lines';

/** The plan as a person reads it: sizes first, then how many resources of each type. */
export function printPlan(plan: Plan, resources: RecordedResource[]): string {
  const lines = [`${plan.title}: ${plan.phase}, ${plan.environment}, on ${plan.cloud} (${plan.compute})`, ''];
  for (const region of plan.regions) {
    lines.push(
      `region    ${region.name}: ${region.zones.length} zones, ${region.cidr}${region.serves ? '' : ', stores only'}`,
    );
  }
  for (const { name, machine, capacity, port, healthCheck, image } of plan.services) {
    lines.push(
      `service   ${name}: ${capacity.min}-${capacity.max} x ${machine}, starts at ${capacity.desired}, port ${port}${healthCheck.path}, ${image}`,
    );
  }
  lines.push(...workerLines(plan));
  const { documentDatabase: database, cache, cluster } = plan;
  if (cluster) lines.push(`cluster   ${cluster.nodes.min}-${cluster.nodes.max} x ${cluster.nodes.machine} a region`);
  if (database) {
    const scaling = database.maxTier ? `, may grow to ${database.maxTier}` : '';
    lines.push(
      `database  ${database.host} ${database.tier}, ${database.electableNodes} nodes${scaling}, continuous backup: ${database.continuousBackup ? 'yes' : 'no'}`,
    );
  }
  lines.push(...relationalLines(plan));
  if (cache) lines.push(`cache     ${cache.shards} x ${1 + cache.replicasPerShard} ${cache.nodeType} (shards x nodes)`);
  for (const store of plan.objectStores) lines.push(`objects   ${store.name}`);
  lines.push(...edgeLines(plan));
  lines.push(`budget    ${plan.budget.monthlyUsd} USD a month`, '');
  const counts = new Map<string, number>();
  for (const { type, custom } of resources) if (custom) counts.set(type, (counts.get(type) ?? 0) + 1);
  for (const [type, count] of [...counts].sort()) lines.push(`${String(count).padStart(4)}  ${type}`);
  lines.push(`${String(resources.filter((resource) => resource.custom).length).padStart(4)}  in all`, '');
  for (const notice of plan.notices) lines.push(`note: ${notice}`);
  return `${lines.join('\n').trimEnd()}\n`;
}
