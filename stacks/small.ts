import type { Phase } from './phase';

/** Small: under 1,000 users. Two of everything that serves, one of everything that stores. */
export const small: Phase = {
  name: 'small',
  users: { from: 0, below: 1_000 },
  appInstances: { from: 2, to: 2 },
  zones: 2,
  natGateways: 'single',
  // Cluster mode from the first node, so that later phases only add shards and replicas to it.
  cache: { shards: 1, replicasPerShard: 0 },
  regions: 1,
};
