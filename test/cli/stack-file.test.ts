import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStackFile, StackFileError } from '../../cli/offline/stack-file';
import { flagsOf } from '../../cli/commands/plan';
import { makeOfflinePlan } from '../../cli/offline/make-plan';
import { ConfigurationError } from '../../stacks/config/fault';
import type { RawConfig } from '../../stacks/config/raw';
import { checkedDraft } from '../../stacks/config/schema';
import { parseSettings } from '../settings';
import { systems } from '../../systems';
import { root } from '../stacks/config/helpers';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ladder-stack-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(...lines: string[]): RawConfig {
  const file = join(folder, 'Pulumi.it.yaml');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return readStackFile(file).config;
}

const sealed = 'secure: AAABAOQ7ciphertext';

describe('plain values', () => {
  test.each([
    ['text', 'phase: small', 'small'],
    ['a number', 'phase: 2', '2'],
    ['a fraction', 'phase: 750.5', '750.5'],
    ['true', 'phase: true', 'true'],
    ['digits in quotes', 'phase: "012345678901"', '012345678901'],
    ['a list', 'phase: [us-east-1, 2]', '["us-east-1",2]'],
    ['an object', 'phase: { api: { minSize: 2 } }', '{"api":{"minSize":2}}'],
    ['nothing', 'phase:', ''],
    ['an empty list', 'phase: []', '[]'],
    ['an empty object', 'phase: {}', '{}'],
  ])('%s is the text that Pulumi hands over', (_, line, text) => {
    expect(read('config:', `  stackladder:${line}`)).toEqual({ phase: { text, secret: false } });
  });

  test('a key without a namespace is ours, as it is to the engine', () => {
    expect(read('config:', '  phase: large')).toEqual({ phase: { text: 'large', secret: false } });
  });

  test('keys of other namespaces are left out, and one that names ours wins', () => {
    const raw = read('config:', '  aws:region: us-east-1', '  phase: large', '  stackladder:phase: small');
    expect(raw).toEqual({ phase: { text: 'small', secret: false } });
  });
});

describe('encrypted values', () => {
  test('a whole key is a secret, and its ciphertext stays in the file', () => {
    expect(read('config:', '  stackladder:owner:', `    ${sealed}`)).toEqual({
      owner: { text: '"<secret>"', secret: true },
    });
  });

  test('an object of nothing but encrypted values is a secret, and its names are known', () => {
    const raw = read('config:', '  stackladder:secrets:', `    A: { ${sealed} }`, `    B: { C: { ${sealed} } }`);
    expect(raw).toEqual({ secrets: { text: '{"A":"<secret>","B":{"C":"<secret>"}}', secret: true } });
  });

  test('a list of nothing but encrypted values is a secret', () => {
    expect(read('config:', '  stackladder:alertEmails:', `    - ${sealed}`)).toEqual({
      alertEmails: { text: '["<secret>"]', secret: true },
    });
  });

  test.each([
    ['beside an encrypted one', ['    A:', `      ${sealed}`, '    B: plain']],
    ['deeper than an encrypted one', ['    A:', `      ${sealed}`, '    B: { C: plain }']],
    ['in a list', ['    A:', `      ${sealed}`, '    B: [plain]']],
    ['that is empty', ['    A:', `      ${sealed}`, '    B: {}']],
    ['alone', ['    B: plain']],
  ])('a plain value %s: the key is no secret', (_, lines) => {
    expect(read('config:', '  stackladder:secrets:', ...lines).secrets!.secret).toBe(false);
  });

  test('no ciphertext is in what is read, wherever it stood', () => {
    const raw = read('config:', '  stackladder:secrets:', `    A: { ${sealed} }`, `    B: [x, { ${sealed} }]`);
    expect(JSON.stringify(raw)).not.toContain('ciphertext');
  });
});

