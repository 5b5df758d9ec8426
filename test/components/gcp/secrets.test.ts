import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { StoredSecret } from '../../../components/gcp/secrets/stored-secret';
import { counts, messageOf, one } from '../recorded';

const args = {
  value: 'canary-4711',
  description: 'For the API',
  recoveryDays: 30,
  deletionProtection: true,
  protect: true,
  labels: { system: 'pulse' },
};

test('a secret and its value, which nobody sees', async () => {
  const recording = await record(() => ({ id: new StoredSecret('pulse-prod-jwt', args).id }));
  expect(counts(recording)).toEqual({
    'stackladder:gcp:StoredSecret': 1,
    'gcp:secretmanager/secret:Secret': 1,
    'gcp:secretmanager/secretVersion:SecretVersion': 1,
  });
  const secret = one(recording, 'gcp:secretmanager/secret:Secret');
  expect(secret.inputs).toEqual({
    secretId: 'pulse-prod-jwt',
    replication: { auto: {} },
    versionDestroyTtl: '2592000s',
    deletionProtection: true,
    annotations: { description: 'For the API' },
    labels: { system: 'pulse' },
  });
  expect(secret.protect).toBe(true);
  expect(one(recording, 'gcp:secretmanager/secretVersion:SecretVersion').inputs).toEqual({
    secret: '<unknown:pulse-prod-jwt.id>',
    secretData: '<secret>',
  });
  expect(JSON.stringify(recording)).not.toContain('canary-4711');
});

test('an output that was not marked is a secret here, and without days nothing is kept back', async () => {
  const recording = await record(() => {
    new StoredSecret('s', { ...args, value: pulumi.output('canary-4711'), recoveryDays: 0, protect: false });
  });
  expect(one(recording, 'gcp:secretmanager/secretVersion:SecretVersion').inputs.secretData).toBe('<secret>');
  expect(one(recording, 'gcp:secretmanager/secret:Secret').inputs).not.toHaveProperty('versionDestroyTtl');
});

test('all faults in one message', () => {
  expect(messageOf(() => new StoredSecret('s', { ...args, recoveryDays: 1001, description: ' ' })).split('\n')).toEqual(
    [
      'StoredSecret "s" cannot be created:',
      '  recoveryDays: 1001 must be a whole number from 0 to 1000',
      '  description: must say what the secret is for',
    ],
  );
});
