import { climbTheLadder, type Wanted } from './climb';
import { mercenaryImages } from './images';

const sql = 'gcp:sql/databaseInstance:DatabaseInstance';

/** The primary, and the pool of readers that follows the load at every phase. */
const database = (tier: string, availabilityType: string): Wanted[] => [
  { type: sql, named: /mercenary-sql$/, count: 1, inputs: { settings: { tier, availabilityType } } },
  {
    type: sql,
    named: /mercenary-sql-pool$/,
    count: 1,
    inputs: { settings: { tier, readPoolAutoScaleConfig: { minNodeCount: 1, maxNodeCount: 5 } } },
  },
];
const broker: Wanted = { type: 'gcp:redis/instance:Instance', inputs: { tier: 'STANDARD_HA' } };
/** Celery on spare capacity, by what waits in its queue. */
const celery = (minReplicas: number, maxReplicas: number): Wanted => ({
  type: 'gcp:compute/regionAutoscaler:RegionAutoscaler',
  named: /celery/,
  inputs: { autoscalingPolicy: { minReplicas, maxReplicas, metrics: [{ singleInstanceAssignment: 100 }] } },
});

climbTheLadder({
  system: 'mercenary',
  cloud: 'gcp',
  keys: {
    images: mercenaryImages,
    gcp: { projectId: 'mercenary-engine-test', dnsZone: 'mercenary', billingAccountId: '012345-6789AB-CDEF01' },
  },
  at: {
    small: [...database('db-perf-optimized-N-2', 'ZONAL'), broker, celery(2, 3)],
    medium: [...database('db-perf-optimized-N-2', 'ZONAL'), broker, celery(3, 5)],
    large: [...database('db-perf-optimized-N-2', 'REGIONAL'), broker, celery(5, 10)],
    enterprise: [...database('db-perf-optimized-N-4', 'REGIONAL'), broker, celery(20, 50)],
  },
});
