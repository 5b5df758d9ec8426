import type { RawConfig } from '../../stacks/config/raw';

/** A stack's file, as an object by key without the namespace. */
export type Keys = Record<string, unknown>;

/** The file as the engine hands it over: what is no text is JSON. */
export function rawOf(keys: Keys, secretKeys: readonly string[]): RawConfig {
  return Object.fromEntries(
    Object.entries(keys).map(([key, value]) => [
      key,
      { text: typeof value === 'string' ? value : JSON.stringify(value), secret: secretKeys.includes(key) },
    ]),
  );
}

/** The commands that a mend begins with; none where it asks for a hand. */
export function commandsIn(mend: string): string[][] {
  const [line = ''] = mend.replace(/^for example: /, '').split('\n');
  if (!line.startsWith('pulumi config ')) return [];
  const [command = ''] = line.split(/(?:, (?:or|and|which|then) |; )/);
  return command.split(' && ').map(wordsOf);
}

function wordsOf(line: string): string[] {
  return (line.match(/(?:'(?:[^']|'\\'')*'|[^\s'])+/g) ?? []).map((word) =>
    word.replace(/'((?:[^']|'\\'')*)'/g, (_, inner: string) => inner.replace(/'\\''/g, "'")),
  );
}

/** What `pulumi config set` and `rm` do to a stack's file, as far as mends use them. A secret is asked for: `asked` answers. */
export function run(keys: Keys, [, , verb, ...rest]: readonly string[], asked = ''): Keys {
  const isText = rest.includes('--type');
  const [key = '', value = asked] = rest.filter((word, at) => !word.startsWith('--') && rest[at - 1] !== '--type');
  const path = rest.includes('--path') ? pathOf(key) : [key];
  const copy = structuredClone(keys);
  if (verb === 'rm') remove(copy, path);
  else set(copy, path, path.length > 1 && !isText ? typedOf(value) : value);
  return copy;
}

function pathOf(text: string): (string | number)[] {
  return [...text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, at, name]) =>
    at === undefined ? (name ?? quoted!.replace(/\\(.)/g, '$1')) : Number(at),
  );
}

function typedOf(value: string): unknown {
  if (/^(?:true|false)$/.test(value)) return value === 'true';
  return /^(?:0|-?[1-9]\d*)$/.test(value) ? Number(value) : value;
}

type Node = Record<string | number, unknown>;

function remove(keys: Keys, path: readonly (string | number)[]): void {
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<unknown>((at, part) => (at as Node | undefined)?.[part], keys);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (typeof parent === 'object' && parent !== null) delete (parent as Node)[last];
}

function set(keys: Keys, path: readonly (string | number)[], value: unknown): void {
  let at: Node = keys;
  path.slice(0, -1).forEach((part, place) => {
    const next = at[part];
    if (next === undefined) at[part] = typeof path[place + 1] === 'number' ? [] : {};
    else if (typeof next !== 'object' || next === null) throw new Error(`${path.join('.')}: a value stands in the way`);
    at = at[part] as Node;
  });
  const last = path.at(-1)!;
  if (Array.isArray(at) && Number(last) > at.length) throw new Error(`${path.join('.')}: out of the list's range`);
  at[last] = value;
}
