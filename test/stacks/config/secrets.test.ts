import fc from 'fast-check';
import { ConfigurationError } from '../../../stacks/config/fault';
import type { RawConfig } from '../../../stacks/config/raw';
import { parseSettings } from '../../settings';
import { schemaOf } from '../../../stacks/config/editor-schema';
import { systems } from '../../../systems';
import { errorOf, exampleWith, faultsOf, prodWith } from './helpers';

const CANARY = 'cAnAry0123456789';
const keys = Object.keys(schemaOf(systems).shape);

describe('secrets', () => {
  test('only their names get into the settings', () => {
    const settings = parseSettings(
      prodWith({ secrets: { STRIPE_KEY: CANARY, SMTP_PASSWORD: CANARY } }, ['secrets']),
      systems,
    );
    expect(settings.secretNames).toEqual(['STRIPE_KEY', 'SMTP_PASSWORD']);
    expect(JSON.stringify(settings)).not.toContain(CANARY);
  });

  test('a secret of any other key is taken as it is', () => {
    const settings = parseSettings(prodWith({ owner: 'platform' }, ['owner']), systems);
    expect(settings.owner).toBe('platform');
  });

  test('a wrong value of a secret is not shown, nor what it is near to', () => {
    const fault = faultsOf(prodWith({ phase: 'larg' }, ['phase']))[0]!;
    expect(fault).toMatchObject({ key: 'phase', value: '[secret]', nearest: undefined });
    expect(fault.mend).not.toContain('large');
  });

  test('a secret in an environment variable would be written in plain text, so it is refused', () => {
    const overrides = { services: { api: { environment: { GREETING: CANARY } } } };
    const { faults, message } = errorOf(prodWith({ overrides }, ['overrides']));
    expect(faults.map((fault) => fault.key)).toEqual(['overrides.services.api.environment.GREETING']);
    expect(message).toContain('pulumi config set --secret --path secrets.GREETING');
    expect(message).not.toContain(CANARY);
  });

  test.each([
    ['text that is no JSON', { secrets: CANARY }, ['secrets']],
    ['broken JSON', { secrets: `{"STRIPE_KEY": "${CANARY}"` }, ['secrets']],
    ['an unknown key that sounds like a secret', { databasePassword: CANARY }, []],
    ['an unknown key with a secret inside', { database: { password: CANARY } }, []],
    ['a URL with a password', { domain: `https://user:${CANARY}@api.example.com` }, []],
    [
      'a URL with a password in a variable',
      { overrides: { services: { api: { environment: { PROXY: `http://u:${CANARY}@h` } } } } },
      [],
    ],
    ['the name of an image', { images: { [CANARY]: 'nginx:1' } }, ['images']],
    ['an empty secret beside another', { secrets: { A: '', B: CANARY } }, ['secrets']],
    [
      'a key that stands alone',
      { kubeconfig: CANARY, databaseUrl: `mysql://${CANARY}`, registryCredentials: CANARY },
      [],
    ],
    ['a private key for a fingerprint', { digitalocean: { sshKeys: [`-----BEGIN PRIVATE KEY-----${CANARY}`] } }, []],
    ['a number', { secrets: { PIN: CANARY.length, B: { inner: CANARY } } }, ['secrets']],
  ])('%s: refused without a word of it', (_, changes, secretKeys) => {
    expect(errorOf(prodWith(changes, secretKeys)).message).not.toContain(CANARY);
  });
});

