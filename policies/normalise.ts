import type { RecordedResource } from '../cli/offline/recorder';
import type { Resource } from './rule';
import { UNKNOWN, type Value } from './values';

/** What the engine sends in a preview for a value that is not known yet, one mark for each kind of value. */
const engineMarks = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', // boolean
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421', // number
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9', // text
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2', // list
  '030794c1-ac77-496b-92df-f27374a8bd58', // asset
  'e48ece36-62e2-4504-bad9-02848725956a', // archive
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff', // object
]);
/** How the offline plan prints a whole value that only the cloud knows; one that is part of a text stays in it. */
const offlineMark = /^<unknown:[^<>]*>$/;

/**
 * A value as the rules see it. CrossGuard hands out proxies that throw on the first touch of an unknown value, which
 * would end a rule before its other properties are seen: here each touch is caught by itself.
 */
export function normalise(value: unknown): Value {
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return engineMarks.has(value) || offlineMark.test(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => touch(value, index));
  // Assets, archives, functions: nothing that a rule can read.
  if (typeof value !== 'object' || isAsset(value)) return UNKNOWN;
  return normaliseProps(value);
}

export function normaliseProps(props: object): { [key: string]: Value } {
  // `fromEntries` defines each key, so that one named `__proto__` is a key like any other.
  return Object.fromEntries(Object.keys(props).map((key) => [key, touch(props, key)]));
}

function touch(holder: object, key: string | number): Value {
  let value: unknown;
  try {
    value = (holder as Record<string | number, unknown>)[key];
  } catch {
    return UNKNOWN;
  }
  return normalise(value);
}

/** Pulumi marks its assets and archives so that they are recognised across copies of the SDK. */
function isAsset(value: object): boolean {
  return '__pulumiAsset' in value || '__pulumiArchive' in value;
}

/** A resource of the offline plan. */
export function fromRecorded(recorded: RecordedResource): Resource {
  return {
    type: recorded.type,
    name: recorded.name,
    urn: recorded.urn,
    props: normaliseProps(recorded.inputs),
    protect: recorded.protect,
    ignoreChanges: recorded.ignoreChanges,
    references: recorded.propertyDependencies,
    ...(recorded.provider === '' ? {} : { provider: recorded.provider }),
  };
}
