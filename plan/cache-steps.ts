import type { CachePlan } from './types';
import type { CloudName } from './vocabulary';

/** What of a cache is changed in place. */
export type CacheShape = Omit<CachePlan, 'port'>;

/**
 * What people call each part, in the order in which they change where they cannot all at once: room first, then copies, then
 * what nobody waits for.
 */
const words: Record<keyof CacheShape, string> = {
  nodeType: 'node type',
  shards: 'shards',
  replicasPerShard: 'replicas of each shard',
  engineVersion: 'version',
  evictionPolicy: 'eviction policy',
  snapshotRetentionDays: 'days of backups',
};
const order = Object.keys(words) as (keyof CacheShape)[];

/** Whether a cloud takes one change of a store in an update and refuses two: Memorystore for Valkey does. */
const oneChangeAtATime: Record<CloudName, boolean> = {
  aws: false,
  gcp: true,
  digitalocean: false,
  kubernetes: false,
};

export function shapeOf({ port: _, ...shape }: CachePlan): CacheShape {
  return shape;
}

/**
 * The cache that an update makes of one that is there: as it is wanted, or where its cloud takes one change at a time the
 * next step there, with the sentence that tells what is left to do.
 *
 * @param had as the last update left it; undefined where there is none yet, or where nobody knows
 */
export function nextCache(
  wanted: CachePlan,
  had: CacheShape | undefined,
  cloud: CloudName,
): { cache: CachePlan; notices: string[] } {
  if (!had || !oneChangeAtATime[cloud]) return { cache: wanted, notices: [] };
  const [now, ...later] = order.filter((key) => had[key] !== wanted[key]);
  if (now === undefined || later.length === 0) return { cache: wanted, notices: [] };
  const left = later.map((key) => `${words[key]} (${wanted[key]})`).join(', ');
  return {
    cache: { ...wanted, ...had, [now]: wanted[now] },
    notices: [
      `Cache: its cloud takes one change of it in an update, and in this one that is its ${words[now]} (${wanted[now]}). ` +
        `Run pulumi up again, once for each of the rest: ${left}.`,
    ],
  };
}
