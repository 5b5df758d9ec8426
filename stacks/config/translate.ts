import type { z } from 'zod';
import { isStructured } from './decode';
import { nearest } from './nearest';
import { bare } from './note';
import { pathText, removeCommand, setCommand, valueAt, type Path } from './path';
import { namesOf, rowsOf, schemaAt } from './walk';

/** A fault before it is put into words for people: what `Draft` makes a `Fault` of. */
export interface Finding {
  path: Path;
  problem: string;
  /** Undefined: what the schema says of the place. */
  allowed?: string;
  /** Undefined: the command that sets the nearest value, or an example. */
  mend?: string;
  nearest?: string;
  /** What may be there instead, best first; undefined: what is usual at the place. */
  usual?: readonly string[];
  /** The place has a name that nothing knows. */
  unknown?: boolean;
  /** What it says comes from names alone, so it may be shown where the value is secret. */
  fromNames?: boolean;
}

type Issue = z.core.$ZodIssue;

/** Puts what the schema found into findings. One mistake is one finding: of several at one place, the first counts. */
export function translate(issues: readonly Issue[], schema: z.ZodType, given: unknown): Finding[] {
  // That a number is too big for the language says less than what its key allows, which follows.
  const told = issues.filter((issue) => !(issue.code === 'too_big' && issue.maximum === Number.MAX_SAFE_INTEGER));
  const findings = told.flatMap((issue) => findingsOf(issue, schema, given));
  const places = findings.map(({ path }) => JSON.stringify(path));
  return findings.filter((_, at) => places.indexOf(places[at]!) === at);
}

function findingsOf(issue: Issue, schema: z.ZodType, given: unknown): Finding[] {
  const path = issue.path as (string | number)[];
  const value = valueAt(given, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey([...path, name], schema));
  if (issue.code === 'invalid_key') return [invalidName(path, schema)];
  if (issue.code === 'invalid_union') {
    // The option that the value was meant for is the one that took its type.
    const meant = issue.errors.find((errors) => !errors.some((inner) => inner.path.length === 0));
    if (meant) return meant.flatMap((inner) => findingsOf({ ...inner, path: [...path, ...inner.path] }, schema, given));
    return [{ path, problem: 'is none of the things that it can be' }];
  }
  if (value === undefined) return [{ path, problem: 'is missing' }];
  if (value === '') return [{ path, problem: 'is empty' }];
  // What is there once already needs no other value in its second place.
  const mend = issue.code === 'custom' && issue.params?.repeated === true ? removeCommand(path) : undefined;
  return [{ path, ...problemOf(issue, value), mend }];
}

function problemOf(issue: Issue, value: unknown): { problem: string; nearest?: string } {
  switch (issue.code) {
    case 'invalid_type':
      if (typeof value === 'number' && !Number.isFinite(value)) return { problem: 'is not a finite number' };
      if (typeof value === 'number' && issue.expected === 'int') return { problem: 'is not a whole number' };
      return { problem: `is ${kindOf(value)} where ${kindNames[issue.expected] ?? issue.expected} must be` };
    case 'invalid_value':
      return typeof value === 'string' && typeof issue.values[0] === 'number'
        ? { problem: 'is text where a number must be' }
        : { problem: 'is not one of its values', nearest: nearestOf(value, issue.values) };
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return { problem: 'is empty' };
      return issue.inclusive
        ? { problem: `is below ${issue.minimum}, the least`, nearest: String(issue.minimum) }
        : { problem: `is not greater than ${issue.minimum}` };
    case 'too_big':
      if (issue.origin === 'string') return { problem: `is longer than ${issue.maximum} characters` };
      return { problem: `is above ${issue.maximum}, the most`, nearest: String(issue.maximum) };
    case 'custom':
      return { problem: issue.message === 'Invalid input' ? 'cannot be used' : issue.message };
    default:
      return { problem: 'does not have the right form' };
  }
}

/** A name that the schema does not know, at the top or in an object. */
export function unknownKey(path: Path, schema: z.ZodType): Finding {
  const parent = path.slice(0, -1);
  const name = String(path.at(-1));
  const names = namesOf(schemaAt(schema, parent) ?? schema) ?? [];
  const sibling = nearest(name, names);
  const elsewhere = rowsOf(schema)
    .find((row) => row.path.at(-1) === name)
    ?.path.join('.');
  return {
    path,
    problem: 'is not a key',
    allowed: names.length === 0 ? 'nothing' : names.join(', '),
    nearest: sibling ?? elsewhere,
    unknown: true,
    fromNames: true,
    mend: mendUnknown(path, sibling === undefined ? undefined : [...parent, sibling], elsewhere, schema),
  };
}

function mendUnknown(path: Path, meant: Path | undefined, elsewhere: string | undefined, schema: z.ZodType): string {
  const removed = removeCommand(path);
  if (!meant) return elsewhere ? `${removed}, and set ${elsewhere}` : removed;
  const target = schemaAt(schema, meant);
  if (target && isStructured(bare(target))) return `rename it to ${pathText(meant)} in the stack's file`;
  return `${removed} && ${setCommand(meant, '<value>')}`;
}

function invalidName(path: Path, schema: z.ZodType): Finding {
  const name = String(path.at(-1));
  const names = namesOf(schemaAt(schema, path.slice(0, -1)) ?? schema);
  if (names) return unknownKey(path, schema);
  const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  const forVariables = path.includes('secrets') || path.includes('environment');
  return {
    path,
    problem: 'does not have a name that can be used',
    allowed: forVariables ? 'a name of capital letters, digits and _, not beginning with a digit' : "a region's name",
    nearest: forVariables && /^[A-Z_]/.test(upper) ? upper : undefined,
    fromNames: true,
    mend: `${removeCommand(path)}, and set it under a name that is allowed`,
  };
}

function nearestOf(value: unknown, values: readonly z.core.util.Primitive[]): string | undefined {
  if (typeof value !== 'number') return nearest(String(value), values.map(String));
  const numbers = values.filter((one) => typeof one === 'number');
  const far = (one: number): number => Math.abs(one - value);
  return numbers.length === 0 ? undefined : String(numbers.reduce((a, b) => (far(b) < far(a) ? b : a)));
}

const kindNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return kindNames[typeof value] ?? 'something else';
}
