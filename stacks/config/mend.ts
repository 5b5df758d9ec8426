import { z } from 'zod';
import { isStructured } from './decode';
import { bare, noteOf } from './note';
import { pathText, removeCommand, setCommand, setTextCommand, type Path } from './path';

/** What is known of a value that has to be set right. */
interface Wrong {
  secret: boolean;
  /** The value that was meant, where one is near. */
  better?: string;
  /** One that is right there; undefined: nobody knows one. */
  example?: string;
  /** What was given; undefined where it is hidden. */
  value: unknown;
  /** Whether anything was given. */
  stands: boolean;
}

/** How to set a key right: the command with the value that was meant, or with an example. */
export function mendOf(path: Path, schema: z.ZodType, wrong: Wrong): string {
  const { secret, better, example } = wrong;
  const inner = bare(schema);
  if (noteOf(schema)?.refused) return removeCommand(path);
  // Without a value on the command line Pulumi asks for it, so it stays out of the shell's history.
  if (secret && !isStructured(inner)) return `pulumi config set --secret --path ${pathText(path)}`;
  if (better !== undefined) return setFor(schema, path, better);
  if (inner instanceof z.ZodArray) return mendList(path, inner, wrong);
  if (isStructured(inner) || isChoice(inner, example))
    return `write an object under stackladder:${pathText(path)} in the stack's file`;
  return example === undefined ? setCommand(path, '<value>') : `for example: ${setFor(schema, path, example)}`;
}

/** Several things that a key may be, the fullest of them an object. */
function isChoice(schema: z.ZodType, example: string | undefined): boolean {
  return schema instanceof z.ZodUnion && example === undefined && (schema.options as z.ZodType[]).some(isStructured);
}

/** A command that is longer than a line helps nobody. */
const LONGEST_COPIED = 80;

function mendList(path: Path, list: z.ZodArray, { value, stands, example }: Wrong): string {
  const item = list.element as z.ZodType;
  const first = [...path, 0];
  // A list cannot be begun where something else stands.
  const cleared = !stands || Array.isArray(value) ? '' : `${removeCommand(path)} && `;
  if (typeof value === 'string' && value.length <= LONGEST_COPIED && item.safeParse(value).success)
    return cleared + setFor(item, first, value);
  return `for example: ${cleared}${setFor(item, first, example ?? noteOf(item)?.example ?? '<value>')}`;
}

function setFor(schema: z.ZodType, path: Path, value: string): string {
  return schema.safeParse(value).success ? setTextCommand(path, value) : setCommand(path, value);
}
