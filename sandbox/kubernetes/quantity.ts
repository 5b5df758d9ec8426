import { isBag, type Value } from '../model/values';

const binary: Record<string, bigint> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };
const decimal: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** An amount as Kubernetes writes it (`500m`, `1Gi`, `1e3`), in billionths; undefined for what is none. */
export function parseQuantity(value: Value | undefined): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] =
    /^([+-]?)(\d*)(?:\.(\d*))?((?:[KMGTPE]i)|[numkMGTPE]|[eE][+-]?\d+)?$/.exec(String(value)) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const shift = binary[suffix];
  // What is smaller than a billionth is rounded up, as the API server does with a thousandth.
  const amount =
    shift === undefined
      ? times(digits, (decimal[suffix] ?? Number(suffix.slice(1))) + 9 - fraction.length)
      : times(digits << shift, 9 - fraction.length);
  return sign === '-' ? -amount : amount;
}

function times(digits: bigint, powerOfTen: number): bigint {
  if (powerOfTen >= 0) return digits * 10n ** BigInt(powerOfTen);
  const divisor = 10n ** BigInt(-powerOfTen);
  return (digits + divisor - 1n) / divisor;
}

/** Maps of amounts by resource, e.g. `requests: { cpu: 500m }`, and single amounts. */
const maps = new Set([
  'requests',
  'limits',
  'capacity',
  'allocatable',
  'hard',
  'default',
  'defaultRequest',
  'min',
  'max',
]);
const singles = new Set(['averageValue', 'sizeLimit', 'storage', 'divisor']);

/** Every amount in an object, with the path to it. What only looks like one by its name is left to the schema. */
export function quantities(value: Value | undefined, path: string[] = []): { path: string[]; value: Value }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => quantities(item, [...path, String(index)]));
  if (!isBag(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key];
    if (isAmount(path, key) && !isBag(item) && !Array.isArray(item)) return [{ path: here, value: item }];
    return quantities(item, here);
  });
}

const anybodys = new Set(['metadata', 'data', 'matchLabels', 'nodeSelector', 'parameters']);

function isAmount(path: string[], key: string): boolean {
  // Labels and data are anybody's words.
  if (path.some((part) => anybodys.has(part))) return false;
  // What an autoscaler aims at; other things that are called value are no amounts.
  if (key === 'value') return path.at(-1) === 'target';
  return maps.has(path.at(-1) ?? '') || singles.has(key);
}
