import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { StoredSecret, replicaArn } from '../../../components/aws/secrets/stored-secret';
import { counts, messageOf, one, parentName } from '../recorded';

const args = { value: 'canary-4711', description: 'For the API', recoveryDays: 30, protect: true };

test('a secret and its value, which nobody sees', async () => {
  const recording = await record(() => {
    const secret = new StoredSecret('pulse-prod-jwt', {
      ...args,
      region: 'us-east-1',
      replicaRegions: ['us-west-2'],
      tags: { System: 'pulse' },
    });
    return { arn: secret.arn };
  });
  expect(counts(recording)).toEqual({
    'stackladder:aws:StoredSecret': 1,
    'aws:secretsmanager/secret:Secret': 1,
    'aws:secretsmanager/secretVersion:SecretVersion': 1,
  });
  const secret = one(recording, 'aws:secretsmanager/secret:Secret');
  expect(secret.inputs).toEqual({
    region: 'us-east-1',
    description: 'For the API',
    recoveryWindowInDays: 30,
    replicas: [{ region: 'us-west-2' }],
    tags: { System: 'pulse' },
  });
  expect(secret.protect).toBe(true);
  const version = one(recording, 'aws:secretsmanager/secretVersion:SecretVersion');
  expect(version.inputs).toEqual({
    region: 'us-east-1',
    secretId: '<unknown:pulse-prod-jwt.arn>',
    secretString: '<secret>',
  });
  expect([secret, version].map(parentName)).toEqual(['pulse-prod-jwt', 'pulse-prod-jwt']);
  expect(recording.outputs).toEqual({ arn: '<unknown:pulse-prod-jwt.arn>' });
  expect(JSON.stringify(recording)).not.toContain('canary-4711');
});

test('an output that was not marked as a secret is one here', async () => {
  const recording = await record(() => {
    new StoredSecret('pulse-dev-jwt', {
      ...args,
      value: pulumi.output('canary-4711'),
      recoveryDays: 0,
      protect: false,
    });
  });
  expect(one(recording, 'aws:secretsmanager/secretVersion:SecretVersion').inputs.secretString).toBe('<secret>');
  expect(one(recording, 'aws:secretsmanager/secret:Secret').protect).toBe(false);
});

test('all faults in one message, and nothing is created', async () => {
  let message = '';
  const recording = await record(() => {
    message = messageOf(
      () =>
        new StoredSecret('s', {
          ...args,
          region: 'us-east-1',
          recoveryDays: 3,
          description: ' ',
          replicaRegions: ['us-east-1', 'us-east-1'],
        }),
    );
  });
  expect(message.split('\n')).toEqual([
    'StoredSecret "s" cannot be created:',
    '  recoveryDays: 3 must be 0 or a whole number from 7 to 30',
    '  description: must say what the secret is for',
    '  replicaRegions: us-east-1 has the secret itself',
    '  replicaRegions: "us-east-1" stands there more than once',
  ]);
  expect(recording.resources).toEqual([]);
});

test('the replica has the same ARN but for the region', () => {
  expect(replicaArn('arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b1C2d3', 'us-west-2')).toBe(
    'arn:aws:secretsmanager:us-west-2:123456789012:secret:a-b1C2d3',
  );
  expect(() => replicaArn('arn:aws:s3:::bucket', 'us-west-2')).toThrow(
    'arn:aws:s3:::bucket is not the ARN of a secret',
  );
});
