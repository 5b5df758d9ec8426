import type { Plan } from '../../plan/types';
import type { ConfigurationSecrets } from '../platform';
import type { MongoDatabaseArgs } from './database/mongo-database';

/** Entries of `secrets` with the keys of the object store: the names that every S3 client knows. */
export const KEY_ID = 'AWS_ACCESS_KEY_ID';
export const KEY = 'AWS_SECRET_ACCESS_KEY';

/** Whether there is somewhere to put backups, and the keys to do so. */
export function hasBackup({ accounts, secretNames }: Plan): boolean {
  return accounts.kubernetes.objectStore !== undefined && [KEY_ID, KEY].every((name) => secretNames.includes(name));
}

/** The bucket of the user's object store that backups go to. */
export function backupBucket(bucketPrefix: string): string {
  return `${bucketPrefix}-backups`;
}

/** The port that an object store answers on: MinIO's is 9000 as a rule, and a policy that lets out to 443 alone shuts it off. */
export function endpointPort(endpoint: string): number {
  return Number(new URL(endpoint).port || 443);
}

/** Where the database's backups go: a bucket of the user's own object store. Undefined where there is none. */
export function backupOf(plan: Plan, secrets: ConfigurationSecrets): MongoDatabaseArgs['backup'] {
  const { objectStore } = plan.accounts.kubernetes;
  if (!objectStore || !hasBackup(plan)) return undefined;
  const { endpoint, region, bucketPrefix } = objectStore;
  return {
    bucket: backupBucket(bucketPrefix),
    region,
    endpoint,
    accessKeyId: secrets.own(KEY_ID),
    secretAccessKey: secrets.own(KEY),
  };
}
