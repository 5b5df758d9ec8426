import { createHash, randomBytes } from 'node:crypto';
import { text } from '../model/reading';
import { isBag, isUnknown, type Bag } from '../model/values';

export const AUTONAMED = 'pulumi.com/autonamed';
/** Hexadecimal digits behind the logical name. */
const RANDOM_DIGITS = 8;

export function isAutonamed(object: Bag): boolean {
  return annotation(object, AUTONAMED) === 'true';
}

/** Read without a path, for names of annotations have dots. */
export function annotation(object: Bag, name: string): string | undefined {
  const metadata = object.metadata;
  const annotations = isBag(metadata) ? metadata.annotations : undefined;
  const value = isBag(annotations) ? annotations[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * An object without a name gets that of the last run, if the provider chose it then, or the logical name with eight
 * digits out of the engine's seed; the annotation says that it was chosen. A name that is not known yet is one.
 */
export function withName(object: Bag, olds: Bag, logicalName: string, seed: Uint8Array): Bag {
  const metadata = object.metadata ?? {};
  if (!isBag(metadata) || metadata.name !== undefined || metadata.generateName !== undefined) return object;
  const name = (isAutonamed(olds) ? text(olds, 'metadata.name') : undefined) ?? autoname(logicalName, seed);
  const annotations = isBag(metadata.annotations) ? metadata.annotations : {};
  if (isUnknown(metadata.annotations)) return { ...object, metadata: { ...metadata, name } };
  return { ...object, metadata: { ...metadata, name, annotations: { ...annotations, [AUTONAMED]: 'true' } } };
}

export function autoname(logicalName: string, seed: Uint8Array): string {
  const source = seed.length > 0 ? createHash('sha256').update(seed).digest('hex') : randomBytes(8).toString('hex');
  return `${logicalName}-${source.slice(0, RANDOM_DIGITS)}`;
}

/** Where an object lives: empty for what belongs to no namespace. */
export interface Place {
  namespace: string;
  name: string;
}

export const idOf = ({ namespace, name }: Place): string => (namespace === '' ? name : `${namespace}/${name}`);

export function placeOf(id: string): Place {
  const slash = id.indexOf('/');
  return { namespace: id.slice(0, Math.max(slash, 0)), name: id.slice(slash + 1) };
}
