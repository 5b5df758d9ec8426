import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder outside the checkout for what is built or installed once and used by every run, made if it is not there. */
export function cacheFolder(name: string): string {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stackladder', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
