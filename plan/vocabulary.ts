/** The words of Stackladder that are closed lists. The configuration schema, the plan and the policies share them. */

/** The rungs of the ladder, lowest first. */
export const phases = ['small', 'medium', 'large', 'enterprise'] as const;
export type PhaseName = (typeof phases)[number];

/** Decides protection, strictness and, where a guide says so, sizes. */
export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

export const clouds = ['aws', 'gcp', 'digitalocean', 'kubernetes'] as const;
export type CloudName = (typeof clouds)[number];

/** `instances`: virtual machines in a scaling group. `kubernetes`: a managed cluster, or your own. */
export const computes = ['instances', 'kubernetes'] as const;
export type Compute = (typeof computes)[number];

/**
 * Who runs a document database: MongoDB Atlas, DigitalOcean's managed MongoDB, or an operator inside the cluster.
 * Which one a cloud gets is data of the system.
 */
export const documentHosts = ['atlas', 'digitalocean', 'operator'] as const;
export type DocumentHost = (typeof documentHosts)[number];

export const sqlEngines = ['postgres', 'mysql'] as const;
export type SqlEngine = (typeof sqlEngines)[number];

/**
 * Who runs a relational database: RDS, Aurora (where replicas are to follow the load), Cloud SQL, DigitalOcean's managed
 * databases, or an operator inside the cluster (CloudNativePG). Which one a cloud gets is data of the system.
 */
export const relationalHosts = ['rds', 'aurora', 'cloud-sql', 'digitalocean', 'operator'] as const;
export type RelationalHost = (typeof relationalHosts)[number];

/** The higher of two phases. Stores never go back down the ladder, so their phase is the highest one reached. */
export function higherPhase(a: PhaseName, b: PhaseName): PhaseName {
  return phases.indexOf(a) >= phases.indexOf(b) ? a : b;
}
