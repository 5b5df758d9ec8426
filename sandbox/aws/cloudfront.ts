import { CloudError, problem } from '../model/errors';
import { lowerAlphanumeric, upperAlphanumeric, uuid } from '../model/ids';
import { list, matches, number, text } from '../model/reading';
import type { Reference, ResourceType } from '../model/resource-type';
import { aws, named } from './parts';

/** Policies that AWS itself publishes; any account may name them. From CloudFront's developer guide. */
const managed =
  /^(658327ea-f89d-4fab-a63d-7e88639e58f6|4135ea2d-6df8-44a3-9df3-4b5a84be39ad|b2884449-e4de-46a7-ac36-70bc7f1ddd6d|83da9c7e-98b4-4e11-a168-04f0df8e2c65|4cc15a8a-d715-48a4-82b8-cc0b614638fe|67f7725c-6f97-4210-82d7-5512b31e9d03|60669652-455b-4ae9-85a4-c4c02393f86c|5cc3b908-e619-4b99-88e5-2cf7f45965bd|e61eb60c-9c35-4d20-a928-2b84e02af89c|eaab4381-ed33-4a86-88ca-d9558dc6cd63)$/;

const behaviours = ['defaultCacheBehavior', 'orderedCacheBehaviors.*'];
const onBehaviours = (key: string, name: string, error: string): Reference[] =>
  behaviours.map((path) => ({
    path: `${path}.${key}`,
    to: [aws('cloudfront', name)],
    error,
    holds: true,
    except: managed,
  }));
const taken = (code: string, kind: string) => ({
  code,
  sentence: (name: string) => `The ${kind} ${name} already exists.`,
  scope: 'everywhere' as const,
});
const etag = (): string => `E${upperAlphanumeric(13)}`;

