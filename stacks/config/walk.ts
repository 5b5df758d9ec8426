import { z } from 'zod';
import { bare, noteOf } from './note';
import type { Path } from './path';

/** The schema of the place at a path; undefined where there is no such place. */
export function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  const next = child(bare(schema), part);
  return next && schemaAt(next, rest);
}

function child(schema: z.ZodType, part: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodUnion) {
    return (schema.options as z.ZodType[]).map((option) => child(bare(option), part)).find((found) => found);
  }
  if (schema instanceof z.ZodArray) return typeof part === 'number' ? (schema.element as z.ZodType) : undefined;
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, part) ? schema.shape[part] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}

/** The names that an object's schema has; undefined where the names are free or it is no object. */
export function namesOf(schema: z.ZodType): string[] | undefined {
  const inner = bare(schema);
  if (inner instanceof z.ZodUnion) {
    return (inner.options as z.ZodType[]).map(namesOf).find((names) => names !== undefined);
  }
  if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
  if (inner instanceof z.ZodRecord && inner.keyType instanceof z.ZodEnum) return inner.keyType.options.map(String);
  return undefined;
}

/** What a place may hold, in words: from its note, or from its type. */
export function allowedAt(schema: z.ZodType): string {
  const said = noteOf(schema)?.allowed;
  if (said) return said;
  const inner = bare(schema);
  if (inner instanceof z.ZodEnum) return inner.options.join(', ');
  if (inner instanceof z.ZodLiteral) return [...inner.values].join(', ');
  if (inner instanceof z.ZodNumber) return `a whole number from ${inner.minValue} to ${inner.maxValue}`;
  if (inner instanceof z.ZodBoolean) return 'true, false';
  const names = namesOf(inner);
  if (names?.length === 0) return 'nothing';
  if (names) return `an object of: ${names.join(', ')}`;
  return inner instanceof z.ZodRecord ? `an object by ${placeholderOf(inner)}` : 'text';
}

/** One key of the configuration, for the reference. */
export interface KeyRow {
  /** Parts of its path; a free name is `<name>`. */
  path: string[];
  schema: z.ZodType;
}

/** Every key, each object before what it holds. */
export function rowsOf(schema: z.ZodType, path: string[] = []): KeyRow[] {
  const inner = bare(schema);
  const own = path.length > 0 ? [{ path, schema }] : [];
  if (inner instanceof z.ZodObject) {
    const shape = inner.shape as Record<string, z.ZodType>;
    return [...own, ...Object.entries(shape).flatMap(([name, value]) => rowsOf(value, [...path, name]))];
  }
  if (inner instanceof z.ZodUnion) {
    const parts = (inner.options as z.ZodType[]).flatMap((option) => rowsOf(option, path));
    return [...own, ...parts.filter((row) => row.path.length > path.length)];
  }
  if (inner instanceof z.ZodRecord) {
    return [...own, ...rowsOf(inner.valueType as z.ZodType, [...path, `<${placeholderOf(inner)}>`])];
  }
  return own;
}

/** What the free names of a record are. */
function placeholderOf(record: z.ZodRecord): string {
  return noteOf(record.keyType as z.ZodType)?.placeholder ?? 'NAME';
}
