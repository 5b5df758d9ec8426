import type { Plan } from '../../plan/types';
import { backupBucket, hasBackup, KEY, KEY_ID } from './backup';

/** What a plain cluster does for rows and jobs in place of what a cloud's own stores have. One sentence each. */
export function dataNextBests(plan: Plan): string[] {
  return [...backups(plan), ...rows(plan), ...jobs(plan), ...poolers(plan)];
}

/** A pooler is a Deployment on every cluster, whoever made it. */
export function poolers({ relationalDatabase }: Plan): string[] {
  if (!relationalDatabase?.pooler) return [];
  return [
    'Between pods and their pooler nothing is encrypted: a password and NetworkPolicies keep others out. From the pooler ' +
      'to the database it is.',
  ];
}

/** Of the databases that an operator runs. */
function backups(plan: Plan): string[] {
  const { documentDatabase, relationalDatabase, accounts } = plan;
  if (![documentDatabase, relationalDatabase].some((database) => database && !database.existing)) return [];
  const { objectStore } = accounts.kubernetes;
  return [
    objectStore && hasBackup(plan)
      ? `Backups of the database go to ${backupBucket(objectStore.bucketPrefix)}, a bucket that is yours to make: each night, with every moment in between.`
      : `The database has no backup: name a store in kubernetes.objectStore, and its keys as ${KEY_ID} and ${KEY} in secrets.`,
  ];
}

function rows({ relationalDatabase: database }: Plan): string[] {
  if (!database || database.existing) return [];
  const { storage, replicas } = database;
  return [
    `Volumes of the database have ${storage.initialGb} GiB and do not grow by themselves: raise ` +
      `overrides.relational.storageGb, and they grow in place where the StorageClass can.`,
    'The database has no window for maintenance: what changes it is done by the update that says so, one instance after ' +
      'the other. What its queries cost is in pg_stat_statements.',
    ...(replicas.min > 0
      ? [`The database has ${replicas.min} readers, whatever the load: set overrides.relational.replicas for more.`]
      : []),
  ];
}

function jobs({ broker }: Plan): string[] {
  if (!broker) return [];
  return [
    'The broker is one pod without a copy that takes over: when it is lost it is back on its volume with its jobs within ' +
      'a minute or so, and whoever puts jobs in must try again. It speaks no TLS, and nothing makes snapshots of it.',
  ];
}
