import { outputSignature, secretSignature, signatureKey, unknownValue } from '../../cli/offline/wire';

/** Plain data, as JSON has it. Secrets and unknowns are marked on the wire only; see `unwrap` and `wrap`. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Bag = Record<string, Value>;
/** Where a value sits inside a bag: names, and positions in lists as text. */
export type Path = string[];

export const UNKNOWN = unknownValue;
const resourceSignature = '5cf8f73096256a8f31e491e813e4eb8e';

/** The engine has one marker for each kind of value that is not known yet. */
const unknowns = new Set([
  unknownValue,
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);

export function isUnknown(value: Value | undefined): boolean {
  return typeof value === 'string' && unknowns.has(value);
}

export function hasUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isBag(value) && Object.values(value).some(hasUnknown);
}

export function isBag(value: Value | undefined): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes the wire's marks off: plain values, and the paths that were secret. */
export function unwrap(wire: Bag): { value: Bag; secrets: Path[] } {
  const secrets: Path[] = [];
  // A mark inside a secret adds nothing: the whole is sealed.
  const walk = (value: Value | undefined, path: Path, inside: boolean): Value => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, String(index)], inside));
    if (!isBag(value)) return value ?? null;
    const signature = value[signatureKey];
    if (signature === resourceSignature) return walk(value.id, path, inside);
    if (signature === secretSignature || signature === outputSignature) {
      const secret = signature === secretSignature || value.secret === true;
      if (secret && !inside) secrets.push(path);
      return value.value === undefined ? UNKNOWN : walk(value.value, path, inside || secret);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], inside)]));
  };
  return { value: walk(wire, [], false) as Bag, secrets };
}

/** Puts the secret mark back on whatever is at the paths; a path that leads nowhere is left alone. */
export function wrap(value: Bag, secrets: Path[]): Bag {
  return secrets.reduce<Bag>(
    (bag, path) => replaceAt(bag, path, (plain) => ({ [signatureKey]: secretSignature, value: plain })) as Bag,
    value,
  );
}

/** A copy of the value in which what sits at the path has been changed; the value itself where the path leads nowhere. */
export function replaceAt(value: Value, path: Path, change: (value: Value) => Value): Value {
  const [head, ...rest] = path;
  if (head === undefined) return change(value);
  if (Array.isArray(value)) {
    const index = Number(head);
    if (!(index in value)) return value;
    return value.map((item, position) => (position === index ? replaceAt(item, rest, change) : item));
  }
  if (!isBag(value) || value[head] === undefined) return value;
  return { ...value, [head]: replaceAt(value[head], rest, change) };
}

/** Two values are one where the provider could not tell them apart: absent, null and an empty list are the same. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (isBag(a) && isBag(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
  }
  if (isScalar(a) && isScalar(b)) return String(a) === String(b);
  return false;
}

export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isScalar(value: Value | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Text that is the same for equal values, whatever the order of their keys. */
export function canonical(value: Value | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isBag(value)) return JSON.stringify(value ?? null);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
