/** What a subnet is for: balancers and NAT gateways, instances, or stores. */
export type SubnetKind = 'public' | 'private' | 'data';

/**
 * How the /16 is cut. Each kind has eight slots, one for each letter that a zone's name can end with, so a subnet's
 * range depends on nothing but its own zone: zones can be added, left out or listed in another order, and no
 * existing subnet moves. An eighth of the range stays free.
 *
 * | kind | first address | one zone | addresses for hosts (AWS keeps five) |
 * | --- | --- | --- | --- |
 * | private | x.y.0.0 | /20 | 4091 |
 * | public | x.y.128.0 | /21 | 2043 |
 * | data | x.y.192.0 | /22 | 1019 |
 */
const layout: Record<SubnetKind, { firstBlock: number; prefix: number }> = {
  // Blocks are the third number of the address, 256 addresses each.
  private: { firstBlock: 0, prefix: 20 },
  public: { firstBlock: 128, prefix: 21 },
  data: { firstBlock: 192, prefix: 22 },
};

const zonePattern = /^([a-z]+(?:-[a-z]+)+-\d+)([a-h])$/;
const networkPattern = /^(\d{1,3})\.(\d{1,3})\.0\.0\/16$/;

/** The last letter of a zone's name, e.g. `a` of `us-east-1a`. Undefined for local zones and what is no zone. */
export function zoneLetter(zone: string): string | undefined {
  return zonePattern.exec(zone)?.[2];
}

/** The region that a zone is in, e.g. `us-east-1` for `us-east-1a`. Undefined for local zones and what is no zone. */
export function regionOfZone(zone: string): string | undefined {
  return zonePattern.exec(zone)?.[1];
}

/** Whether the range is a private /16 (RFC 1918), written from its first address: `10.0.0.0/16`. */
export function isNetworkRange(cidr: string): boolean {
  const [, first, second] = networkPattern.exec(cidr) ?? [];
  const [high, low] = [Number(first), Number(second)];
  return (high === 10 && low <= 255) || (high === 172 && low >= 16 && low <= 31) || (high === 192 && low === 168);
}

/**
 * The range of one subnet.
 *
 * @param cidr the network's /16
 * @param zone full name of the availability zone
 * @throws Error where the range is no private /16 or the zone's name has no letter from a to h at its end
 */
export function subnetRange(cidr: string, kind: SubnetKind, zone: string): string {
  if (!isNetworkRange(cidr)) throw new Error(`${cidr} is not a private /16 range`);
  const letter = zoneLetter(zone);
  if (letter === undefined) throw new Error(`${zone} is not the name of an availability zone`);
  const { firstBlock, prefix } = layout[kind];
  const slot = letter.charCodeAt(0) - 'a'.charCodeAt(0);
  const block = firstBlock + slot * 2 ** (24 - prefix);
  const [first, second] = cidr.split('.');
  return `${first}.${second}.${block}.0/${prefix}`;
}

/**
 * The range that all subnets of a kind lie in, whichever zones are in use.
 *
 * @param cidr the network's /16
 * @throws Error where the range is no private /16
 */
export function rangeOf(cidr: string, kind: SubnetKind): string {
  if (!isNetworkRange(cidr)) throw new Error(`${cidr} is not a private /16 range`);
  const { firstBlock, prefix } = layout[kind];
  const [first, second] = cidr.split('.');
  return `${first}.${second}.${firstBlock}.0/${prefix - 3}`; // eight slots
}
