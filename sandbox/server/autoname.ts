import { createHash, randomBytes } from 'node:crypto';
import { problem, type Problem } from '../model/errors';
import type { Naming } from '../model/resource-type';

/** Hexadecimal digits that the provider adds to the logical name. */
const RANDOM_DIGITS = 7;

/**
 * The name that a resource gets when the program gives none: the logical name, `-`, and seven hexadecimal digits out of
 * the engine's seed, so that a preview and the run after it agree.
 */
export function autoname(naming: Naming, logicalName: string, seed: Uint8Array): string {
  const source = seed.length > 0 ? createHash('sha256').update(seed).digest('hex') : randomBytes(32).toString('hex');
  const name = `${naming.prefix ?? ''}${logicalName}-${source.slice(0, RANDOM_DIGITS)}`;
  return naming.lowercase ? name.toLowerCase() : name;
}

/** What is wrong with a name, if anything. */
export function checkName(naming: Naming, name: string, logicalName: string, generated: boolean): Problem[] {
  if (name.length > naming.max) {
    const reason = generated
      ? `name '${logicalName}-' plus ${RANDOM_DIGITS} random chars is longer than maximum length ${naming.max}`
      : `expected length of ${naming.property} to be in the range (1 - ${naming.max}), got ${name}`;
    return [problem(naming.property, reason)];
  }
  if (naming.pattern && !naming.pattern.test(name)) {
    return [problem(naming.property, `${naming.rule ?? `must match ${naming.pattern.source}`}: ${name}`)];
  }
  return [];
}
