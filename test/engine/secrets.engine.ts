import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Lab, root } from './lab';

const canary = 'canary-3f9d2b71c04e';

/** A secret of the user's own, followed through everything that the engine and the project write down. */
describe('a secret in configuration', () => {
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab('prod');
    lab.configure('prod');
    lab.must('config', 'set', '--secret', '--path', 'stackladder:secrets.PAYMENT_KEY', canary, '--stack', lab.stack);
    // The provider's own, in its own namespace.
    lab.must('config', 'set', '--secret', 'aws:secretKey', canary, '--stack', lab.stack);
    lab.must('config', 'set', 'aws:profile', 'deploy', '--stack', lab.stack);
  });
  afterAll(() => lab.close());

  test('is in no output, state, user data, log or file in plain', () => {
    const run = lab.up('--logtostderr', '-v=9');
    expect(run.code).toBe(0);
    expect(places(run.output)).toEqual([]);
    expect(places(lab.exportState())).toEqual([]);
    expect(places(JSON.stringify(lab.outputs()))).toEqual([]);
    expect(places(lab.must('stack', 'output', '--show-secrets', '--json', '--stack', lab.stack))).toEqual([]);
    const template = lab.resources().find(({ type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate');
    expect(places(Buffer.from(String(template?.inputs.userData), 'base64').toString())).toEqual([]);
    expect(places(lab.preview('--diff').output)).toEqual([]);
    const file = join(lab.project, 'Pulumi.prod.yaml');
    expect(places(lab.ladder('plan', '--config', file, '--json'))).toEqual([]);
    expect(filesWith(lab.home)).toEqual([]);
  });

  test('did reach the secret manager, under its own name', () => {
    const revealed = JSON.parse(lab.must('stack', 'export', '--show-secrets', '--stack', lab.stack)) as {
      deployment: { resources: { type: string; urn: string; inputs: Record<string, unknown> }[] };
    };
    const versions = revealed.deployment.resources.filter(({ type }) => type.includes('secretsmanager/secretVersion'));
    const mine = versions.filter(({ inputs }) => JSON.stringify(inputs.secretString).includes(canary));
    expect(mine.map(({ urn }) => urn.split('::').pop())).toEqual([expect.stringContaining('payment-key')]);
  });

  test('did reach the provider, beside what is none', () => {
    const provider = lab.resources().find(({ type }) => type === 'pulumi:providers:aws');
    expect(provider?.inputs.profile).toBe('deploy');
    expect(provider?.inputs.secretKey).toEqual(expect.objectContaining({ ciphertext: expect.any(String) as string }));
  });

  test('given in plain is refused', () => {
    lab.configure('prod', { secrets: { PAYMENT_KEY: canary } });
    const { code, output } = lab.preview();
    expect(code).not.toBe(0);
    expect(output).toContain('--secret');
    expect(places(output)).toEqual([]);
  });
});

/** Where the canary sings in a text, with what stands around it: a failing test says where to look. */
function places(text: string): string[] {
  const encoded = Buffer.from(canary).toString('base64').slice(0, 16);
  return [canary, encoded].flatMap((form) => {
    const at = text.indexOf(form);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 80), at + 80)];
  });
}

/** Every file under a folder that holds the canary. */
function filesWith(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(root, 'node_modules')) && statSync(file).size < 1 << 26)
    .filter((file) => readFileSync(file).includes(canary));
}
