/** What Memorystore tells about reaching an instance; the parts in use here. */
export interface CacheEndpoint {
  connections?: { pscAutoConnection?: { connectionType: string; ipAddress: string } }[];
}

export interface CacheAuthority {
  caCerts: { certificates: string[] }[];
}

/**
 * The address that clients ask where each key lives; the others are the nodes' own.
 *
 * @throws Error where Memorystore names none
 */
export function discoveryAddress(endpoints: CacheEndpoint[]): string {
  const connections = endpoints.flatMap((endpoint) => endpoint.connections ?? []);
  const found = connections.find((one) => one.pscAutoConnection?.connectionType === 'CONNECTION_TYPE_DISCOVERY');
  if (!found?.pscAutoConnection) throw new Error('Memorystore names no discovery endpoint for the cache');
  return found.pscAutoConnection.ipAddress;
}

/** The certificates that sign the cache's own, as one PEM text. No public authority knows them. */
export function authorityOf(authorities: CacheAuthority[]): string {
  return authorities
    .flatMap(({ caCerts }) => caCerts.flatMap(({ certificates }) => certificates))
    .map((certificate) => `${certificate.trim()}\n`)
    .join('');
}
