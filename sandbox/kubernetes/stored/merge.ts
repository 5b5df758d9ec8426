import { isBag, same, type Bag, type Value } from '../../model/values';

/**
 * An object after its manifest changed: what the manifest changed is changed, what it gave up is gone, and what others
 * wrote stays. Lists are exchanged whole.
 */
export function merge(object: Bag, olds: Bag, news: Bag): Bag {
  const result: Bag = { ...object };
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    const [before, after, now] = [olds[key], news[key], object[key]];
    if (same(before, after)) continue;
    const merged = after === undefined ? gone(before, now) : changed(before, after, now);
    if (merged === undefined) delete result[key];
    else result[key] = merged;
  }
  return result;
}

function changed(before: Value | undefined, after: Value, now: Value | undefined): Value {
  return isBag(after) && isBag(now) ? merge(now, isBag(before) ? before : {}, after) : after;
}

/** A part that the manifest gave up keeps what others put into it. */
function gone(before: Value | undefined, now: Value | undefined): Value | undefined {
  if (!isBag(before) || !isBag(now)) return undefined;
  const left = merge(now, before, {});
  return Object.keys(left).length > 0 ? left : undefined;
}

/** Both, with what the second says where they differ. */
export function overlay(base: Bag, over: Bag): Bag {
  const result: Bag = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isBag(value) && isBag(below) ? overlay(below, value) : value;
  }
  return result;
}
