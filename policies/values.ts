/**
 * Property values as the rules see them: plain JSON, and a third state for what only the cloud will know. The same
 * shape comes out of a running engine and out of the offline plan, so a rule never asks where it runs.
 */
export const UNKNOWN: unique symbol = Symbol('unknown');
export type Unknown = typeof UNKNOWN;

export type Value = undefined | null | string | number | boolean | Unknown | Value[] | { [key: string]: Value };
/** A value that is known itself; unknown ones may still be inside. */
export type Known = Exclude<Value, Unknown>;

/** How the offline plan prints a secret: its presence is known, its content is not. */
export const SECRET = '<secret>';

/** The value at a dotted path. Unknown as soon as a step on the way is, undefined where there is none. */
export function at(value: Value, path: string): Value {
  let here: Value = value;
  for (const step of path.split('.')) {
    if (here === UNKNOWN) return UNKNOWN;
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.hasOwn(here, step) ? (here as { [key: string]: Value })[step] : undefined;
  }
  return here;
}

/** A list as it is; anything else is one element, nothing is none. */
export function list(value: Value): Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A number, also where it is written as text (launch templates do); undefined for anything else. */
export function numeric(value: Value): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** A text, or a number as one; empty for anything else, which has no text that a rule could read. */
export function text(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** True, also where it is written as text. */
export function flag(value: Value): boolean {
  return value === true || value === 'true';
}

/** Set to something: not missing, not empty. */
export function present(value: Value): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** A value in a message: short and on one line. Only for values that are never secret. */
export function show(value: Value): string {
  if (value === undefined || value === null) return 'not set';
  if (value === UNKNOWN) return 'unknown';
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'not set');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
