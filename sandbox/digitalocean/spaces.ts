import type { Cloud } from '../model/cloud';
import { CloudError, problem } from '../model/errors';
import { lowerAlphanumeric, upperAlphanumeric, uuid } from '../model/ids';
import { flag, list, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { isEmpty } from '../model/values';
import { named, now, ocean, toBucket, toCertificate, urn } from './parts';

const spacesRegions = [
  ...['ams3', 'atl1', 'blr1', 'fra1', 'lon1', 'nyc3', 'ric1', 'sfo2', 'sfo3', 'sgp1', 'syd1', 'tor1'],
] as const;

export const spacesBucket: ResourceType = {
  token: ocean('SpacesBucket'),
  naming: {
    property: 'name',
    max: 63,
    lowercase: true,
    pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    rule: 'InvalidBucketName: a name has 3 to 63 lower-case letters, digits and hyphens',
    taken: { code: 'BucketAlreadyExists', sentence: (name) => `the bucket ${name} exists`, scope: 'everywhere' },
  },
  enumerations: { region: spacesRegions, acl: ['private', 'public-read'] },
  replaceOn: ['region'],
  computed: ['bucketDomainName', 'bucketUrn', 'endpoint'],
  defaults: { acl: 'private', forceDestroy: false, region: 'nyc3' },
  create: ({ inputs }) => {
    const [name, region] = [text(inputs, 'name') ?? '', text(inputs, 'region') ?? 'nyc3'];
    const endpoint = `${region}.digitaloceanspaces.com`;
    return {
      id: name,
      state: { bucketDomainName: `${name}.${endpoint}`, bucketUrn: urn('space', name), endpoint },
      // How many objects are in it: drift can put some there.
      actual: { objects: 0 },
    };
  },
  remove: (record, cloud) => {
    const ours = cloud.all(ocean('SpacesBucketObject')).filter((one) => text(one.inputs, 'bucket') === record.id);
    const count = (number(record.actual, 'objects') ?? 0) + ours.length;
    if (count > 0 && !flag(record.inputs, 'forceDestroy')) {
      throw new CloudError('BucketNotEmpty', `The bucket you tried to delete is not empty: ${record.id}`);
    }
  },
};

export const spacesBucketObject: ResourceType = {
  token: ocean('SpacesBucketObject'),
  required: ['bucket', 'key', 'region'],
  enumerations: { region: spacesRegions, acl: ['private', 'public-read'] },
  references: [toBucket()],
  replaceOn: ['bucket', 'key', 'region'],
  keeps: ['contentType', 'etag'],
  computed: ['etag', 'versionId'],
  defaults: { acl: 'private', forceDestroy: false },
  create: ({ inputs }) => ({
    id: text(inputs, 'key') ?? '',
    state: { etag: lowerAlphanumeric(32), versionId: '' },
  }),
};

const withPolicy = (cloud: Cloud, bucket: string): boolean =>
  cloud.all(ocean('SpacesBucketPolicy')).some((policy) => text(policy.inputs, 'bucket') === bucket);
const withLimitedKey = (cloud: Cloud, bucket: string): boolean =>
  cloud
    .all(ocean('SpacesKey'))
    .some((key) => list(key.inputs, 'grants').some((grant) => text(grant, 'bucket') === bucket));

export const spacesBucketPolicy: ResourceType = {
  token: ocean('SpacesBucketPolicy'),
  required: ['bucket', 'policy', 'region'],
  enumerations: { region: spacesRegions },
  references: [toBucket()],
  replaceOn: ['bucket', 'region'],
  computed: [],
  check: (inputs) => {
    try {
      JSON.parse(text(inputs, 'policy') ?? '{}');
      return [];
    } catch {
      return [problem('policy', '"policy" contains an invalid JSON policy')];
    }
  },
  create: ({ inputs, cloud }) => {
    const bucket = text(inputs, 'bucket') ?? '';
    if (withLimitedKey(cloud, bucket)) {
      throw new CloudError(
        'InvalidRequest',
        `the bucket ${bucket} has a limited-access key, and so can have no policy`,
      );
    }
    return { id: bucket, state: {} };
  },
};

export const spacesKey: ResourceType = {
  token: ocean('SpacesKey'),
  naming: named({ pattern: undefined }),
  enumerations: { 'grants.*.permission': ['read', 'readwrite', 'fullaccess'] },
  references: [toBucket('grants.*.bucket')],
  replaceOn: [],
  sets: ['grants'],
  secrets: ['secretKey'],
  computed: ['accessKey', 'createdAt', 'secretKey'],
  create: ({ inputs, cloud }) => {
    for (const grant of list(inputs, 'grants')) {
      const bucket = text(grant, 'bucket') ?? '';
      if (withPolicy(cloud, bucket)) {
        throw new CloudError(
          '422 unprocessable_entity',
          `the bucket ${bucket} has a policy, and so can have no limited key`,
        );
      }
    }
    const accessKey = `DO${upperAlphanumeric(18)}`;
    return { id: accessKey, state: { accessKey, createdAt: now(), secretKey: lowerAlphanumeric(43) } };
  },
};

export const cdn: ResourceType = {
  token: ocean('Cdn'),
  required: ['origin'],
  enumerations: { ttl: [60, 600, 3600, 86_400, 604_800] },
  references: [toCertificate('certificateName')],
  replaceOn: ['origin'],
  keeps: ['certificateId', 'certificateName', 'ttl'],
  computed: ['certificateId', 'createdAt', 'endpoint', 'ttl'],
  check: (inputs) =>
    !isEmpty(inputs.customDomain) && isEmpty(inputs.certificateName) && isEmpty(inputs.certificateId)
      ? [problem('customDomain', '422 unprocessable_entity: a custom domain needs a certificate')]
      : [],
  create: ({ inputs, cloud }) => {
    const origin = text(inputs, 'origin') ?? '';
    const known = cloud.all(ocean('SpacesBucket')).some((bucket) => text(bucket.state, 'bucketDomainName') === origin);
    if (!known) throw new CloudError('404 not_found', `the Space of the origin ${origin} does not exist`);
    const state = { createdAt: now(), endpoint: origin.replace('.digitalocean', '.cdn.digitalocean') };
    return { id: uuid(), state: { ...state, certificateId: uuid(), ...(inputs.ttl === undefined && { ttl: 3600 }) } };
  },
};

export const spaces = [spacesBucket, spacesBucketObject, spacesBucketPolicy, spacesKey, cdn];
