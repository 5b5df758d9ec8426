import { makeOfflinePlan } from '../../../cli/offline/make-plan';
import type { CloudName, Compute } from '../../../plan/vocabulary';
import { ConfigurationError } from '../../../stacks/config/fault';
import { SEALED } from '../../../stacks/config/sealed';
import { byPackage, type RawProviders } from '../../../stacks/providers/raw';

/** Keys of a stack as the engine has them; what begins with `secret ` is encrypted. */
function given(keys: Record<string, string>): RawProviders {
  return byPackage(
    Object.entries(keys).map(([key, text]) => {
      const secret = text.startsWith('secret ');
      return [key, { text: secret ? text.slice('secret '.length) : text, secret }];
    }),
  );
}

const plan = (cloud: CloudName, keys: Record<string, string>, compute?: Compute) =>
  makeOfflinePlan({ system: 'pulse', phase: 'small', cloud, compute, environment: 'prod', providers: given(keys) });

/** What a refused plan says. */
const refusal = (...given: Parameters<typeof plan>): Promise<string> =>
  plan(...given).then(
    () => '',
    (error: unknown) => (error instanceof ConfigurationError ? error.message : String(error)),
  );

/** Inputs that the provider of a package is made with. */
async function provider(cloud: CloudName, keys: Record<string, string>): Promise<Record<string, unknown>> {
  const { resources } = await plan(cloud, keys);
  return resources.find(({ type }) => type === `pulumi:providers:${cloud}`)!.inputs;
}

test('a provider gets its own configuration, each value of its kind', async () => {
  const endpoints = [{ s3: 'http://localhost:4566', ec2: 'http://localhost:4566' }];
  const made = await provider('aws', {
    'aws:profile': 'deploy',
    'aws:maxRetries': '3',
    'aws:s3UsePathStyle': 'true',
    'aws:endpoints': JSON.stringify(endpoints),
    'aws:region': 'us-east-1',
    'random:seed': 'of no provider here',
  });
  // A provider's inputs travel as text.
  expect(made).toMatchObject({ profile: 'deploy', maxRetries: '3', s3UsePathStyle: 'true', region: 'us-east-1' });
  expect(JSON.parse(made.endpoints as string)).toEqual(endpoints);
});

test.each<[CloudName, Record<string, string>, Record<string, unknown>]>([
  ['gcp', { 'gcp:impersonateServiceAccount': 'deploy@p.iam.gserviceaccount.com' }, { impersonateServiceAccount: /^d/ }],
  ['gcp', { 'gcp:storageCustomEndpoint': 'http://localhost:4443/' }, { storageCustomEndpoint: /4443/ }],
  ['gcp', { 'gcp:credentials': '/home/me/key.json' }, { credentials: /key.json/ }],
  [
    'gcp',
    { 'gcp:externalCredentials': 'secret {"audience":"a","identityToken":"t"}' },
    { externalCredentials: /^<secret>$/ },
  ],
  ['digitalocean', { 'digitalocean:token': 'secret dop_v1' }, { token: /^<secret>$/ }],
  ['digitalocean', { 'digitalocean:spacesSecretKey': 'secret k' }, { spacesSecretKey: /^<secret>$/ }],
  ['digitalocean', { 'digitalocean:requestsPerSecond': '2' }, { requestsPerSecond: /^2$/ }],
])('on %s %p reaches it', async (cloud, keys, expected) => {
  const made = await provider(cloud, keys);
  for (const [key, form] of Object.entries(expected)) expect(made[key]).toMatch(form as RegExp);
});

