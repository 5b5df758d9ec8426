import { CloudError, problem, type Problem } from '../model/errors';
import { flag, matches, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag, Value } from '../model/values';
import { isBag } from '../model/values';
import { aws, json, toBucket } from './parts';

export const bucket: ResourceType = {
  token: aws('s3', 'Bucket'),
  naming: {
    property: 'bucket',
    max: 63,
    lowercase: true,
    pattern: /^(?!xn--|sthree-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    rule: 'InvalidBucketName: a name has 3 to 63 lower-case letters, digits, dots and hyphens',
    taken: {
      code: 'BucketAlreadyOwnedByYou',
      sentence: () => 'Your previous request to create the named bucket succeeded and you already own it.',
      scope: 'everywhere',
    },
  },
  replaceOn: ['bucket', 'bucketPrefix', 'objectLockEnabled'],
  keeps: ['objectLockEnabled'],
  computed: [
    'arn',
    'bucketDomainName',
    'bucketRegion',
    'bucketRegionalDomainName',
    'hostedZoneId',
    'tagsAll',
    'websiteDomain',
    'websiteEndpoint',
  ],
  defaults: { forceDestroy: false, objectLockEnabled: false },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'bucket') ?? '';
    return {
      id: name,
      state: {
        arn: `arn:aws:s3:::${name}`,
        bucketDomainName: `${name}.s3.amazonaws.com`,
        bucketRegion: cloud.region,
        bucketRegionalDomainName: `${name}.s3.${cloud.region}.amazonaws.com`,
        hostedZoneId: 'Z3AQBSTGFYJSTF',
        websiteDomain: '',
        websiteEndpoint: '',
      },
      // How many objects are in it: drift can put some there.
      actual: { objects: 0 },
    };
  },
  remove: (record) => {
    if ((number(record.actual, 'objects') ?? 0) > 0 && !flag(record.inputs, 'forceDestroy')) {
      throw new CloudError('BucketNotEmpty', `The bucket you tried to delete is not empty: ${record.id}`);
    }
  },
};

/** A part of a bucket's configuration: one of each a bucket, known by the bucket's name. */
function part(name: string, more: Omit<ResourceType, 'token' | 'create' | 'computed'>): ResourceType {
  return {
    ...more,
    token: aws('s3', name),
    references: [toBucket('bucket'), ...(more.references ?? [])],
    computed: [],
    create: (making) => {
      const id = text(making.inputs, 'bucket') ?? '';
      guardPublicPolicy(name, making.inputs, (token) =>
        making.cloud.all(token).find((record) => text(record.inputs, 'bucket') === id),
      );
      return { id, state: {} };
    },
  };
}

function guardPublicPolicy(name: string, inputs: Bag, find: (token: string) => { inputs: Bag } | undefined): void {
  if (name !== 'BucketPolicy') return;
  const block = find(aws('s3', 'BucketPublicAccessBlock'));
  if (block && flag(block.inputs, 'blockPublicPolicy') && isPublic(text(inputs, 'policy') ?? '')) {
    throw new CloudError(
      'AccessDenied',
      'public policies are blocked by the BlockPublicPolicy block public access setting',
    );
  }
}

/** A statement that lets everybody in without a condition. */
function isPublic(policy: string): boolean {
  const statements = (JSON.parse(policy) as { Statement?: Value }).Statement ?? [];
  return (Array.isArray(statements) ? statements : [statements]).some((statement) => {
    if (!isBag(statement) || statement.Effect !== 'Allow' || statement.Condition !== undefined) return false;
    const principal = isBag(statement.Principal) ? statement.Principal.AWS : statement.Principal;
    return principal === '*' || (Array.isArray(principal) && principal.includes('*'));
  });
}

function checkLifecycle(inputs: Bag): Problem[] {
  const early = matches(inputs, 'rules.*.transitions.*')
    .filter(({ value }) => ['STANDARD_IA', 'ONEZONE_IA'].includes(text(value, 'storageClass') ?? ''))
    .filter(({ value }) => (number(value, 'days') ?? 30) < 30)
    .map(({ path, value }) => {
      const reason = `InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass '${text(value, 'storageClass')}'`;
      return problem(path.join('.'), reason);
    });
  const ids = matches(inputs, 'rules.*.id').map(({ value }) => value);
  const twins = new Set(ids).size < ids.length;
  return [...early, ...(twins ? [problem('rules', 'InvalidArgument: Rule ID must be unique.')] : [])];
}

const owned = ['bucket', 'expectedBucketOwner'];

export const s3 = [
  bucket,
  part('BucketPublicAccessBlock', { required: ['bucket'], replaceOn: ['bucket'] }),
  part('BucketVersioning', {
    required: ['bucket', 'versioningConfiguration'],
    replaceOn: owned,
    enumerations: { 'versioningConfiguration.status': ['Enabled', 'Suspended', 'Disabled'] },
  }),
  part('BucketServerSideEncryptionConfiguration', {
    required: ['bucket', 'rules'],
    replaceOn: owned,
    enumerations: {
      'rules.*.applyServerSideEncryptionByDefault.sseAlgorithm': ['AES256', 'aws:kms', 'aws:kms:dsse'],
    },
  }),
  part('BucketLifecycleConfiguration', {
    required: ['bucket'],
    replaceOn: owned,
    enumerations: { 'rules.*.status': ['Enabled', 'Disabled'] },
    check: checkLifecycle,
  }),
  part('BucketPolicy', {
    required: ['bucket', 'policy'],
    replaceOn: ['bucket'],
    check: (inputs) => json(inputs, 'policy', 'MalformedPolicy'),
  }),
  part('BucketOwnershipControls', {
    required: ['bucket', 'rule'],
    replaceOn: ['bucket'],
    enumerations: { 'rule.objectOwnership': ['BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'] },
  }),
  part('BucketLogging', {
    required: ['bucket', 'targetBucket', 'targetPrefix'],
    replaceOn: owned,
    references: [{ ...toBucket('targetBucket'), error: 'InvalidTargetBucketForLogging' }],
  }),
];
