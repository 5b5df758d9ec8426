import { climbTheLadder, type Wanted } from './climb';
import { svSdkImages } from './images';

const sql = 'gcp:sql/databaseInstance:DatabaseInstance';

/** The primary and its readers, by their machine and whether a standby waits in another zone. */
const database = (tier: string, availabilityType: string, readers: number): Wanted[] => [
  { type: sql, named: /svsdk-sql$/, count: 1, inputs: { settings: { tier, availabilityType } } },
  { type: sql, named: /svsdk-sql-/, count: readers, inputs: { settings: { tier } } },
];
const cache = (shardCount: number, replicaCount: number, regions = 1): Wanted => ({
  type: 'gcp:memorystore/instance:Instance',
  count: regions,
  inputs: { mode: 'CLUSTER', shardCount, replicaCount },
});
/** Never sharded, never dropping a job; its tier is what it was at Small. */
const broker = (regions = 1): Wanted => ({
  type: 'gcp:redis/instance:Instance',
  count: regions,
  inputs: { redisConfigs: { 'maxmemory-policy': 'noeviction' } },
});

climbTheLadder({
  system: 'sv-sdk',
  cloud: 'gcp',
  keys: {
    images: svSdkImages,
    gcp: { projectId: 'sv-sdk-engine-test', dnsZone: 'sv-sdk', billingAccountId: '012345-6789AB-CDEF01' },
  },
  at: {
    small: [...database('db-custom-1-3840', 'ZONAL', 0), cache(1, 0), broker()],
    medium: [...database('db-custom-2-4096', 'ZONAL', 0), cache(1, 0), broker()],
    large: [...database('db-custom-2-8192', 'ZONAL', 2), cache(2, 1), broker()],
    enterprise: [...database('db-custom-2-8192', 'REGIONAL', 3), cache(3, 2, 2), broker(2)],
  },
});
