import { CloudError, problem } from '../model/errors';
import { alphanumeric, uuid } from '../model/ids';
import { number, text } from '../model/reading';
import type { Cloud } from '../model/cloud';
import type { Making, ResourceType } from '../model/resource-type';
import { aws, exactlyOne, named, toKey } from './parts';

const DAY = 24 * 3600 * 1000;
/** Secrets Manager's limit of one value, in bytes. */
const VALUE_BYTES = 65536;

export const secret: ResourceType = {
  token: aws('secretsmanager', 'Secret'),
  naming: named(512, {
    pattern: /^[\w/+=.@-]+$/,
    rule: 'ValidationException: a name holds letters, digits and /_+=.@-',
    taken: {
      code: 'ResourceExistsException',
      sentence: (name) => `The operation failed because the secret ${name} already exists.`,
    },
  }),
  references: [toKey('kmsKeyId')],
  replaceOn: ['name', 'namePrefix'],
  sets: ['replicas'],
  keeps: ['policy', 'replicas'],
  computed: ['arn', 'tagsAll'],
  defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  check: (inputs) => {
    const days = number(inputs, 'recoveryWindowInDays');
    if (days === undefined || days === 0 || (days >= 7 && days <= 30)) return [];
    return [
      problem('recoveryWindowInDays', `expected recoveryWindowInDays to be 0 or in the range (7 - 30), got ${days}`),
    ];
  },
  create: ({ inputs, cloud }: Making) => {
    const name = text(inputs, 'name') ?? '';
    if (cloud.leftBehind('reserved-name', secret.token, name)) {
      const sentence =
        "You can't create this secret because a secret with this name is already scheduled for deletion.";
      throw new CloudError('InvalidRequestException', sentence);
    }
    const arn = cloud.arn('secretsmanager', `secret:${name}-${alphanumeric(6)}`);
    return { id: arn, state: { arn } };
  },
  remove: (record, cloud: Cloud) => {
    const days = number(record.inputs, 'recoveryWindowInDays') ?? 30;
    if (days === 0) return;
    const until = new Date(Date.now() + days * DAY).toISOString();
    cloud.leave({ kind: 'reserved-name', type: record.type, name: text(record.inputs, 'name') ?? '', until });
  },
};

const values = ['secretBinary', 'secretString', 'secretStringWo'];

export const secretVersion: ResourceType = {
  token: aws('secretsmanager', 'SecretVersion'),
  required: ['secretId'],
  references: [{ path: 'secretId', to: [secret.token], error: 'ResourceNotFoundException' }],
  replaceOn: ['secretBinary', 'secretId', 'secretString'],
  sets: ['versionStages'],
  keeps: ['versionStages'],
  secrets: values,
  computed: ['arn', 'hasSecretStringWo', 'secretArn', 'versionId', 'versionStages'],
  check: (inputs) => {
    const value = text(inputs, 'secretString') ?? '';
    const tooLong = Buffer.byteLength(value) > VALUE_BYTES;
    return [
      ...exactlyOne(inputs, values),
      ...(tooLong ? [problem('secretString', `ValidationException: a value has at most ${VALUE_BYTES} bytes`)] : []),
    ];
  },
  create: ({ inputs, cloud }) => {
    const asked = text(inputs, 'secretId') ?? '';
    const arn = cloud.find([secret.token], asked)?.id ?? asked;
    const versionId = uuid();
    return {
      id: `${arn}|${versionId}`,
      state: {
        arn,
        hasSecretStringWo: inputs.secretStringWo !== undefined,
        secretArn: arn,
        versionId,
        ...(inputs.versionStages === undefined ? { versionStages: ['AWSCURRENT'] } : {}),
      },
    };
  },
};

/** Has a function make new values by the calendar, which must be let in to do so. */
export const secretRotation: ResourceType = {
  token: aws('secretsmanager', 'SecretRotation'),
  required: ['secretId'],
  references: [
    { path: 'secretId', to: [secret.token], error: 'ResourceNotFoundException' },
    { path: 'rotationLambdaArn', to: [aws('lambda', 'Function')], error: 'ResourceNotFoundException' },
  ],
  replaceOn: ['secretId'],
  computed: ['rotationEnabled'],
  defaults: { rotateImmediately: true },
  check: (inputs) => {
    const days = number(inputs, 'rotationRules.automaticallyAfterDays');
    if (days === undefined || (days >= 1 && days <= 1000)) return [];
    return [problem('rotationRules', `expected automaticallyAfterDays to be in the range (1 - 1000), got ${days}`)];
  },
  create: ({ inputs, cloud }) => {
    const lambda = cloud.find([aws('lambda', 'Function')], text(inputs, 'rotationLambdaArn') ?? '');
    const allowed = cloud
      .all(aws('lambda', 'Permission'))
      .some(
        (permission) =>
          [lambda?.id, text(lambda?.state, 'arn')].includes(text(permission.inputs, 'function')) &&
          text(permission.inputs, 'principal') === 'secretsmanager.amazonaws.com',
      );
    if (!allowed) {
      const sentence = 'Secrets Manager cannot invoke the specified Lambda function.';
      throw new CloudError('AccessDeniedException', sentence);
    }
    return { id: text(inputs, 'secretId') ?? '', state: { rotationEnabled: true } };
  },
};

export const secretsmanager = [secret, secretVersion, secretRotation];
