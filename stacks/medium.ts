import type { Phase } from './phase';

/** Medium: 1,000 to 10,000 users. Bigger machines, still one of each store. */
export const medium: Phase = {
  name: 'medium',
  users: { from: 1_000, below: 10_000 },
  appInstances: { from: 3, to: 5 },
  zones: 2,
  natGateways: 'single',
  cache: { shards: 1, replicasPerShard: 0 },
  regions: 1,
};
