import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { SecretVault, type SecretVaultArgs } from '../../../components/digitalocean/secrets/vault';
import { LockedKey } from '../../../components/digitalocean/ssh/locked-key';
import { all, counts, messageOf, one } from '../recorded';

const args: SecretVaultArgs = { region: 'nyc3', readerAddresses: [pulumi.output('1.2.3.4')], protect: true };
const bucketType = 'digitalocean:index/spacesBucket:SpacesBucket';
const objectType = 'digitalocean:index/spacesBucketObject:SpacesBucketObject';
const policyType = 'digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy';

function recordVault(change: Partial<SecretVaultArgs> = {}) {
  return record(() => {
    const vault = new SecretVault('pulse-prod-vault', { ...args, ...change });
    // Even what nobody marked is a secret once it is kept.
    return { url: vault.keep('redis-url', 'rediss://canary'), other: vault.keep('key', pulumi.secret('canary')) };
  });
}

test('a secret is a private object, a secret in the state, at a path that nobody can guess', async () => {
  const recording = await recordVault();
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:SecretVault': 1,
    [bucketType]: 1,
    [policyType]: 1,
    [objectType]: 2,
    'random:index/randomId:RandomId': 1,
  });
  expect(all(recording, objectType).map(({ inputs }) => [inputs.acl, inputs.content])).toEqual([
    ['private', '<secret>'],
    ['private', '<secret>'],
  ]);
  expect(JSON.stringify(recording)).not.toContain('canary');
  const path = '<unknown:pulse-prod-vault-path.hex>';
  expect(recording.outputs.url).toBe(`https://<unknown:pulse-prod-vault.bucketDomainName>/${path}/redis-url`);
});

test('the bucket answers the gateways alone, and is kept', async () => {
  const recording = await recordVault();
  const policy = JSON.parse(one(recording, policyType).inputs.policy as string) as { Statement: object[] };
  expect(policy.Statement).toMatchObject([
    { Action: 's3:GetObject', Condition: { IpAddress: { 'aws:SourceIp': ['1.2.3.4/32'] } } },
  ]);
  expect(one(recording, bucketType)).toMatchObject({
    protect: true,
    inputs: { acl: 'private', versioning: { enabled: true } },
  });
});

test('without a gateway nobody reads: there is no policy at all', async () => {
  expect(all(await recordVault({ readerAddresses: [] }), policyType)).toEqual([]);
});

test('a region without Spaces has no vault', () => {
  expect(messageOf(() => new SecretVault('vault', { ...args, region: 'nyc1' }))).toMatch(
    /region: "nyc1" must be one of/,
  );
});

test('a key that opens nothing is of random bytes, and nothing of it is secret', async () => {
  const recording = await record(() => ({ fingerprint: new LockedKey('pulse-prod-locked-key').fingerprint }));
  expect(one(recording, 'random:index/randomId:RandomId').inputs).toEqual({ byteLength: 32 });
  expect(one(recording, 'digitalocean:index/sshKey:SshKey').inputs.publicKey).toMatch(
    /^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\S+ pulse-prod-locked-key$/,
  );
});
