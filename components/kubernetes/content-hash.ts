import { createHash } from 'node:crypto';

/** Eight hexadecimal digits that change with any of the values. A Job cannot be changed, so its name carries them. */
export function contentHash(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 8);
}
