import { isBag, isUnknown, type Bag, type Value } from '../../model/values';

/** What sits at a path; the mark of what is not known, where a part of the way is that. */
export function rawAt(object: Bag, path: string): Value | undefined {
  let current: Value | undefined = object;
  for (const part of path.split('.')) {
    if (isUnknown(current)) return current;
    current = isBag(current) ? current[part] : undefined;
  }
  return current;
}
