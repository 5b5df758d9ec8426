import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { indexDocument } from '../../components/aws/index-runner/document';
import { indexScript } from '../../components/atlas/indexes/script';
import { specificationsOf } from '../../components/atlas/indexes/specification';
import { pulse } from '../../systems/pulse';
import { buildFerretdb, startFerretdb, type Server } from './ferretdb';
import { installMongosh } from './mongosh';
import { runProgram, type Ended } from './run';
import { startTtlProxy, type TtlProxy } from './ttl-proxy';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pulse-url-a1B2c3';
const image = 'mongo:8.0.17';
const indexes = pulse.documentDatabase!.indexes;
const document = indexDocument({ script: indexScript('pulse', indexes), secretArn, image });
const shell = `${JSON.parse(document).mainSteps[0].inputs.runCommand.join('\n')}\n`;

const folder = mkdtempSync(join(tmpdir(), 'stackladder-index-runner-'));
const bin = join(folder, 'bin');
const work = join(folder, 'work');
const program = join(folder, 'createIndexes.sh');
let server: Server;
let proxy: TtlProxy;

/** Stands for a program that is on the instance; notes the arguments it was called with, one a line. */
function standIn(name: string, ...lines: string[]): void {
  const file = join(bin, name);
  writeFileSync(file, ['#!/bin/sh', `printf '%s\\n' "$@" > '${join(folder, name)}.called'`, ...lines, ''].join('\n'));
  chmodSync(file, 0o755);
}

function calledWith(name: string): string[] {
  return readFileSync(join(folder, `${name}.called`), 'utf8')
    .trimEnd()
    .split('\n');
}

function runShell(): Promise<Ended> {
  return runProgram('sh', [program], { PATH: `${bin}${delimiter}${process.env.PATH}`, TMPDIR: work, HOME: folder });
}

beforeAll(async () => {
  for (const name of [bin, work]) mkdirSync(name);
  writeFileSync(program, shell);
  const mongosh = installMongosh();
  server = await startFerretdb(buildFerretdb());
  proxy = await startTtlProxy(server.url);
  // The container: mongosh with the file that was mounted, and with the variables of `docker` itself.
  standIn(
    'docker',
    'while [ "$1" != --volume ]; do shift; done',
    `file="\${2%%:*}"`,
    'while [ "$1" != --nodb ]; do shift; done',
    `stat -c 'mode %a' "$file"`,
    `exec '${mongosh}' "$1" "$2" "$3" "$file"`,
  );
}, 900_000);

beforeEach(() => {
  standIn('aws', `echo '${proxy.url}?appName=canary-4711'`);
  rmSync(join(folder, 'docker.called'), { force: true });
});

afterAll(async () => {
  await proxy?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('shellcheck finds nothing to say about the shell part of the document', () => {
  const { stdout, error } = spawnSync('shellcheck', ['--shell=sh', program], { encoding: 'utf8' });
  expect(error).toBeUndefined();
  expect(stdout).toBe('');
});

test('with stand-ins for aws and docker: mongosh creates the indexes, and the URL is in no argument and no file', async () => {
  const names = specificationsOf(indexes).map(({ collection, name }) => `${collection}.${name}`);
  for (const state of ['created', 'already there']) {
    const ended = await runShell();
    expect(ended.everything.trimEnd().split('\n')).toEqual([
      'mode 600',
      ...names.map((name) => `${name}: ${state}`),
      `16 indexes: 16 ${state}`,
    ]);
    expect(ended.exitCode).toBe(0);
    expect(ended.everything).not.toContain('canary-4711');
  }
  expect(calledWith('aws')).toEqual([
    ...['secretsmanager', 'get-secret-value', '--region', 'eu-west-1', '--secret-id', secretArn],
    ...['--query', 'SecretString', '--output', 'text'],
  ]);
  const docker = calledWith('docker');
  expect(docker.join(' ')).not.toContain('canary-4711');
  expect(docker.slice(docker.indexOf('--env'))).toEqual([
    ...['--env', 'MONGO_URL', '--env', 'HOME=/tmp'],
    ...['--volume', expect.stringMatching(/\/indexes\.js:\/indexes\.js:ro$/)],
    ...['--entrypoint', 'mongosh', image, '--nodb', '--quiet', '--norc', '/indexes.js'],
  ]);
  expect(readdirSync(work)).toEqual([]);
}, 60_000);

test('a secret that cannot be read ends it before anything runs', async () => {
  standIn('aws', 'echo AccessDeniedException >&2', 'exit 254');
  const ended = await runShell();
  expect(ended).toMatchObject({ exitCode: 254, everything: 'AccessDeniedException\n' });
  expect(existsSync(join(folder, 'docker.called'))).toBe(false);
  expect(readdirSync(work)).toEqual([]);
});
