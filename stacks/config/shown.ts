import { HIDDEN } from './hidden';
import type { Path } from './path';

/** What stands for an object, whose parts may be secret. */
export const OBJECT = '{...}';

const LONGEST_SHOWN = 60;

/** Names of the schema's own that only sound like it: of SSH keys there are fingerprints. */
const HARMLESS = new Set(['sshKeys']);

/** Whether a name says that its value is a secret: `DB_PASSWORD`, `stripeToken`, `API_KEY`; a public key is none. */
export function soundsSecret(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
  return (
    /(?:^|[_-])(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|CREDENTIALS?|KEY)S?$/.test(words) &&
    !/PUBLIC[_-]KEY$/.test(words)
  );
}

/** Whether a text carries a secret whatever it is called: a private key, or a URL with a password. */
export function carriesSecret(text: string): boolean {
  return /PRIVATE KEY|:\/\/[^/\s:@]*:[^/\s@]+@/.test(text);
}

/** A value as a message shows it: short, and nothing of an object but that it is one, for it may hold secrets. */
export function shown(path: Path, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (path.some((part) => typeof part === 'string' && !HARMLESS.has(part) && soundsSecret(part))) return HIDDEN;
  if (typeof value === 'object') {
    const plain =
      Array.isArray(value) && value.every((item) => typeof item !== 'object' && !carriesSecret(String(item)));
    return plain ? shorten(JSON.stringify(value)) : OBJECT;
  }
  // A text that starts like JSON is an object that could not be read.
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) return OBJECT;
  return carriesSecret(String(value)) ? HIDDEN : shorten(JSON.stringify(value));
}

function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}
