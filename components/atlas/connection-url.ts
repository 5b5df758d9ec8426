/** What Atlas tells about reaching a cluster; the parts in use here. */
export interface ConnectionStrings {
  standardSrv: string;
  privateEndpoints?: { srvConnectionString: string }[];
}

/**
 * The address that clients use, in the form `mongodb+srv://host`.
 *
 * @throws Error where a private endpoint is asked for that Atlas does not know of yet: the public address instead
 * would look right and reach nothing
 */
export function srvAddress(strings: ConnectionStrings, isPrivate: boolean): string {
  if (!isPrivate) return strings.standardSrv;
  const address = strings.privateEndpoints?.[0]?.srvConnectionString;
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