describe('with the schema', () => {
  const file = (...secrets: string[]): RawConfig => ({
    ...readStackFile(join(root, 'Pulumi.prod.yaml')).config,
    ...read('config:', '  stackladder:secrets:', ...secrets),
  });

  test('encrypted secrets are taken by their names', () => {
    expect(parseSettings(file(`    STRIPE_KEY: { ${sealed} }`), systems).secretNames).toEqual(['STRIPE_KEY']);
  });

  test('single secrets are taken unseen, and refused in the open', () => {
    const prod = readStackFile(join(root, 'Pulumi.prod.yaml')).config;
    const encrypted = ['databaseUrl', 'registryCredentials', 'kubeconfig'].flatMap((key) => [
      `  stackladder:${key}:`,
      `    ${sealed}`,
    ]);
    const settings = parseSettings({ ...prod, ...read('config:', ...encrypted) }, systems);
    expect(settings.given).toEqual({
      databaseUrl: true,
      registryCredentials: true,
      kubeconfig: true,
      dnsToken: false,
      cloudflareToken: false,
    });
    const open = { ...prod, ...read('config:', '  stackladder:databaseUrl: mongodb://in-the-open') };
    expect(() => parseSettings(open, systems)).toThrow('databaseUrl = [secret] is in plain text');
    const copied = { ...prod, ...read('config:', `  stackladder:databaseUrl: '"<secret>"'`) };
    expect(() => parseSettings(copied, systems)).toThrow('databaseUrl = [secret] does not have the right form');
  });

  test('a plain one among them is refused', () => {
    const mixed = file(`    STRIPE_KEY: { ${sealed} }`, '    SMTP_PASSWORD: in-the-open');
    expect(() => parseSettings(mixed, systems)).toThrow(ConfigurationError);
    expect(() => parseSettings(mixed, systems)).toThrow('secrets.SMTP_PASSWORD');
    expect(() => parseSettings(mixed, systems)).not.toThrow('in-the-open');
  });
});

describe('files', () => {
  test.each([
    ['an empty one', ''],
    ['a comment', '# nothing yet'],
    ['one without configuration', 'secretsprovider: passphrase'],
    ['one with configuration of nothing', 'config:'],
  ])('%s has no configuration', (_, text) => {
    expect(read(text)).toEqual({});
  });

  test.each([
    ['no YAML', 'config:\n  stackladder:owner: [canary', 'cannot be read: Flow sequence'],
    [
      'a key twice',
      'config:\n  stackladder:phase: small\n  stackladder:phase: large',
      'Map keys must be unique at line 3',
    ],
    ['an alias of nothing', 'config:\n  stackladder:phase: *canary', 'cannot be read: Unresolved alias'],
    ['a list', '- config', 'must hold an object `config`'],
    ['text', 'config', 'must hold an object `config`'],
    ['a list of configuration', 'config: [stackladder:phase]', 'must hold an object `config`'],
  ])('%s is an error of one line that names the file', (_, text, said) => {
    const refused = () => read(text);
    expect(refused).toThrow(StackFileError);
    expect(refused).toThrow(said);
    expect(refused).toThrow(/^[^\n]*Pulumi\.it\.yaml[^\n]*$/);
  });

  test('what is missing in a real file is not made up: the engine would miss it too', async () => {
    read('config:', '  stackladder:system: pulse', '  stackladder:phase: small');
    const flags = flagsOf({ config: join(folder, 'Pulumi.it.yaml'), cloud: 'gcp', environment: 'prod' });
    const keys = await makeOfflinePlan(flags).catch((error: ConfigurationError) => error.faults.map(({ key }) => key));
    expect(keys).toEqual(['images.api', 'domain', 'alertEmails', 'atlasOrganizationId', 'gcp.projectId']);
  });

  test('a folder in its place is an error that says so', () => {
    expect(() => readStackFile(folder)).toThrow(StackFileError);
    expect(() => readStackFile(folder)).toThrow("is a folder: name the stack's file in it");
  });

  test('a key that objects have of themselves is a key, and none that is known', () => {
    const raw = read('config:', '  stackladder:__proto__: small', '  stackladder:constructor: 1');
    expect(Object.keys(raw)).toEqual(['__proto__', 'constructor']);
    const keys = checkedDraft(raw, systems)
      .faults()
      .map(({ key }) => key);
    expect(keys.slice(0, 2)).toEqual(['__proto__', 'constructor']);
  });

  test('what is encrypted and needed in plain text is told as that', () => {
    const of = (key: string) => {
      const raw = {
        ...readStackFile(join(root, 'Pulumi.prod.yaml')).config,
        ...read('config:', `  stackladder:${key}:`, '    secure: v1:abc'),
      };
      return checkedDraft(raw, systems).faults();
    };
    for (const key of ['owner', 'budget', 'phase', 'aws']) {
      expect(of(key)[0]).toMatchObject({ key, value: '[secret]', problem: expect.stringContaining('is encrypted') });
    }
    expect(of('secrets')[0]).toMatchObject({ mend: expect.stringContaining('--path secrets.NAME') });
  });

  test('one that is not there is an error that names it', () => {
    expect(() => readStackFile(join(folder, 'Pulumi.gone.yaml'))).toThrow('Pulumi.gone.yaml');
  });

  test.each(['dev', 'prod'])('the example of %s is right', (stack) => {
    const raw = readStackFile(join(root, `Pulumi.${stack}.yaml`)).config;
    expect(parseSettings(raw, systems)).toMatchObject({ system: 'pulse', environment: stack });
  });
});
