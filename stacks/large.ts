import type { Phase } from './phase';

/** Large: 10,000 to 100,000 users. Three zones, a way out of each, and a cache that survives losing a node. */
export const large: Phase = {
  name: 'large',
  users: { from: 10_000, below: 100_000 },
  appInstances: { from: 5, to: 10 },
  zones: 3,
  natGateways: 'per-zone',
  cache: { shards: 2, replicasPerShard: 1 },
  regions: 1,
};
