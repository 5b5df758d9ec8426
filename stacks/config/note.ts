import { z } from 'zod';

/** What people are told about a key, beyond what its type says. */
export interface Note {
  /** What the key is for, with its unit: one or two sentences. */
  says: string;
  /** What it may be, in words. Closed lists and ranges say it themselves. */
  allowed?: string;
  /** One valid value, as it is written on a command line. */
  example?: string;
  /** The default in words, where it is worked out from other keys. */
  otherwise?: string;
  /** The value is kept encrypted and never shown. */
  secret?: boolean;
  /** What stands for a free name in the reference: `service`. */
  placeholder?: string;
  /** Known only to be refused with the reason. */
  refused?: boolean;
}

const notes = z.registry<Note>();

/** Puts a note on a schema; the editor's schema, the reference of keys and the faults are written from it. */
export function note<T extends z.ZodType>(schema: T, about: Note): T {
  const described = schema.describe(about.says);
  notes.add(described, about);
  return described;
}

/** The note on a schema, or on what it wraps (an optional or a default). */
export function noteOf(schema: z.ZodType): Note | undefined {
  const own = notes.get(schema);
  if (own) return own;
  const inner = innerOf(schema);
  return inner && noteOf(inner);
}

function innerOf(schema: z.ZodType): z.ZodType | undefined {
  const wrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return wrapped ? (schema.unwrap() as z.ZodType) : undefined;
}

/** The schema itself, without optional and default around it. */
export function bare(schema: z.ZodType): z.ZodType {
  const inner = innerOf(schema);
  return inner ? bare(inner) : schema;
}

/**
 * An object by the names of one kind of thing: services, workers. The names are known at run time only, so to the compiler
 * it is an object of any names; the editor and the check know them.
 */
export function byName<T extends z.ZodType>(
  placeholder: string,
  names: readonly string[],
  value: T,
): z.ZodRecord<z.ZodString, T> {
  // An object of no names at all: JSON Schema has no empty list of names.
  if (names.length === 0) return z.strictObject({}) as unknown as z.ZodRecord<z.ZodString, T>;
  const name = note(z.enum(names), { says: `A ${placeholder}.`, placeholder });
  return z.partialRecord(name, value) as unknown as z.ZodRecord<z.ZodString, T>;
}

/** A key that is known only to say why it cannot be: otherwise it would be taken for a typo of another. */
export function refused(says: string, why: string): z.ZodOptional<z.ZodNever> {
  const never = z.unknown().superRefine((_, context) => context.addIssue({ code: 'custom', message: why }));
  return note(never.optional() as unknown as z.ZodOptional<z.ZodNever>, { says, allowed: 'nothing', refused: true });
}
