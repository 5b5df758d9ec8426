import { climbTheLadder, type Wanted } from './climb';

const clusterType = 'digitalocean:index/databaseCluster:DatabaseCluster';
const digest = 'sha256:ebcbe8a7b0605e19aa3303cf6d1784ad41b25cc28a39a7412b2c6297545e75b4';

/** The database with its readers, whose number is fixed here, and the broker that never drops a job. */
const stores = (size: string, nodeCount: number, readers: number): Wanted[] => [
  { type: clusterType, named: /prod-mercenary/, count: 1, inputs: { engine: 'pg', size, nodeCount } },
  { type: 'digitalocean:index/databaseReplica:DatabaseReplica', count: readers, inputs: { size } },
  { type: clusterType, named: /broker/, inputs: { evictionPolicy: 'noeviction' } },
];
/** Celery on droplets of its own, by its CPU. */
const celery = (minInstances: number, maxInstances: number): Wanted => ({
  type: 'digitalocean:index/dropletAutoscale:DropletAutoscale',
  named: /celery/,
  inputs: { config: { minInstances, maxInstances, targetCpuUtilization: 0.5 } },
});

climbTheLadder({
  system: 'mercenary',
  cloud: 'digitalocean',
  keys: { images: { api: `ghcr.io/example/mercenary-api:1.4.2@${digest}` } },
  at: {
    small: [...stores('db-s-4vcpu-8gb', 1, 1), celery(2, 3)],
    medium: [...stores('db-s-4vcpu-8gb', 1, 1), celery(3, 5)],
    large: [...stores('db-s-6vcpu-16gb', 2, 2), celery(5, 10)],
    enterprise: [...stores('db-s-8vcpu-32gb', 2, 3), celery(20, 50)],
  },
});
