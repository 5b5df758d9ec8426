import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';

/** As `openssl enc -pbkdf2` counts by default; the key is random and long, so nothing rests on the number. */
const ITERATIONS = 10_000;

/**
 * Encrypts a secret in the form that `openssl enc -d -aes-256-cbc -pbkdf2 -md sha256 -a -A` opens: base64 of `Salted__`,
 * the salt, and the cipher text. The salt comes from the key and the value, so the same secret gives the same text and
 * an update changes nothing, while nobody without the key can tell two texts' values apart or guess one.
 */
export function seal(key: string, name: string, value: string): string {
  const salt = createHmac('sha256', key).update(`${name}\0${value}`).digest().subarray(0, 8);
  const derived = pbkdf2Sync(key, salt, ITERATIONS, 48, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from('Salted__'), salt, text]).toString('base64');
}

/** The same in a POSIX shell: what is on standard input, opened with the key in a file. */
export function unsealCommand(keyFile: string): string {
  return `openssl enc -d -aes-256-cbc -pbkdf2 -iter ${ITERATIONS} -md sha256 -a -A -pass file:${keyFile}`;
}