describe('a secret section', () => {
  const canary = 'canary0123';
  const hours = { timezone: 'UTC', days: [1] };

  test.each([
    ['a domain that holds nothing', { cloud: 'digitalocean', digitalocean: { dnsDomain: `${canary}.example.org` } }],
    ['a host that lies nowhere', { cloud: 'digitalocean', domain: `${canary}.example.org` }],
    ['a region of nobody', { cloud: 'gcp', gcp: { projectId: 'pulse-prod', regions: [`us-${canary}`] } }],
    ['a zone of nobody', { zones: [`us-east-1-${canary}`] }],
    ['a machine of nobody', { overrides: { services: { api: { machine: canary } }, cache: { nodeType: canary } } }],
    [
      'a pod above its limit',
      { compute: 'kubernetes', overrides: { services: { api: { pod: { cpuLimit: '123m' } } } } },
    ],
    ['a tier of nobody', { overrides: { database: { tier: canary, maxTier: canary } } }],
    [
      'nodes of nobody',
      { compute: 'kubernetes', overrides: { cluster: { machine: canary, minNodes: 9, maxNodes: 8 } } },
    ],
    ['a zone of nobody in front', { cloudflare: { zoneId: '0'.repeat(32), zoneName: `${canary}.example.org` } }],
    ['hours that end before they begin', { environment: 'dev', offHours: { ...hours, from: '12:34', to: '08:00' } }],
  ])('%s: refused without a word of it', (_, changes) => {
    const sealed = Object.keys(changes).filter((key) => !['cloud', 'compute', 'environment'].includes(key));
    const { message } = errorOf(prodWith(changes, sealed));
    expect(message).not.toMatch(/canary|123m|\b9\b|12:34/);
  });
});

test.each([
  ['a class of nobody', { relational: { instanceClass: 'canary0123' } }],
  ['a node of nobody', { broker: { nodeType: 'canary0123' } }],
  ['a ceiling without room', { relational: { storageGb: 4321, maxStorageGb: 4322 } }],
  ['a version of nobody', { relational: { engineVersion: '43' } }],
  ['shards of a broker', { broker: { shards: 4321 } }],
  ['a worker above its most', { workers: { 'email-worker': { minSize: 43 } } }],
])('secret overrides, %s: refused without a word of it', (_, overrides) => {
  const { message } = errorOf(exampleWith('sv-sdk-prod', { overrides }, ['overrides']));
  expect(message).not.toMatch(/canary|\b43/);
});

/** JSON with the canary in it somewhere, or nearly a value that would be right. */
const sealedText = fc.oneof(
  fc.constantFrom(CANARY, `["${CANARY}"]`, `[1, "${CANARY}"]`, `{"api": "${CANARY}"}`, `{"A": ["${CANARY}"]}`),
  fc
    .string()
    .map((text) => JSON.stringify({ services: { api: { machine: CANARY + text, environment: { X: CANARY } } } })),
  fc.string().map((text) => JSON.stringify({ [CANARY + text]: text, network: { vpcId: CANARY, [CANARY]: 1 } })),
  fc.constantFrom('a', 'z', '1').map((end) => `["us-east-1${end}${CANARY}"]`),
);
const anyText = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constantFrom('prod', 'large', '3', 'aws', '__proto__', 'null', '-0', '1e999'),
);
const anyKey = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: fc.string() });

describe('whatever is configured', () => {
  test('settings, or one ConfigurationError with faults', () => {
    fc.assert(
      fc.property(fc.dictionary(anyKey, fc.record({ text: anyText, secret: fc.boolean() })), (changes) => {
        outcome({ ...prodWith({}), ...changes });
      }),
      { numRuns: 300 },
    );
  });

  test('a secret’s value is in no message', () => {
    fc.assert(
      fc.property(fc.dictionary(anyKey, sealedText, { minKeys: 1 }), (texts) => {
        const sealed = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { text, secret: true }]));
        // The names in `secrets` are no secrets: the message, the plan and the stack's file show them.
        fc.pre(!new RegExp(`"${CANARY}[^"]*":`).test(texts.secrets ?? ''));
        expect(outcome({ ...prodWith({}), ...sealed })).not.toContain(CANARY);
      }),
      { numRuns: 300 },
    );
  });
});

/** The message of a configuration, empty where it is right. */
function outcome(raw: RawConfig): string {
  try {
    parseSettings(raw, systems);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).faults.length).toBeGreaterThan(0);
    return (error as ConfigurationError).message;
  }
}
