import type { CloudName } from '../../../plan/vocabulary';
import { ladder } from '../../phases';
import type { Draft } from '../draft';
import { placeOf } from './place';

/** The most nodes of one cache, where it has shards: quotas of ElastiCache and Memorystore; a plain one is ours. */
const mostOfCache: Partial<Record<CloudName, { nodes: number } | { shards: number }>> = {
  aws: { nodes: 90 },
  gcp: { nodes: 250 },
  kubernetes: { shards: 30 },
};

/** The most nodes of one cluster that is made here: EKS' node group, DOKS' pool. */
const mostOfCluster: Partial<Record<CloudName, number>> = { aws: 450, digitalocean: 512 };

/** The fewest: a group on EKS never has less than two, for the loss of one would be the loss of all. */
const leastOfCluster: Partial<Record<CloudName, number>> = { aws: 2 };

/** A cache of more nodes than its cloud has in one: shards times what a shard has. */
export function checkCacheNodes(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  const phase = draft.get('phase');
  const own = draft.get('overrides')?.cache;
  const most = cloud && mostOfCache[cloud];
  if (!most || !phase || !own || draft.isFaulty('overrides', 'cache')) return;
  const { shards = ladder[phase].cache.shards, replicasPerShard = ladder[phase].cache.replicasPerShard } = own;
  const each = 1 + replicasPerShard;
  const limit = 'nodes' in most ? Math.floor(most.nodes / each) : most.shards;
  if (shards <= limit) return;
  const told = 'nodes' in most ? `${most.nodes} nodes` : `${most.shards} shards`;
  const sum = draft.secretKeys.has('overrides') ? '' : `: ${shards} × ${each} nodes`;
  const field = own.shards === undefined ? 'replicasPerShard' : 'shards';
  draft.find({
    path: ['overrides', 'cache', field],
    problem: `asks for more than the ${told} that one cache has on ${cloud}${sum}`,
    allowed: `${limit} shards or fewer, of ${each} nodes each`,
    nearest: field === 'shards' ? String(limit) : undefined,
  });
}

/** More nodes than one cluster has on its cloud, or fewer. */
export function checkClusterNodes(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  const cluster = draft.get('overrides')?.cluster;
  const most = cloud && mostOfCluster[cloud];
  if (!most || !cluster) return;
  const least = leastOfCluster[cloud] ?? 1;
  for (const field of ['minNodes', 'maxNodes'] as const) {
    const path = ['overrides', 'cluster', field];
    const value = cluster[field];
    if (value === undefined || (value >= least && value <= most) || draft.isFaulty(...path)) continue;
    const [side, bound, what] = value > most ? ['above', most, 'most'] : ['below', least, 'fewest'];
    const problem = `is ${side} ${bound}, the ${what} of one cluster on ${cloud}`;
    draft.find({ path, problem, allowed: `a whole number from ${least} to ${most}`, nearest: String(bound) });
  }
}
