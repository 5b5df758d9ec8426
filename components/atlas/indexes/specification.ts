import type { IndexNeeds } from '../../../systems/system';

/** One index as the `createIndexes` command takes it, with the collection it belongs to. */
export interface IndexSpecification {
  collection: string;
  name: string;
  key: Record<string, 1 | -1>;
  unique?: true;
  expireAfterSeconds?: number;
}

/** The greatest value of `expireAfterSeconds`: a signed 32-bit number, 68 years. */
const MAX_EXPIRY = 2_147_483_647;

/**
 * The indexes as MongoDB is asked for them. Names follow MongoDB's own rule (`timestamp_-1`, `org_id_1_email_1`), so an
 * index that somebody created by hand without a name is the same index.
 *
 * @throws Error that lists every index that MongoDB would refuse, and every one that stands there twice
 */
export function specificationsOf(indexes: IndexNeeds[]): IndexSpecification[] {
  const faults = [...indexes.flatMap(faultsOf), ...twice(indexes)];
  if (faults.length > 0) throw new Error(`these indexes cannot be created:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  return indexes.map((index) => ({
    collection: index.collection,
    name: nameOfIndex(index),
    key: Object.fromEntries(index.keys),
    ...(index.unique && { unique: true as const }),
    ...(index.expireAfterSeconds !== undefined && { expireAfterSeconds: index.expireAfterSeconds }),
  }));
}

function nameOfIndex({ keys }: IndexNeeds): string {
  return keys.map(([field, direction]) => `${field}_${direction}`).join('_');
}

function faultsOf(index: IndexNeeds): string[] {
  const { collection, keys, expireAfterSeconds: expiry } = index;
  const where = `${collection}.${nameOfIndex(index)}`;
  const fields = keys.map(([field]) => field);
  const faults: string[] = [];
  if (!/^[^$\0]+$/.test(collection) || collection.startsWith('system.'))
    faults.push(`${where}: not a collection's name`);
  if (keys.length === 0) faults.push(`${where}: has no keys`);
  if (new Set(fields).size < fields.length) faults.push(`${where}: a field stands there twice`);
  for (const field of fields) {
    // A field that reads as a number would move to the front of the key when it becomes an object's property.
    if (field === '' || /^\d+$|\$|\0/.test(field)) faults.push(`${where}: "${field}" cannot be a key`);
  }
  if (expiry === undefined) return faults;
  if (keys.length !== 1) faults.push(`${where}: documents expire by an index of one field alone`);
  if (!Number.isInteger(expiry) || expiry < 0 || expiry > MAX_EXPIRY) {
    faults.push(`${where}: ${expiry} must be a whole number of seconds from 0 to ${MAX_EXPIRY}`);
  }
  return faults;
}

function twice(indexes: IndexNeeds[]): string[] {
  const names = indexes.map((index) => `${index.collection}.${nameOfIndex(index)}`);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(
    (name) => `${name}: stands there twice`,
  );
}
