import type { Cloud } from '../platform';
import { nextBests } from './next-bests';
import { GcpPlatform } from './platform';

/**
 * Google Cloud: managed instance groups behind a global balancer, Memorystore for Valkey, Cloud Storage with Cloud CDN,
 * and MongoDB Atlas on Google Cloud.
 */
export const gcp: Cloud = {
  open: (plan, secrets) => new GcpPlatform(plan, secrets),
  nextBests,
};
