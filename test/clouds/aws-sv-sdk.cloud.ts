import { climbTheLadder, type Wanted } from './climb';
import { svSdkImages } from './images';

const instance = 'aws:rds/instance:Instance';
const group = 'aws:elasticache/replicationGroup:ReplicationGroup';

/** The primary and its readers, by class and whether a standby waits in another zone. */
const database = (instanceClass: string, multiAz: boolean, readers: number): Wanted[] => [
  { type: instance, named: /database$/, count: 1, inputs: { instanceClass, multiAz } },
  { type: instance, named: /reader/, count: readers, inputs: { instanceClass } },
];
const cache = (nodeType: string, numNodeGroups: number, replicasPerNodeGroup: number, regions = 1): Wanted => ({
  type: group,
  named: /-cache-/,
  count: regions,
  inputs: { nodeType, numNodeGroups, replicasPerNodeGroup },
});
/** One node, and from Large on a copy that takes over; never a shard. */
const broker = (nodeType: string, numCacheClusters: number, regions = 1): Wanted => ({
  type: group,
  named: /-broker-/,
  count: regions,
  inputs: { nodeType, numCacheClusters },
});

climbTheLadder({
  system: 'sv-sdk',
  cloud: 'aws',
  keys: { images: svSdkImages },
  at: {
    small: [...database('db.t3.small', false, 0), cache('cache.t3.micro', 1, 0), broker('cache.t3.micro', 1)],
    medium: [...database('db.t3.medium', false, 0), cache('cache.t3.small', 1, 0), broker('cache.t3.small', 1)],
    large: [...database('db.m5.large', false, 2), cache('cache.m5.large', 2, 1), broker('cache.m5.large', 2)],
    enterprise: [...database('db.m5.large', true, 3), cache('cache.m5.large', 3, 2, 2), broker('cache.m5.large', 2, 2)],
  },
});
