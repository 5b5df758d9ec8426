import { uuid } from '../model/ids';
import { text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { aws, between, json, named } from './parts';

export const key: ResourceType = {
  token: aws('kms', 'Key'),
  enumerations: {
    keyUsage: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'],
  },
  replaceOn: ['customKeyStoreId', 'customerMasterKeySpec', 'keyUsage', 'multiRegion', 'xksKeyId'],
  keeps: ['policy', 'multiRegion', 'description', 'rotationPeriodInDays'],
  computed: ['arn', 'keyId', 'tagsAll'],
  defaults: {
    customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: 'ENCRYPT_DECRYPT',
  },
  check: (inputs) => [
    ...between(inputs, 'deletionWindowInDays', 7, 30),
    ...between(inputs, 'rotationPeriodInDays', 90, 2560),
    ...json(inputs, 'policy', 'MalformedPolicyDocumentException'),
  ],
  create: ({ cloud }) => {
    const id = uuid();
    return { id, state: { arn: cloud.arn('kms', `key/${id}`), keyId: id } };
  },
};

export const alias: ResourceType = {
  token: aws('kms', 'Alias'),
  naming: named(256, {
    prefix: 'alias/',
    pattern: /^alias\/(?!aws\/)[\w/-]+$/,
    rule: 'name must begin with alias/ and hold letters, digits, /, - and _',
    taken: { code: 'AlreadyExistsException', sentence: (name) => `An alias with the name ${name} already exists` },
  }),
  required: ['targetKeyId'],
  references: [{ path: 'targetKeyId', to: [key.token], error: 'NotFoundException' }],
  replaceOn: ['name', 'namePrefix'],
  computed: ['arn', 'targetKeyArn'],
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const target = cloud.find([key.token], text(inputs, 'targetKeyId') ?? '');
    return { id: name, state: { arn: cloud.arn('kms', name), targetKeyArn: text(target?.state, 'arn') ?? '' } };
  },
  update: ({ inputs, cloud }) => {
    const target = cloud.find([key.token], text(inputs, 'targetKeyId') ?? '');
    return { state: { targetKeyArn: text(target?.state, 'arn') ?? '' } };
  },
  changing: (changed) => (changed.includes('targetKeyId') ? ['targetKeyArn'] : []),
};

/** A key's policy apart from the key, for policies that name what uses the key. Deleting it brings back the default. */
export const keyPolicy: ResourceType = {
  token: aws('kms', 'KeyPolicy'),
  required: ['keyId', 'policy'],
  references: [{ path: 'keyId', to: [key.token], error: 'NotFoundException' }],
  replaceOn: ['keyId'],
  computed: [],
  defaults: { bypassPolicyLockoutSafetyCheck: false },
  check: (inputs) => json(inputs, 'policy', 'MalformedPolicyDocumentException'),
  create: ({ inputs }) => ({ id: text(inputs, 'keyId') ?? '', state: {} }),
};

export const kms = [key, alias, keyPolicy];
