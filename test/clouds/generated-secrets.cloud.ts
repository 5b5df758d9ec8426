import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudName } from '../../plan/vocabulary';
import { Lab } from '../engine/lab';
import { svSdkImages } from './images';

const keys: Partial<Record<CloudName, Record<string, unknown>>> = {
  gcp: { gcp: { projectId: 'sv-sdk-engine-test', dnsZone: 'sv-sdk' } },
};

/** Passwords that an update makes: of the database, the cache and the broker, and a secret of the user's own. */
describe.each(['aws', 'gcp', 'digitalocean', 'kubernetes'] as const)('secrets of SV-SDK on %s', (cloud) => {
  const canary = 'canary-5b81e07d44aa';
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab('prod');
    lab.configure('prod', { system: 'sv-sdk', cloud, images: svSdkImages, ...keys[cloud] });
    lab.must('config', 'set', '--secret', '--path', 'stackladder:secrets.PAYMENT_KEY', canary, '--stack', lab.stack);
  });
  afterAll(() => lab.close());

  test('are in no output, state, log or file in plain', () => {
    const run = lab.up('--logtostderr', '-v=9');
    if (run.code !== 0) throw new Error(run.output.slice(-4_000));
    const made = [canary, ...generated(lab)];
    const shown = {
      log: run.output,
      state: lab.exportState(),
      outputs: lab.must('stack', 'output', '--show-secrets', '--json', '--stack', lab.stack),
      preview: lab.preview('--diff').output,
    };
    for (const [where, text] of Object.entries(shown)) {
      const found = made.filter((secret) => forms(secret).some((form) => text.includes(form)));
      expect([where, found.length]).toEqual([where, 0]);
    }
    expect(filesWith(lab.home, made)).toEqual([]);
  });
});

/** Passwords that the engine knows, read out of its own record on purpose. */
function generated(lab: Lab): string[] {
  const revealed = JSON.parse(lab.must('stack', 'export', '--show-secrets', '--stack', lab.stack)) as {
    deployment: { resources: { type: string; outputs?: { result?: unknown; password?: unknown } }[] };
  };
  const values = revealed.deployment.resources
    .filter(({ type }) => /randomPassword|databaseUser|databaseCluster/.test(type))
    .flatMap(({ outputs }) => [outputs?.result, outputs?.password])
    .map((value) => {
      // A secret in a revealed record is an envelope around its JSON text.
      const inside = (value as { plaintext?: string } | undefined)?.plaintext;
      return inside === undefined ? value : (JSON.parse(inside) as unknown);
    })
    .filter((value): value is string => typeof value === 'string' && value.length >= 12);
  expect(values.length).toBeGreaterThan(0);
  return values;
}

const forms = (secret: string): string[] => [secret, Buffer.from(secret).toString('base64').slice(0, 16)];

/**
 * Files that hold a secret. The lab's own log of events is left out: asked for by it alone (`--event-log`, a switch for the
 * engine's developers), it has what Pulumi's SDK says in debug, answers of providers among it.
 */
function filesWith(folder: string, secrets: string[]): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => !file.includes('node_modules') && !/events-\d+\.json$/.test(file) && statSync(file).size < 1 << 26,
    )
    .filter((file) => {
      const content = readFileSync(file);
      return secrets.some((secret) => content.includes(secret));
    });
}
