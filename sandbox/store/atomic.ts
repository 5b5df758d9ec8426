import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: to a new file beside it, then by renaming. A process that is killed at any moment
 * leaves the old content or the new one.
 */
export function writeWhole(file: string, content: string, mode = 0o644): void {
  const beside = join(dirname(file), `.${randomBytes(6).toString('hex')}.tmp`);
  writeFileSync(beside, content, { mode });
  renameSync(beside, file);
}

/** Content of a file of JSON, or undefined where there is none. */
export function readJson<T>(file: string): T | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(content) as T;
}
