import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADAPTER_IMAGE } from '../../../components/kubernetes/metrics/adapter';
import { cacheFolder } from '../../indexes/cache';

const MODULE = 'sigs.k8s.io/prometheus-adapter';

/** The path of prometheus-adapter in the version that is deployed; built from its Go module where it is not there (two minutes). */
export function buildAdapter(): string {
  const version = ADAPTER_IMAGE.split(':').pop()!;
  const folder = cacheFolder(`prometheus-adapter-${version.slice(1)}`);
  const program = join(folder, 'adapter');
  if (existsSync(program)) return program;
  process.stderr.write(`building prometheus-adapter ${version}, once\n`);
  const module = mkdtempSync(join(tmpdir(), 'adapter-'));
  writeFileSync(join(module, 'go.mod'), `module adapter\n\ngo 1.22.0\n\nrequire ${MODULE} ${version}\n`);
  // Named, so that Go asks for what the program needs of its own module's list.
  writeFileSync(join(module, 'needed.go'), `//go:build tools\n\npackage needed\n\nimport _ "${MODULE}/pkg/config"\n`);
  const unfinished = join(folder, String(process.pid));
  const { status, error } = spawnSync(
    'go',
    ['build', '-mod=mod', '-trimpath', '-o', unfinished, `${MODULE}/cmd/adapter`],
    {
      cwd: module,
      env: { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  rmSync(module, { recursive: true, force: true });
  if (status !== 0) throw new Error(`prometheus-adapter could not be built; Go is needed: ${error ?? 'see above'}`);
  renameSync(unfinished, program);
  return program;
}
