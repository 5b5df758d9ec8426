import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startupScript } from '../../../components/gcp/managed-group/startup-script';
import { filesOf } from './script-files';

const run = promisify(execFile);
const script = startupScript({
  image: 'us-central1-docker.pkg.dev/p/pulse/api:1.4.2',
  command: [],
  parts: [],
  port: 8081,
  environment: { HOSTILE: `it's "100 %" $HOME $(id) \\` },
  secrets: { MONGO_URL: 'projects/p/secrets/mongo', EMPTY: 'projects/p/secrets/empty' },
  trustedCertificates: 'PEM\n',
  drainSeconds: 30,
  readOnlyRootFilesystem: true,
});
const fileOf = (end: string) => filesOf(script).find(({ path }) => path.endsWith(end))!.content;

/** Google's metadata server and Secret Manager, as the scripts ask them; what they were asked is kept. */
let google: Server;
let folder: string;
const asked: { url: string; authorization?: string; flavor?: string }[] = [];
const value = `mongodb+srv://user:p%40ss@host/?a=b&c="d" $HOME`;

beforeAll(async () => {
  google = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push({
      url,
      authorization: headers.authorization,
      flavor: headers['metadata-flavor'] as string | undefined,
    });
    const data = url.includes('/mongo/') ? Buffer.from(value).toString('base64') : '';
    const answer = url.endsWith('/token') ? { access_token: 'canary-4711' } : { payload: { data } };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => google.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'startup-'));
  mkdirSync(join(folder, 'bin'));
  // The real curl, led to the server above instead of to Google.
  const { port } = google.address() as AddressInfo;
  const curl = execFileSync('which', ['curl'], { encoding: 'utf8' }).trim();
  writeFileSync(
    join(folder, 'bin', 'curl'),
    `#!/bin/bash\nargs=("$@")\nlast="\${args[-1]}"\nargs[-1]="http://127.0.0.1:${port}/\${last#*//}"\nexec ${curl} "\${args[@]}"\n`,
  );
  chmodSync(join(folder, 'bin', 'curl'), 0o755);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => google.close(resolve));
});

/** Runs a script as the unit does; the exit code and what it said. */
async function ran(content: string): Promise<{ code: number; said: string }> {
  const path = join(folder, 'script');
  writeFileSync(path, content, { mode: 0o755 });
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, RUNTIME_DIRECTORY: folder };
  try {
    const { stdout, stderr } = await run('bash', [path], { env });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

test('bash takes the startup script and every script in it', async () => {
  const scripts = [script, ...filesOf(script).flatMap(({ mode, content }) => (mode === '0755' ? [content] : []))];
  expect(scripts).toHaveLength(4);
  for (const content of scripts) {
    const path = join(folder, 'checked');
    writeFileSync(path, content);
    await expect(run('bash', ['-n', path])).resolves.toEqual({ stdout: '', stderr: '' });
  }
});

test('the script writes its files as they were meant', async () => {
  const root = mkdtempSync(join(tmpdir(), 'root-'));
  // The part that writes, into a folder of the test instead of the machine's own.
  const writing = script
    .slice(0, script.indexOf('\nif ! command -v docker'))
    .replaceAll(/^put (\d+) '/gm, `put $1 '${root}`);
  expect((await ran(writing)).code).toBe(0);
  for (const { path, mode, content } of filesOf(script)) {
    expect(readFileSync(join(root, path), 'utf8')).toBe(content);
    expect((statSync(join(root, path)).mode & 0o777).toString(8)).toBe(String(Number(mode)));
  }
  rmSync(root, { recursive: true });
});

test('secrets reach the file for the container as they are, and the token is gone', async () => {
  const fetching = fileOf('fetch-secrets').replace(/^fetch 'EMPTY'.*\n/m, '');
  const { code, said } = await ran(fetching);
  expect([code, said]).toEqual([0, '']);
  expect(readFileSync(join(folder, 'secrets.env'), 'utf8')).toBe(`MONGO_URL=${value}\n`);
  expect((statSync(join(folder, 'secrets.env')).mode & 0o777).toString(8)).toBe('600');
  expect(() => statSync(join(folder, 'header'))).toThrow('ENOENT');
  expect(asked.map(({ url }) => url)).toEqual([
    '/metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token',
    '/secretmanager.googleapis.com/v1/projects/p/secrets/mongo/versions/latest:access',
  ]);
  expect(asked[0]!.flavor).toBe('Google');
  expect(asked[1]!.authorization).toBe('Bearer canary-4711');
});

test('a secret that holds nothing stops the start, by its variable', async () => {
  const { code, said } = await ran(fileOf('fetch-secrets'));
  expect(code).not.toBe(0);
  expect(said).toContain('the secret of EMPTY holds no text, or more than one line');
});
