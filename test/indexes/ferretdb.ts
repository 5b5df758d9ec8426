import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cacheFolder } from './cache';

const sources = join(__dirname, 'ferretdb');

export interface Server {
  /** `mongodb://127.0.0.1:<port>/` */
  url: string;
  stop(): Promise<void>;
}

/** The path of the server's program; built from Go modules where this version of it is not there yet (two minutes). */
export function buildFerretdb(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(readFileSync(join(sources, file)));
  const version = /FerretDB\/FerretDB v(\S+)/.exec(readFileSync(join(sources, 'go.mod'), 'utf8'))![1]!;
  const program = join(cacheFolder(`ferretdb-${version}`), `server-${hash.digest('hex').slice(0, 8)}`);
  if (existsSync(program)) return program;
  process.stderr.write(`building FerretDB ${version}, once\n`);
  // Two runs may build at the same time; whoever ends last replaces an equal file.
  const unfinished = `${program}.${process.pid}`;
  const { status, error } = spawnSync('go', ['build', '-buildvcs=false', '-trimpath', '-o', unfinished, '.'], {
    cwd: sources,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`FerretDB could not be built; Go 1.24 or newer is needed: ${error ?? 'see above'}`);
  renameSync(unfinished, program);
  return program;
}

/** A server on a free port of the loopback address, with databases in a folder of its own that goes when it stops. */
export async function startFerretdb(program: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'stackladder-ferretdb-'));
  const server = spawn(program, [folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const url = await Promise.race([
    once(createInterface(server.stdout), 'line').then(([line]) => String(line)),
    ended.then(([code]) => Promise.reject(new Error(`FerretDB ended with ${code} before it was up`))),
  ]);
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
}
