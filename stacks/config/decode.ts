import { z } from 'zod';
import { bare } from './note';

/** A number as JSON writes it: no spaces, no hexadecimal, no `Infinity`. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The value behind a key's text. Pulumi hands every value over as text, so the schema says what the text is: a number,
 * JSON of a list or an object, or just text. Text that is not what it should be stays text, for the schema to refuse.
 */
export function decode(text: string, schema: z.ZodType): unknown {
  const inner = bare(schema);
  if (inner instanceof z.ZodUnion) {
    const options = inner.options as z.ZodType[];
    return options.map((option) => decode(text, option)).find((value) => typeof value !== 'string') ?? text;
  }
  if (inner instanceof z.ZodNumber) return JSON_NUMBER.test(text) ? Number(text) : text;
  if (isTruth(inner)) return text === 'true' ? true : text === 'false' ? false : text;
  if (isStructured(inner)) return structured(text);
  return text;
}

/** Whether a schema wants a list or an object. */
export function isStructured(schema: z.ZodType): boolean {
  return schema instanceof z.ZodArray || schema instanceof z.ZodObject || schema instanceof z.ZodRecord;
}

/** Whether a schema wants true or false. */
function isTruth(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodLiteral) return [...schema.values].some((value) => typeof value === 'boolean');
  return schema instanceof z.ZodBoolean;
}

function structured(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    // The error would quote the text, which may be a secret.
    return text;
  }
}
