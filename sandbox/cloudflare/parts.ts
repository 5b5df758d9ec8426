import { problem, type Problem } from '../model/errors';
import { text } from '../model/reading';
import type { Bag } from '../model/values';

/** Token of a type of the cloudflare package, e.g. `cloudflare:index/dnsRecord:DnsRecord`. */
export function flare(name: string): string {
  return `cloudflare:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Zones are there before and belong to nobody here: only the form of their ids can be judged. */
export function checkZone(inputs: Bag): Problem[] {
  const zone = text(inputs, 'zoneId');
  if (zone === undefined || /^[0-9a-f]{32}$/.test(zone)) return [];
  return [problem('zoneId', `7003: Could not route to /zones/${zone}, perhaps your object identifier is invalid?`)];
}

export const now = (): string => new Date().toISOString();
