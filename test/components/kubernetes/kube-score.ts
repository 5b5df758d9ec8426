import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../indexes/cache';

const VERSION = 'v1.20.0';

/** The path of kube-score; built from its Go module where this version is not there yet (a minute). */
export function buildKubeScore(): string {
  const folder = cacheFolder(`kube-score-${VERSION.slice(1)}`);
  const program = join(folder, 'kube-score');
  if (existsSync(program)) return program;
  process.stderr.write(`building kube-score ${VERSION}, once\n`);
  // Two runs may build at the same time; whoever ends last replaces an equal file.
  const unfinished = join(folder, String(process.pid));
  const { status, error } = spawnSync(
    'go',
    ['install', '-trimpath', `github.com/zegl/kube-score/cmd/kube-score@${VERSION}`],
    { env: { ...process.env, CGO_ENABLED: '0', GOBIN: unfinished }, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) throw new Error(`kube-score could not be built; Go is needed: ${error ?? 'see above'}`);
  renameSync(join(unfinished, 'kube-score'), program);
  return program;
}

export interface Finding {
  object: string;
  check: string;
  grade: number;
  skipped: boolean;
}

interface Scored {
  object_name: string;
  checks: { check: { id: string }; grade: number; skipped: boolean }[];
}

/** Grades of kube-score: 1 is critical, 5 a warning, 10 good. */
export function score(program: string, yaml: string): Finding[] {
  const { stdout, stderr } = spawnSync(program, ['score', '--output-format', 'json', '-'], {
    input: yaml,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith('[')) throw new Error(`kube-score did not answer: ${stderr || stdout}`);
  return (JSON.parse(stdout) as Scored[]).flatMap(({ object_name: object, checks }) =>
    checks.map(({ check, grade, skipped }) => ({ object, check: check.id, grade, skipped })),
  );
}
