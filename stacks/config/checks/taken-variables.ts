import type { CloudName } from '../../../plan/vocabulary';
import type { System } from '../../../systems/system';
import { bucketVariable } from '../../wiring';
import type { Group } from './groups';

/** What a cloud tells its services of themselves. Signed content is Google's alone to tell of. */
const ofClouds: Record<CloudName, readonly string[]> = {
  aws: ['AWS_REGION'],
  gcp: ['GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_REGION', 'CONTENT_SIGNING_KEY', 'CONTENT_SIGNING_KEY_NAME'],
  digitalocean: [],
  kubernetes: [],
};

/** What opens the buckets, beside their names. DigitalOcean makes keys; those of a store of your own are your secrets. */
const ofBuckets: Record<CloudName, readonly string[]> = {
  aws: [],
  gcp: [],
  digitalocean: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  kubernetes: ['AWS_REGION'],
};

const hasCdn: Record<CloudName, boolean> = { aws: true, gcp: true, digitalocean: true, kubernetes: false };

/**
 * Variables that say where things are: they win over whatever else sets them, which would then go unheard.
 *
 * @param storesObjects whether there is a store for objects: on a plain cluster only where one is named
 */
export function platformVariables(system: System, cloud: CloudName, storesObjects: boolean): string[] {
  const stores = storesObjects ? system.objectStores : [];
  const named = stores.map(({ name }) => bucketVariable(name));
  return [
    ...named.flatMap((bucket) => [bucket, `${bucket}_REGION`, `${bucket}_ENDPOINT`]),
    ...(stores.length > 0 ? ofBuckets[cloud] : []),
    ...(system.contentDelivery && hasCdn[cloud] ? ['CONTENT_URL'] : []),
    ...ofClouds[cloud],
  ];
}

/** Variables that a group has from the system, in plain text. */
export function systemVariables({ environment, databasePool: pool }: Group['needs']): string[] {
  return [...Object.keys(environment), ...(pool ? [pool.maxVariable, pool.minVariable] : [])];
}

/** Whether a secret would be called as the one that the stack keeps a database's URL in. */
export function isDatabaseUrl({ documentDatabase, relationalDatabase }: System, name: string): boolean {
  const called = name.toLowerCase().replace(/_/g, '-');
  return [documentDatabase, relationalDatabase].some((database) => called === `${database?.name}-database-url`);
}
