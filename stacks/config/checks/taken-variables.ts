import type { CloudName } from '../../../plan/vocabulary';
import type { System } from '../../../systems/system';
import type { Group } from './groups';

/** What a cloud tells its services of themselves. Signed content is Google's alone to tell of. */
const ofClouds: Record<CloudName, readonly string[]> = {
  aws: ['AWS_REGION'],
  gcp: ['GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_REGION', 'CONTENT_SIGNING_KEY', 'CONTENT_SIGNING_KEY_NAME'],
  digitalocean: [],
  kubernetes: [],
};

/** Variables that say where things are: they win over whatever else sets them, which would then go unheard. */
export function platformVariables(system: System, cloud: CloudName): string[] {
  const buckets = system.objectStores.flatMap(({ name }) => {
    const bucket = `${name.toUpperCase().replace(/-/g, '_')}_BUCKET`;
    return [bucket, `${bucket}_REGION`, `${bucket}_ENDPOINT`];
  });
  return [...buckets, ...(system.contentDelivery ? ['CONTENT_URL'] : []), ...ofClouds[cloud]];
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
