import { outputSignature, secretSignature, signatureKey, unknownValue } from './wire';

/** A value from the wire in the form that people and tools read: secrets hidden, unknown values marked. */
export function readable(value: unknown): unknown {
  if (value === unknownValue) return '<unknown:value>';
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  if (object[signatureKey] === secretSignature) return '<secret>';
  if (object[signatureKey] === outputSignature) {
    if (object.secret) return '<secret>';
    return 'value' in object ? readable(object.value) : '<unknown:value>';
  }
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, readable(inner)]));
}
