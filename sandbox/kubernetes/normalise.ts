import { isBag, isUnknown, replaceAt, type Bag, type Path, type Value } from '../model/values';
import type { Kind } from './kind';
import { quantities, parseQuantity } from './quantity';

/** What the API server fills in, and no manifest gives. */
const serverOwned = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];

export const isSecret = (kind: Kind): boolean => kind.group === '' && kind.kind === 'Secret';

/** Inputs as the provider keeps them: without a status, and a Secret's plain texts encoded among its data. */
export function normalise(kind: Kind, object: Bag): Bag {
  const rest = without(object, 'status');
  if (!isSecret(kind) || !isBag(rest.stringData) || Object.values(rest.stringData).some((text) => !isText(text))) {
    return rest;
  }
  const encoded = Object.entries(rest.stringData).map(([key, text]) => [key, encode(text)]);
  delete rest.stringData;
  return { ...rest, data: { ...(isBag(rest.data) ? rest.data : {}), ...(Object.fromEntries(encoded) as Bag) } };
}

/** Paths that are secret, after what was moved: a Secret's contents always are. */
export function secretsOf(kind: Kind, secrets: Path[]): Path[] {
  if (!isSecret(kind)) return secrets;
  return [...secrets.filter(([top]) => top !== 'data' && top !== 'stringData'), ['data'], ['stringData']];
}

const isText = (value: Value): boolean => typeof value === 'string';
const encode = (value: Value): Value =>
  isUnknown(value) ? value : Buffer.from(String(value), 'utf8').toString('base64');

/** Equal amounts become equal texts, so that `1000m` and `1` are no change. */
export function comparable(kind: Kind, object: Bag, namespaced: boolean): Bag {
  const found = quantities(object).filter(({ value }) => !isUnknown(value) && parseQuantity(value) !== undefined);
  const even = found.reduce<Bag>(
    (bag, { path, value }) => replaceAt(bag, path, () => `${parseQuantity(value)}n`) as Bag,
    normalise(kind, object),
  );
  if (!isBag(even.metadata)) return even;
  const metadata = without(even.metadata, ...serverOwned);
  // The provider takes no namespace and `default` for one, and ignores one where there is none.
  if (!namespaced) delete metadata.namespace;
  else if (metadata.namespace === undefined || metadata.namespace === '') metadata.namespace = 'default';
  return { ...even, metadata };
}

/** An object without what the server makes of it: the manifest that one would have written. */
export function manifestOf(object: Bag): Bag {
  const rest = without(object, 'status');
  return isBag(rest.metadata) ? { ...rest, metadata: without(rest.metadata, ...serverOwned) } : rest;
}

export function without(bag: Bag, ...keys: string[]): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => !keys.includes(key)));
}
