import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { RawConfig, RawEntry } from '../../stacks/config/raw';
import { SEALED } from '../../stacks/config/sealed';
import { byPackage, type RawProviders } from '../../stacks/providers/raw';

const namespace = 'stackladder:';

/** A file that cannot be read as a stack's: the user's to mend, so it is told without a stack trace. */
export class StackFileError extends Error {
  override readonly name = 'StackFileError';
}

/** What a stack's file says: of the stack, and of its providers in namespaces of their own, such as `aws:profile`. */
export interface StackFile {
  config: RawConfig;
  providers: RawProviders;
}

/**
 * A stack's file (`Pulumi.<stack>.yaml`) in the form that the schema takes. Encrypted values stay encrypted: only their
 * names are needed offline.
 *
 * @throws StackFileError where it is no YAML, or its configuration is no object
 */
export function readStackFile(path: string): StackFile {
  const entries = Object.entries(configIn(path))
    .sort(byNamespace)
    .map(([key, value]): RawEntry => [key, rawValue(value)]);
  // Not by assignment: a key named __proto__ would be lost.
  const config = Object.fromEntries(
    entries.flatMap(([key, value]) => {
      // As the engine takes them: a key without a namespace is the project's, and nothing is an empty text.
      const own = key.startsWith(namespace) ? key.slice(namespace.length) : key;
      return own.includes(':') ? [] : [[own, value]];
    }),
  );
  return { config, providers: byPackage(entries) };
}

function rawValue(value: unknown): RawConfig[string] {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(unsealed(value)) : String(value ?? '');
  return { text, secret: isSealed(value) };
}

/** Keys that name the namespace come last and win. */
function byNamespace([a]: [string, unknown], [b]: [string, unknown]): number {
  return Number(a.startsWith(namespace)) - Number(b.startsWith(namespace));
}

function configIn(path: string): object {
  const text = textOf(path);
  let file: unknown;
  try {
    file = parse(text);
  } catch (error) {
    // The first line says what and where; the rest quotes the file, which may hold secrets.
    const [what = ''] = (error as Error).message.split('\n');
    throw new StackFileError(`${path} cannot be read: ${what.replace(/:$/, '')}`);
  }
  const config = file === null || file === undefined ? {} : isObject(file) ? (file.config ?? {}) : undefined;
  if (!isObject(config)) {
    throw new StackFileError(
      `${path} is no stack's file: it must hold an object \`config\`, by key (${namespace}phase)`,
    );
  }
  return config;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
    throw new StackFileError(`${path} is a folder: name the stack's file in it, such as Pulumi.prod.yaml`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True where every value inside is encrypted: `{ secure: ... }`, or an object of nothing else. */
function isSealed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const inner = Object.values(value);
  return 'secure' in value || (inner.length > 0 && inner.every(isSealed));
}

function unsealed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('secure' in value) return SEALED;
  if (Array.isArray(value)) return value.map(unsealed);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unsealed(inner)]));
}
