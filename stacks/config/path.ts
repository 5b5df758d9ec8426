import { HIDDEN } from './hidden';

/** Where a value stands in the configuration: the key first, then names and places in lists. */
export type Path = readonly (string | number)[];

/**
 * As people write it, and as `pulumi config set --path` reads it: `overrides.services.api.maxSize`, `regions[1]`, and with a
 * name that has a dot `images["api.v2"]`.
 */
export function pathText(path: Path): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : nested(part))).join('');
}

function nested(name: string): string {
  return name === HIDDEN || /^[^\s.[\]"\\]+$/.test(name) ? `.${name}` : `["${name.replace(/["\\]/g, '\\$&')}"]`;
}

/** The value at a path of plain data, or undefined. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    return (at as Record<string | number, unknown>)[part];
  }, data);
}

/** Whether one of the two lies within the other, or they are the same place. */
export function overlap(a: Path, b: Path): boolean {
  const shorter = Math.min(a.length, b.length);
  return a.slice(0, shorter).every((part, at) => part === b[at]);
}

/**
 * A copy of plain data without the values at the paths. A list loses all its elements with one: their places say
 * something (which region is home), so a list with a hole would be another list.
 */
export function without(data: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return undefined;
  if (Array.isArray(data)) return paths.length > 0 ? undefined : data;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      const inner = paths.filter((path) => path[0] === name).map((path) => path.slice(1));
      const kept = without(value, inner);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

/** How to set a key that has another form on each cloud, where nothing near was meant: by what is usual on this one. */
export function exampleOf(path: Path, near: string | undefined, usual: readonly string[]): string | undefined {
  const [first] = usual;
  return near === undefined && first !== undefined ? `for example: ${setTextCommand(path, first)}` : undefined;
}

/** A command line that sets a value: `pulumi config set phase large`. */
export function setCommand(path: Path, value: string): string {
  const nested = path.length > 1;
  return `pulumi config set ${nested ? `--path ${quoted(pathText(path))}` : pathText(path)} ${quoted(value)}`;
}

/**
 * As `setCommand`, for text inside a list or an object: there the command takes digits for a number and `true` for a
 * boolean unless it is told otherwise.
 */
export function setTextCommand(path: Path, value: string): string {
  const looksTyped = path.length > 1 && /^(?:\d+|true|false)$/.test(value);
  return looksTyped ? `${setCommand(path, value)} --type string` : setCommand(path, value);
}

export function removeCommand(path: Path): string {
  if (path.includes(HIDDEN)) return "take it out of the stack's file";
  return `pulumi config rm ${path.length > 1 ? `--path ${quoted(pathText(path))}` : quoted(pathText(path))}`;
}

/** For a shell: in single quotes unless it is plain. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
