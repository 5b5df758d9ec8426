import { climbTheLadder, type Wanted } from './climb';
import { svSdkImages } from './images';

/** The primary with everything that can take its place: readers, and at Enterprise a standby. */
const database = (cpu: string, memory: string, instances: number): Wanted => ({
  type: 'kubernetes:postgresql.cnpg.io/v1:Cluster',
  count: 1,
  inputs: { spec: { instances, resources: { requests: { cpu, memory } } } },
});
const set = (named: RegExp, replicas: number): Wanted => ({
  type: 'kubernetes:apps/v1:StatefulSet',
  named,
  count: 1,
  inputs: { spec: { replicas } },
});

climbTheLadder({
  system: 'sv-sdk',
  cloud: 'kubernetes',
  keys: { images: svSdkImages },
  at: {
    small: [database('1000m', '2Gi', 1), set(/cache$/, 1), set(/broker$/, 1)],
    medium: [database('1000m', '4Gi', 1), set(/cache$/, 1), set(/broker$/, 1)],
    large: [database('2000m', '8Gi', 3), set(/cache$/, 4), set(/broker$/, 1)],
    enterprise: [database('2000m', '8Gi', 4), set(/cache$/, 9), set(/broker$/, 1)],
  },
});
