import { changes, type Operation, type Run } from './lab';

/** Types that hold data, or the only copy of a credential to it. */
const storeTypes = new Set([
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:s3/bucket:Bucket',
  'aws:secretsmanager/secret:Secret',
  'digitalocean:index/databaseCluster:DatabaseCluster',
  'digitalocean:index/databaseDb:DatabaseDb',
  'digitalocean:index/databaseUser:DatabaseUser',
  'digitalocean:index/spacesBucket:SpacesBucket',
  'digitalocean:index/vpc:Vpc',
  'mongodbatlas:index/advancedCluster:AdvancedCluster',
  'mongodbatlas:index/project:Project',
  'mongodbatlas:index/databaseUser:DatabaseUser',
  'gcp:memorystore/instance:Instance',
  'gcp:redis/instance:Instance',
  'gcp:sql/databaseInstance:DatabaseInstance',
  'gcp:sql/database:Database',
  'gcp:storage/bucket:Bucket',
  'gcp:secretmanager/secret:Secret',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:postgresql.cnpg.io/v1:Cluster',
  'kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB',
  'random:index/randomPassword:RandomPassword',
]);

export function isStore(type: string): boolean {
  return storeTypes.has(type);
}

/** Operations of a run that would lose a store, or make a second one in its place. */
export function lostStores(run: Run): Operation[] {
  return changes(run).filter(({ type, op }) => isStore(type) && op !== 'update' && op !== 'create');
}
