import { climbTheLadder, type Wanted } from './climb';

const clusterType = 'digitalocean:index/databaseCluster:DatabaseCluster';
const digest = 'sha256:ebcbe8a7b0605e19aa3303cf6d1784ad41b25cc28a39a7412b2c6297545e75b4';

/** The database by its nodes, and how many readers there are of it, in each region. */
const database = (size: string, nodeCount: number, readers: number): Wanted[] => [
  { type: clusterType, named: /svsdk/, count: 1, inputs: { engine: 'pg', size, nodeCount } },
  { type: 'digitalocean:index/databaseReplica:DatabaseReplica', count: readers, inputs: { size } },
];
const cache = (size: string, nodeCount: number, regions = 1): Wanted => ({
  type: clusterType,
  named: /cache/,
  count: regions,
  inputs: { engine: 'valkey', size, nodeCount, evictionPolicy: 'allkeys_lru' },
});
const broker = (size: string, nodeCount: number, regions = 1): Wanted => ({
  type: clusterType,
  named: /broker/,
  count: regions,
  inputs: { engine: 'valkey', size, nodeCount, evictionPolicy: 'noeviction' },
});

/** The roadmap as DigitalOcean has it: the largest cache and its standby in place of shards. */
climbTheLadder({
  system: 'sv-sdk',
  cloud: 'digitalocean',
  keys: {
    images: {
      app: `ghcr.io/example/sv-sdk-app:1.4.2@${digest}`,
      worker: `ghcr.io/example/sv-sdk-worker:1.4.2@${digest}`,
    },
  },
  at: {
    small: [...database('db-s-2vcpu-4gb', 1, 0), cache('db-s-1vcpu-1gb', 1), broker('db-s-1vcpu-1gb', 1)],
    medium: [...database('db-s-2vcpu-4gb', 1, 0), cache('db-s-1vcpu-2gb', 1), broker('db-s-1vcpu-2gb', 1)],
    large: [...database('db-s-4vcpu-8gb', 1, 2), cache('db-s-8vcpu-32gb', 2), broker('db-s-2vcpu-4gb', 2)],
    enterprise: [...database('db-s-8vcpu-32gb', 2, 3), cache('db-s-16vcpu-64gb', 2, 2), broker('db-s-2vcpu-4gb', 2, 2)],
  },
});
