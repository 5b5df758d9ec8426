import { isBag, replaceAt, type Bag, type Value } from '../model/values';
import { shapeOf } from '../server/outputs';
import { manifestOf } from './normalise';
import { parseQuantity, quantities } from './quantity';

/**
 * The inputs that would have led to an object: its whole manifest for one that is imported, else as much of it as was
 * asked for. An amount that the server wrote in another way is as it was asked for.
 */
export function inputsOf(asked: Bag, object: Bag): Bag {
  if (Object.keys(asked).length === 0) return manifestOf(object);
  const found = shapeOf(asked, object) as Bag;
  const actual = new Map(quantities(found).map(({ path, value }) => [path.join('\n'), parseQuantity(value)]));
  return quantities(asked)
    .filter(({ path, value }) => actual.get(path.join('\n')) === parseQuantity(value))
    .reduce<Bag>((bag, { path, value }) => replaceAt(bag, path, () => value) as Bag, found);
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
