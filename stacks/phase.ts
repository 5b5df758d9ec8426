import type { PhaseName } from '../plan/vocabulary';

/**
 * A rung of the ladder, cloud-neutral: what every system on it gets unless its own guide says otherwise.
 * Source: the phase table of SV-SDK's scaling guide, the only guide that names four phases.
 */
export interface Phase {
  name: PhaseName;
  /** Users that the phase is meant for, from and below. */
  users: { from: number; below: number };
  /** Instances of an application service; the lower end is where a group starts. */
  appInstances: { from: number; to: number };
  /** Availability zones that a region uses. */
  zones: 2 | 3;
  /** One NAT gateway is a single point of failure and saves 33 USD a month each; from Large every zone has its own. */
  natGateways: 'single' | 'per-zone';
  cache: { shards: number; replicasPerShard: number };
  /** Regions that serve at the same time. */
  regions: number;
}
