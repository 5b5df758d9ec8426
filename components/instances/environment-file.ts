import { fitsOnALine } from '../../plan/variable-value';
import type { Fault } from '../faults';

/**
 * Docker's own format for `--env-file`, not the shell's and not Compose's: a variable a line, and all that follows the
 * first `=` is the value as it stands. So quotes, `$`, `%`, `#`, backslashes and spaces need no quoting and get none;
 * only line breaks and control characters cannot be written.
 *
 * @throws Error that lists every variable that cannot be written
 */
export function environmentFile(variables: Record<string, string>): string {
  const entries = Object.entries(variables);
  const faults = entries.map(([name, value]) => variableFault('environment', name, value)).filter((fault) => fault);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return entries.map(([name, value]) => `${name}=${value}\n`).join('');
}

/** A fault for a name that is no variable's, and for a value that does not fit on a line. Never shows the value. */
export function variableFault(path: string, name: string, value: string): Fault {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `${path}: "${name}" cannot be the name of an environment variable`;
  if (!fitsOnALine(value)) return `${path}.${name}: has a line break or a control character, which cannot be written`;
  return undefined;
}
