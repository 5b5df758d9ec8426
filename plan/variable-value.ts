/** What ends a line for Docker or for YAML 1.1, and what neither takes; a tab is fine. */
const unwritable = /(?!\t)[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;

/** Whether a value fits on a line of a machine's environment file. A pod's variable may be anything. */
export function fitsOnALine(value: string): boolean {
  return !unwritable.test(value);
}
