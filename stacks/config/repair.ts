import type { z } from 'zod';

/**
 * The value that was probably meant, where a small change makes it valid: text for a number or the other way round,
 * capital letters, spaces around it, a URL for a host name, an address for its network, another range for a /16.
 * Undefined where none of these helps, and where the value is valid by itself and only does not go with another key.
 */
export function repaired(value: unknown, schema: z.ZodType): string | undefined {
  if (schema.safeParse(value).success) return undefined;
  const found = repairs(value).find((repair) => schema.safeParse(repair).success);
  return found === undefined ? undefined : String(found);
}

function repairs(value: unknown): (string | number | boolean)[] {
  // A number past this is not the digits that were written.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return [];
  if (typeof value === 'number') return [String(value), Math.round(value)];
  if (typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'string' || value.trim() === '') return [];
  const trimmed = value.trim();
  // Nothing is near the whole internet.
  if (/^0\.0\.0\.0(?:\/|$)/.test(trimmed)) return [];
  const host = trimmed
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/, '');
  const sixteen = trimmed.replace(/^(\d+\.\d+)\.\d+\.\d+(?:\/\d+)?$/, '$1.0.0/16');
  const truth = /^(?:true|false)$/i.test(trimmed) ? [trimmed.toLowerCase() === 'true'] : [];
  return [
    trimmed,
    Number(trimmed),
    ...truth,
    trimmed.toLowerCase(),
    trimmed.toUpperCase(),
    host,
    networkOf(trimmed),
    // One address as a network, where any length may be.
    `${trimmed}/32`,
    sixteen,
  ];
}

/** The network that an address with a length lies in: `10.1.2.3/16` is in `10.1.0.0/16`. */
function networkOf(text: string): string {
  const found = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  if (!found) return text;
  const [, a, b, c, d, bits] = found.map(Number) as [number, number, number, number, number, number];
  const size = 2 ** (32 - bits);
  const start = Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${bits}`;
}
