/**
 * One IPv4 address as the range that an access list takes: `203.0.113.7` and `203.0.113.7/32` are `203.0.113.7/32`.
 *
 * @throws Error for a range of several addresses: an access list names machines, it is never open
 */
export function singleAddressRange(address: string): string {
  const [host = '', bits = '32'] = address.split('/');
  if (bits !== '32') throw new Error(`${address} lets in more than one address`);
  return `${host}/32`;
}
