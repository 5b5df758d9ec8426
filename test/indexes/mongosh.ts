import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache';

const VERSION = '2.12.0';

/** The path of mongosh; installed from npm where this version is not there yet (a minute, 150 MB). */
export function installMongosh(): string {
  const parent = cacheFolder('mongosh');
  const folder = join(parent, VERSION);
  const program = join(folder, 'node_modules', '.bin', 'mongosh');
  if (existsSync(program)) return program;
  process.stderr.write(`installing mongosh ${VERSION}, once\n`);
  const unfinished = join(parent, `${VERSION}.${process.pid}`);
  // Install scripts compile optional parts (keychain, SSH) that a script run needs none of.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
  const { status, error } = spawnSync('npm', ['install', '--prefix', unfinished, ...flags, `mongosh@${VERSION}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`mongosh could not be installed: ${error ?? 'see above'}`);
  if (existsSync(folder)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, folder);
  return program;
}
