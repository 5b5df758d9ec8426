import type { Cloud } from '../platform';
import { nextBests } from './next-bests';
import { GcpPlatform } from './platform';

/**
 * Google Cloud: managed instance groups behind a global balancer, groups of workers, Cloud SQL, Memorystore for Valkey and
 * for Redis, Cloud Storage with Cloud CDN, and MongoDB Atlas on Google Cloud.
 */
export const gcp: Cloud = {
  open: (plan, secrets, providers) => new GcpPlatform(plan, secrets, providers),
  nextBests,
};
