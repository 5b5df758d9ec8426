import type * as k8s from '@pulumi/kubernetes';
import type { Authority } from './surroundings';

/** Where the certificate authorities of stores are in a pod: `<folder>/<name>.crt`. */
export const AUTHORITIES = '/etc/stackladder/authorities';

/** The file of one authority in every pod that gets it. */
export function authorityFile(name: string): string {
  return `${AUTHORITIES}/${name}.crt`;
}

type Volume = k8s.types.input.core.v1.Volume;
type Mount = k8s.types.input.core.v1.VolumeMount;

/**
 * A volume with all authorities, and its mount. A pod waits for the Secrets to be there, so a service starts after
 * the store that makes them. A mount of the folder, not of files: a renewed authority arrives without a restart.
 */
export function authorityVolumes(authorities: Record<string, Authority> = {}): { volumes: Volume[]; mounts: Mount[] } {
  const entries = Object.entries(authorities);
  if (entries.length === 0) return { volumes: [], mounts: [] };
  const sources = entries.flatMap(([name, { secretName, key, hashed }]) => [
    { secret: { name: secretName, items: [{ key, path: `${name}.crt` }] } },
    // All of it, under its own names: what they are is known only when the certificate is.
    ...(hashed ? [{ secret: { name: secretName } }] : []),
  ]);
  return {
    volumes: [{ name: 'authorities', projected: { sources } }],
    mounts: [{ name: 'authorities', mountPath: AUTHORITIES, readOnly: true }],
  };
}
