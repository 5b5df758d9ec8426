/** Valkey's `maxmemory-policy` values, from its documentation of key eviction: the same on whichever cloud it runs. */
export const evictionPolicies = [
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
  'noeviction',
] as const;