export const distribution: ResourceType = {
  token: aws('cloudfront', 'Distribution'),
  global: true,
  required: ['defaultCacheBehavior', 'enabled', 'origins', 'restrictions', 'viewerCertificate'],
  references: [
    {
      path: 'origins.*.originAccessControlId',
      to: [aws('cloudfront', 'OriginAccessControl')],
      error: 'NoSuchOriginAccessControl',
      holds: true,
    },
    ...onBehaviours('cachePolicyId', 'CachePolicy', 'NoSuchCachePolicy'),
    ...onBehaviours('responseHeadersPolicyId', 'ResponseHeadersPolicy', 'NoSuchResponseHeadersPolicy'),
    ...onBehaviours('trustedKeyGroups.*', 'KeyGroup', 'TrustedKeyGroupDoesNotExist'),
    {
      path: 'viewerCertificate.acmCertificateArn',
      to: [aws('acm', 'Certificate')],
      error: 'InvalidViewerCertificate',
      holds: true,
      anyRegion: true,
    },
    { path: 'webAclId', to: [aws('wafv2', 'WebAcl')], error: 'InvalidWebACLId', holds: true, anyRegion: true },
  ],
  enumerations: {
    priceClass: ['PriceClass_All', 'PriceClass_200', 'PriceClass_100', 'None'],
    httpVersion: ['http1.1', 'http2', 'http3', 'http2and3'],
    'defaultCacheBehavior.viewerProtocolPolicy': ['allow-all', 'https-only', 'redirect-to-https'],
    'orderedCacheBehaviors.*.viewerProtocolPolicy': ['allow-all', 'https-only', 'redirect-to-https'],
    'viewerCertificate.sslSupportMethod': ['sni-only', 'vip', 'static-ip'],
  },
  replaceOn: ['staging'],
  sets: ['aliases', 'origins', 'customErrorResponses'],
  computed: [
    'arn',
    'callerReference',
    'domainName',
    'etag',
    'hostedZoneId',
    'inProgressValidationBatches',
    'lastModifiedTime',
    'loggingV1Enabled',
    'status',
    'tagsAll',
    'trustedKeyGroups',
    'trustedSigners',
  ],
  defaults: {
    httpVersion: 'http2',
    isIpv6Enabled: false,
    priceClass: 'PriceClass_All',
    retainOnDelete: false,
    staging: false,
    waitForDeployment: true,
  },
  check: (inputs) => {
    const origins = matches(inputs, 'origins.*.originId').map(({ value }) => value);
    const problems = behaviours
      .flatMap((path) => matches(inputs, `${path}.targetOriginId`))
      .filter(({ value }) => origins.length > 0 && !origins.includes(value))
      .map(({ path, value }) => problem(path.join('.'), `NoSuchOrigin: the origin ${String(value)} is not in origins`));
    const certificate = text(inputs, 'viewerCertificate.acmCertificateArn');
    if (certificate !== undefined && !certificate.startsWith('arn:aws:acm:us-east-1:')) {
      const reason = 'InvalidViewerCertificate: The specified SSL certificate must be in the us-east-1 region';
      problems.push(problem('viewerCertificate.acmCertificateArn', reason));
    }
    if ((text(inputs, 'comment') ?? '').length > 128) {
      problems.push(problem('comment', 'expected length of comment to be in the range (0 - 128)'));
    }
    if (
      list(inputs, 'aliases').length > 0 &&
      text(inputs, 'viewerCertificate.cloudfrontDefaultCertificate') === 'true'
    ) {
      problems.push(
        problem('aliases', 'InvalidViewerCertificate: alternate domain names need a certificate that covers them'),
      );
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const others = cloud.all(distribution.token).flatMap((other) => list(other.inputs, 'aliases'));
    const clash = list(inputs, 'aliases').find((alias) => others.includes(alias));
    if (clash !== undefined) {
      throw new CloudError('CNAMEAlreadyExists', `${String(clash)} is already associated with a different resource`);
    }
    const id = `E${upperAlphanumeric(13)}`;
    return {
      id,
      state: {
        arn: cloud.arn('cloudfront', `distribution/${id}`, ''),
        callerReference: uuid(),
        domainName: `d${lowerAlphanumeric(13)}.cloudfront.net`,
        etag: etag(),
        hostedZoneId: 'Z2FDTNDATAQYW2',
        inProgressValidationBatches: 0,
        lastModifiedTime: new Date().toISOString(),
        loggingV1Enabled: inputs.loggingConfig !== undefined,
        status: 'Deployed',
        trustedKeyGroups: [],
        trustedSigners: [],
      },
    };
  },
  update: () => ({ state: { etag: etag(), lastModifiedTime: new Date().toISOString() } }),
};

export const originAccessControl: ResourceType = {
  token: aws('cloudfront', 'OriginAccessControl'),
  global: true,
  naming: named(64, { taken: taken('OriginAccessControlAlreadyExists', 'origin access control') }),
  required: ['originAccessControlOriginType', 'signingBehavior', 'signingProtocol'],
  enumerations: {
    originAccessControlOriginType: ['s3', 'mediastore', 'lambda', 'mediapackagev2'],
    signingBehavior: ['always', 'never', 'no-override'],
    signingProtocol: ['sigv4'],
  },
  replaceOn: [],
  computed: ['arn', 'etag'],
  inUse: 'OriginAccessControlInUse',
  create: ({ cloud }) => {
    const id = `E${upperAlphanumeric(13)}`;
    return { id, state: { arn: cloud.arn('cloudfront', `origin-access-control/${id}`, ''), etag: etag() } };
  },
  update: () => ({ state: { etag: etag() } }),
};

export const cachePolicy: ResourceType = {
  token: aws('cloudfront', 'CachePolicy'),
  global: true,
  naming: named(128, { taken: taken('CachePolicyAlreadyExists', 'cache policy') }),
  required: ['parametersInCacheKeyAndForwardedToOrigin'],
  replaceOn: [],
  computed: ['arn', 'etag'],
  defaults: { defaultTtl: 86400, maxTtl: 31536000, minTtl: 0 },
  inUse: 'CachePolicyInUse',
  check: (inputs) => {
    const least = number(inputs, 'minTtl') ?? 0;
    const usual = number(inputs, 'defaultTtl') ?? 86400;
    const most = number(inputs, 'maxTtl') ?? 31536000;
    if (least <= usual && usual <= most) return [];
    return [problem('defaultTtl', 'InvalidArgument: the parameter DefaultTTL must lie between MinTTL and MaxTTL')];
  },
  create: ({ cloud }) => {
    const id = uuid();
    return { id, state: { arn: cloud.arn('cloudfront', `cache-policy/${id}`, ''), etag: etag() } };
  },
  update: () => ({ state: { etag: etag() } }),
};

export const responseHeadersPolicy: ResourceType = {
  token: aws('cloudfront', 'ResponseHeadersPolicy'),
  global: true,
  naming: named(128, { taken: taken('ResponseHeadersPolicyAlreadyExists', 'response headers policy') }),
  replaceOn: [],
  computed: ['arn', 'etag'],
  inUse: 'ResponseHeadersPolicyInUse',
  create: ({ cloud }) => {
    const id = uuid();
    return { id, state: { arn: cloud.arn('cloudfront', `response-headers-policy/${id}`, ''), etag: etag() } };
  },
  update: () => ({ state: { etag: etag() } }),
};

export const publicKey: ResourceType = {
  token: aws('cloudfront', 'PublicKey'),
  global: true,
  naming: named(128, { taken: taken('PublicKeyAlreadyExists', 'public key') }),
  required: ['encodedKey'],
  replaceOn: ['encodedKey', 'name', 'namePrefix'],
  computed: ['callerReference', 'etag'],
  inUse: 'PublicKeyInUse',
  check: (inputs) => {
    const key = text(inputs, 'encodedKey');
    if (key === undefined || /^-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----\s*$/.test(key)) return [];
    return [
      problem('encodedKey', 'InvalidArgument: Your request contains empty/invalid/out of limits RSA Encoded Key'),
    ];
  },
  create: () => ({ id: `K${upperAlphanumeric(13)}`, state: { callerReference: uuid(), etag: etag() } }),
  update: () => ({ state: { etag: etag() } }),
};

export const keyGroup: ResourceType = {
  token: aws('cloudfront', 'KeyGroup'),
  global: true,
  naming: named(128, { taken: taken('KeyGroupAlreadyExists', 'key group') }),
  required: ['items'],
  references: [{ path: 'items.*', to: [publicKey.token], error: 'InvalidArgument', holds: true }],
  replaceOn: [],
  sets: ['items'],
  computed: ['etag'],
  inUse: 'ResourceInUse',
  create: () => ({ id: uuid(), state: { etag: etag() } }),
  update: () => ({ state: { etag: etag() } }),
};

export const cloudfront = [distribution, originAccessControl, cachePolicy, responseHeadersPolicy, publicKey, keyGroup];
