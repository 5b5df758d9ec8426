import { phases } from '../plan/vocabulary';
import { systemOf } from './bounds';
import type { Context } from './context';
import type { Resource, Where } from './rule';
import { at, present, UNKNOWN, type Unknown } from './values';

export const rdsInstance = 'aws:rds/instance:Instance';
export const rdsCluster = 'aws:rds/cluster:Cluster';
export const clusterInstance = 'aws:rds/clusterInstance:ClusterInstance';
export const cloudSql = 'gcp:sql/databaseInstance:DatabaseInstance';
export const doCluster = 'digitalocean:index/databaseCluster:DatabaseCluster';
export const doReplica = 'digitalocean:index/databaseReplica:DatabaseReplica';
export const cnpg = 'kubernetes:postgresql.cnpg.io/v1:Cluster';

/** Whether an instance is a copy that answers reads. That it has a source is known even where the source's name is not. */
export function isReplica(resource: Resource): boolean {
  if (resource.type === cloudSql) return present(at(resource.props, 'masterInstanceName'));
  return present(at(resource.props, 'replicateSourceDb'));
}

/**
 * From where a copy in another zone must stand by: the phase that the system's own table names, and Enterprise where there
 * is none. Below it the replicas of Large are in other zones already.
 */
export const whereStandby: Where = {
  says: 'staging, prod; from the phase that the system names (Enterprise without one)',
  holds: (context) => context.environment !== 'dev' && expectsStandby(context),
};

export function expectsStandby(context: Context): boolean | Unknown {
  const from = systemOf(context)?.relationalDatabase?.standbyFrom ?? 'enterprise';
  return context.phase === undefined ? UNKNOWN : phases.indexOf(context.phase) >= phases.indexOf(from);
}

/** Readers at home that the system's table asks for at the phase; undefined where nothing says it. */
export function readersOf(context: Context): { min: number; max: number } | undefined {
  return context.phase && systemOf(context)?.relationalDatabase?.replicas[context.phase];
}