test.each<[string, CloudName, Record<string, string>, string[]]>([
  [
    'another region',
    'aws',
    { 'aws:region': 'eu-west-1' },
    ['aws:region = "eu-west-1"', 'us-east-1', 'stackladder:regions'],
  ],
  ['another project', 'gcp', { 'gcp:project': 'other' }, ['gcp:project', 'stackladder:gcp.projectId']],
  ['a zone', 'gcp', { 'gcp:zone': 'us-central1-a' }, ['gcp:zone', 'stackladder:zones', 'pulumi config rm gcp:zone']],
  ['a typo', 'aws', { 'aws:profil': 'x' }, ['aws:profil = "x" is not a key', 'Nearest: aws:profile']],
  ['a name of objects', 'aws', { 'aws:__proto__': 'x', 'aws:constructor': 'x' }, ['aws:__proto__', 'aws:constructor']],
  ['no number', 'aws', { 'aws:maxRetries': 'often' }, ['aws:maxRetries = "often" is not a number']],
  ['no flag', 'aws', { 'aws:insecure': 'yes' }, ['aws:insecure = "yes" is not true or false']],
  ['no list', 'aws', { 'aws:assumeRoles': 'arn:aws:iam::1:role/r' }, ['aws:assumeRoles', 'is not a list or an object']],
  ['a secret in plain', 'aws', { 'aws:secretKey': 'abc' }, ['aws:secretKey = [secret]', '--secret aws:secretKey']],
  ['a key of an account in plain', 'gcp', { 'gcp:credentials': '{"private_key":"x"}' }, ['--secret gcp:credentials']],
  [
    'a token inside of an object in plain',
    'aws',
    { 'aws:assumeRoleWithWebIdentity': '{"roleArn":"arn:aws:iam::1:role/r","webIdentityToken":"abc"}' },
    ["--secret --path 'aws:assumeRoleWithWebIdentity.webIdentityToken'"],
  ],
  ['a proxy with its password', 'aws', { 'aws:httpProxy': 'http://u:p4ss@proxy' }, ['--secret aws:httpProxy']],
  ["a cluster's kubeconfig", 'kubernetes', { 'kubernetes:kubeconfig': 'secret k' }, ['stackladder:kubeconfig']],
  ['a namespace', 'kubernetes', { 'kubernetes:namespace': 'x' }, ['kubernetes:namespace', 'is decided by the stack']],
])('%s is refused', async (_, cloud, keys, words) => {
  const message = await refusal(cloud, keys);
  for (const word of words) expect(message).toContain(word);
  expect(message).not.toMatch(/p4ss|abc|private_key/);
});

test.each<[CloudName, Record<string, string>]>([
  ['aws', { 'gcp:zone': 'us-central1-a', 'gcp:project': 'other', 'kubernetes:kubeconfig': 'secret k' }],
  ['gcp', { 'aws:region': 'eu-west-1', 'aws:allowedAccountIds': '["123456789012"]' }],
])('on %s, of a cloud that the stack is not on it may say what it likes: %p', async (cloud, keys) => {
  expect(await refusal(cloud, keys, 'instances')).toBe('');
});

test('its faults stand in one message with those of the stack', async () => {
  const config = { phase: { text: 'lage', secret: false } };
  const providers = given({ 'aws:profil': 'x' });
  const made = makeOfflinePlan({ system: 'pulse', cloud: 'aws', environment: 'dev', config, providers } as never);
  await expect(made).rejects.toThrow(/2 faults[^]*phase[^]*aws:profil/);
});

test('a value that stays encrypted offline has no form to be wrong in', async () => {
  expect(await provider('aws', { 'aws:assumeRoles': `secret ${SEALED}` })).toMatchObject({ region: 'us-east-1' });
});

test.each<[CloudName, string, string]>([
  ['aws', 'aws:assumeRoles', '[{"roleArn":"arn:aws:iam::123456789012:role/deploy"}]'],
  ['aws', 'aws:sharedCredentialsFiles', '["/home/me/credentials"]'],
  ['gcp', 'gcp:impersonateServiceAccount', 'deploy@p.iam.gserviceaccount.com'],
  ['digitalocean', 'digitalocean:token', 'secret dop_v1'],
])(
  'an identity on %s that a cluster is not opened with is refused where there is one: %s',
  async (cloud, key, value) => {
    expect(await refusal(cloud, { [key]: value }, 'instances')).toBe('');
    expect(await refusal(cloud, { [key]: value }, 'kubernetes')).toContain(`${key} `);
  },
);
