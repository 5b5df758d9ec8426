import { problem, type Problem } from '../../model/errors';
import { text } from '../../model/reading';
import type { Bag } from '../../model/values';

interface Range {
  first: number;
  last: number;
  bits: number;
}

/** The addresses of an IPv4 range; undefined where the text is none. */
export function rangeOf(cidr: string | undefined): Range | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/
    .exec(cidr ?? '')
    ?.slice(1)
    .map(Number);
  if (!parts) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = parts;
  if ([a, b, c, d].some((byte) => byte > 255) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address, last: address + size - 1, bits };
}

export const overlap = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last;

/** The address at a distance from a range's first, e.g. the gateway. */
export function addressIn(cidr: string | undefined, distance: number): string {
  const range = rangeOf(cidr);
  if (!range) return '';
  const address = range.first + distance;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** A range that is none, starts in its middle, or is not of a size that subnetworks have. */
export function checkRange(inputs: Bag, path: string): Problem[] {
  const cidr = text(inputs, path);
  if (cidr === undefined) return [];
  const range = rangeOf(cidr);
  if (!range) return [problem(path, `invalid: "${path}" is no IPv4 range: ${cidr}`)];
  const aligned = range.first % 2 ** (32 - range.bits) === 0;
  if (!aligned) return [problem(path, `invalid: Must be a CIDR address range whose host bits are 0, got ${cidr}`)];
  if (range.bits < 4 || range.bits > 29) {
    return [problem(path, `invalid: a subnetwork's range is between /4 and /29, got ${cidr}`)];
  }
  return [];
}
