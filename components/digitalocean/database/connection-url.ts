/**
 * The private address of a cluster with a user and a database of our own in it, in place of the administrator's.
 * DigitalOcean keeps users of MongoDB in the database `admin`, and its addresses say so with their options.
 *
 * @throws Error that shows nothing of the address where it is not one
 */
export function withUser(address: string, user: string, password: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/)[^@/]*@([^/?]+)(?:\/[^?]*)?(?:\?(.*))?$/.exec(address);
  if (!parts) throw new Error('the private address of the cluster is not a URL of MongoDB');
  const [, scheme, host, options = ''] = parts;
  const query = new URLSearchParams(options);
  query.set('authSource', 'admin');
  query.set('tls', 'true');
  query.set('retryWrites', 'true');
  query.set('w', 'majority');
  return `${scheme}${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}/${database}?${query.toString()}`;
}
