import { isBag, replaceAt, type Bag, type Value } from '../model/values';
import { shapeOf } from '../server/outputs';
import { manifestOf } from './normalise';
import { parseQuantity, quantities } from './quantity';

/**
 * The inputs that would have led to an object: its whole manifest for one that is imported, else as much of it as was
 * asked for. What the server wrote in another way is as it was asked
 * for.
 */
export function inputsOf(asked: Bag, object: Bag): Bag {
  if (Object.keys(asked).length === 0) return manifestOf(object);
  const found = withZeros(asked, shapeOf(asked, object)) as Bag;
  const actual = new Map(quantities(found).map(({ path, value }) => [path.join('\n'), parseQuantity(value)]));
  return quantities(asked)
    .filter(({ path, value }) => actual.get(path.join('\n')) === parseQuantity(value))
    .reduce<Bag>((bag, { path, value }) => replaceAt(bag, path, () => value) as Bag, found);
}

/** The server leaves out what is zero or empty; who asked for that has it. */
function withZeros(asked: Value, found: Value): Value {
  if (Array.isArray(asked) && Array.isArray(found) && asked.length === found.length) {
    return found.map((value, index) => withZeros(asked[index] ?? null, value));
  }
  if (!isBag(asked) || !isBag(found)) return found;
  const all = Object.entries(asked).filter(([key, value]) => key in found || isZero(value));
  return Object.fromEntries(
    all.map(([key, value]) => [key, key in found ? withZeros(value, found[key] ?? null) : value]),
  );
}

function isZero(value: Value): boolean {
  if (isBag(value)) return Object.keys(value).length === 0;
  return value === false || value === 0 || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What is null was not given. */
export function withoutNulls(object: Bag): Bag {
  const walk = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(walk);
    return isBag(value) ? withoutNulls(value) : value;
  };
  const given = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([key, value]) => [key, walk(value)]));
}
