import { numeric, text, type Value } from '../values';

const factors: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** Thousandths of a core, from `500m`, `2` or `0.5`. */
export function cpuMillis(value: Value): number | undefined {
  if (typeof value === 'string' && /^\d+m$/.test(value)) return Number(value.slice(0, -1));
  const cores = numeric(value);
  return cores === undefined ? undefined : cores * 1000;
}

/** MiB, from `512Mi`, `1Gi` or a count of bytes. */
export function memoryMib(value: Value): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?$/.exec(text(value));
  return match ? (Number(match[1]) * (factors[match[2] ?? ''] ?? 1)) / 1024 ** 2 : undefined;
}
