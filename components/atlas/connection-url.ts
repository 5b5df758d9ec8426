/** What Atlas tells about reaching a cluster; the parts in use here. */
export interface ConnectionStrings {
  standardSrv: string;
  privateEndpoints?: { srvConnectionString: string; endpoints: { endpointId: string }[] }[];
}

/**
 * The address through our own private endpoints, or undefined where Atlas does not know of it yet. Atlas lists an
 * address for each way in, and those of other networks in the same project are among them.
 *
 * @param endpointIds the cloud's ids of our endpoints, home first
 */
export function privateAddress(strings: ConnectionStrings, endpointIds: string[]): string | undefined {
  const ours = (strings.privateEndpoints ?? [])
    .map(({ srvConnectionString: address, endpoints }) => {
      const named = endpoints.map(({ endpointId }) => endpointId);
      // An address that names no endpoint is held back from nobody.
      return { address, through: endpointIds.filter((id) => named.length === 0 || named.includes(id)) };
    })
    .filter(({ through }) => through.includes(endpointIds[0]!))
    .sort((a, b) => b.through.length - a.through.length);
  return ours[0]?.address;
}

/**
 * The address that clients use, in the form `mongodb+srv://host`: through the endpoints, or the public one without any.
 *
 * @throws Error where there are endpoints that Atlas does not know of yet: the public address instead would look right
 * and reach nothing
 */
export function srvAddress(strings: ConnectionStrings, endpointIds: string[]): string {
  if (endpointIds.length === 0) return strings.standardSrv;
  const address = privateAddress(strings, endpointIds);
  if (!address) {
    throw new Error('Atlas has no address for the private endpoint yet: run `pulumi up --refresh` in a few minutes');
  }
  return address;
}

/** The host of `mongodb+srv://host/?options`. */
export function hostOf(srv: string): string {
  return srv.replace(/^mongodb\+srv:\/\//, '').replace(/[/?].*$/, '');
}

/** The whole URL, user and password included. Users of Atlas are kept in the database `admin`. */
export function connectionUrl(srv: string, username: string, password: string, database: string): string {
  const user = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
  return `mongodb+srv://${user}@${hostOf(srv)}/${database}?authSource=admin&retryWrites=true&w=majority`;
}
