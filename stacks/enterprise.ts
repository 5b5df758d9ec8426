import type { Phase } from './phase';

/** Enterprise: 100,000 users and more. Two regions that both serve, and a sharded cache of 3 x 2 in each. */
export const enterprise: Phase = {
  name: 'enterprise',
  users: { from: 100_000, below: Number.POSITIVE_INFINITY },
  appInstances: { from: 10, to: 20 },
  zones: 3,
  natGateways: 'per-zone',
  cache: { shards: 3, replicasPerShard: 2 },
  regions: 2,
};
