import { generateKeyPairSync } from 'node:crypto';
import { record } from '../../../cli/offline/recorder';
import { ContentDelivery, type ContentDeliveryArgs } from '../../../components/aws/content-delivery/distribution';
import { cachePolicyArgs } from '../../../components/aws/content-delivery/policies';
import { ObjectBucket } from '../../../components/aws/object-store/bucket';
import { bucketPolicy } from '../../../components/aws/object-store/bucket-policy';
import { all, counts, messageOf, one } from '../recorded';

const signingPublicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
  type: 'spki',
  format: 'pem',
}) as string;

function bucketOf(name: string, servedByCdn = true): ObjectBucket {
  return new ObjectBucket(name, { noncurrentVersionDays: 7, servedByCdn, emptyOnDelete: false, protect: true });
}

const distributionType = 'aws:cloudfront/distribution:Distribution';

function recordDelivery(
  change: (origins: ContentDeliveryArgs['origins']) => Partial<ContentDeliveryArgs> = () => ({}),
) {
  return record(() => {
    const origins = [
      { pathPattern: '*', bucket: bucketOf('static'), maxAgeSeconds: 86_400, signed: false },
      { pathPattern: '/recordings/*', bucket: bucketOf('recordings'), maxAgeSeconds: 3_600, signed: true },
    ];
    const delivery = new ContentDelivery('cdn', {
      region: 'us-east-1',
      domain: 'static.pulse.example.com',
      certificateArn: 'arn:certificate',
      origins,
      priceClass: 'regional',
      signingPublicKey,
      tags: { System: 'pulse' },
      ...change(origins),
    });
    return { url: delivery.url, domainName: delivery.domainName, hostedZoneId: delivery.hostedZoneId };
  });
}

test('the longest name of DNS fits, also into what CloudFront keeps beside it', async () => {
  const domain = `static.${'long-enough.'.repeat(19)}xn--p1ai`;
  expect(domain.length).toBeGreaterThan(240);
  const recording = await recordDelivery(() => ({ domain }));
  const { aliases, comment } = one(recording, distributionType).inputs;
  expect(aliases).toEqual([domain]);
  for (const text of [comment, one(recording, 'aws:cloudfront/publicKey:PublicKey').inputs.comment]) {
    expect(String(text).length).toBe(128);
  }
});

test('two private buckets at the edge, the second for signed URLs only', async () => {
  const recording = await recordDelivery();
  expect(counts(recording)).toMatchObject({
    'stackladder:aws:ContentDelivery': 1,
    [distributionType]: 1,
    'aws:cloudfront/originAccessControl:OriginAccessControl': 1,
    'aws:cloudfront/cachePolicy:CachePolicy': 2,
    'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': 1,
    'aws:cloudfront/publicKey:PublicKey': 1,
    'aws:cloudfront/keyGroup:KeyGroup': 1,
    'aws:s3/bucketPolicy:BucketPolicy': 2,
  });
  const behavior = {
    viewerProtocolPolicy: 'redirect-to-https',
    allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    cachedMethods: ['GET', 'HEAD'],
    compress: true,
    responseHeadersPolicyId: '<unknown:cdn.id>',
  };
  const origin = { originAccessControlId: '<unknown:cdn.id>' };
  expect(one(recording, distributionType).inputs).toEqual({
    enabled: true,
    comment: 'static.pulse.example.com',
    aliases: ['static.pulse.example.com'],
    httpVersion: 'http2and3',
    isIpv6Enabled: true,
    priceClass: 'PriceClass_100',
    origins: [
      { ...origin, originId: 'origin-0', domainName: '<unknown:static.bucketRegionalDomainName>' },
      { ...origin, originId: 'origin-1', domainName: '<unknown:recordings.bucketRegionalDomainName>' },
    ],
    defaultCacheBehavior: { ...behavior, targetOriginId: 'origin-0', cachePolicyId: '<unknown:cdn-86400s.id>' },
    orderedCacheBehaviors: [
      {
        ...behavior,
        pathPattern: '/recordings/*',
        targetOriginId: 'origin-1',
        cachePolicyId: '<unknown:cdn-3600s.id>',
        trustedKeyGroups: ['<unknown:cdn.id>'],
      },
    ],
    viewerCertificate: {
      acmCertificateArn: 'arn:certificate',
      sslSupportMethod: 'sni-only',
      minimumProtocolVersion: 'TLSv1.2_2021',
    },
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    tags: { System: 'pulse' },
  });
  expect(one(recording, 'aws:cloudfront/originAccessControl:OriginAccessControl').inputs).toMatchObject({
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  });
  expect(one(recording, 'aws:cloudfront/publicKey:PublicKey').inputs.encodedKey).toBe(`${signingPublicKey.trim()}\n`);
  expect(recording.outputs).toEqual({
    url: 'https://static.pulse.example.com',
    domainName: '<unknown:cdn.domainName>',
    hostedZoneId: '<unknown:cdn.hostedZoneId>',
  });
});

test('each bucket lets this distribution read, by one policy', async () => {
  const recording = await recordDelivery();
  const policies = all(recording, 'aws:s3/bucketPolicy:BucketPolicy');
  const read = policies.map(({ inputs }) => [inputs.bucket, JSON.parse(inputs.policy as string)]);
  expect(new Map(read as [string, unknown][])).toEqual(
    new Map(
      ['static', 'recordings'].map((name) => [
        `<unknown:${name}.id>`,
        bucketPolicy(`<unknown:${name}.arn>`, '<unknown:cdn.arn>'),
      ]),
    ),
  );
  const block = all(recording, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').map(({ urn }) => urn);
  expect(policies.flatMap(({ dependsOn }) => dependsOn.filter((urn) => block.includes(urn))).sort()).toEqual(
    block.sort(),
  );
});

test('one bucket behind two paths has one policy; one lifetime has one cache policy; unsigned needs no key', async () => {
  const recording = await recordDelivery(([first]) => ({
    origins: [first!, { ...first!, pathPattern: '/images/*' }],
    signingPublicKey: undefined,
    priceClass: 'all',
  }));
  expect(all(recording, 'aws:s3/bucketPolicy:BucketPolicy').map(({ inputs }) => inputs.bucket)).toEqual([
    '<unknown:static.id>',
  ]);
  expect(all(recording, 'aws:cloudfront/cachePolicy:CachePolicy')).toHaveLength(1);
  expect(counts(recording)).not.toHaveProperty('aws:cloudfront/keyGroup:KeyGroup');
  expect(one(recording, distributionType).inputs.priceClass).toBe('PriceClass_All');
});

test('the edge compresses what it caches, and sends HSTS and nosniff', async () => {
  expect(cachePolicyArgs(3_600)).toMatchObject({
    minTtl: 0,
    defaultTtl: 3_600,
    maxTtl: 3_600,
    parametersInCacheKeyAndForwardedToOrigin: { enableAcceptEncodingBrotli: true, enableAcceptEncodingGzip: true },
  });
  expect(cachePolicyArgs(0)).toMatchObject({
    parametersInCacheKeyAndForwardedToOrigin: { enableAcceptEncodingBrotli: false, enableAcceptEncodingGzip: false },
  });
  const headers = one(await recordDelivery(), 'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy');
  expect(headers.inputs.securityHeadersConfig).toEqual({
    strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, override: true },
    contentTypeOptions: { override: true },
  });
});

test('all faults in one message', async () => {
  let message = '';
  const recording = await record(() => {
    const origins = [
      { pathPattern: '/a/*', bucket: bucketOf('a', false), maxAgeSeconds: -1, signed: true },
      { pathPattern: 'b', bucket: bucketOf('b'), maxAgeSeconds: 60, signed: false },
      { pathPattern: 'b', bucket: bucketOf('c'), maxAgeSeconds: 60, signed: false },
    ];
    const wrong = { domain: 'localhost', certificateArn: 'arn', origins, priceClass: 'some' as 'all' };
    message = messageOf(() => new ContentDelivery('cdn', wrong));
  });
  expect(message.split('\n')).toEqual([
    'ContentDelivery "cdn" cannot be created:',
    '  domain: "localhost" is not a domain name',
    '  priceClass: "some" must be one of regional, most, all',
    '  origins[0].pathPattern: "/a/*" is the default and must be "*"',
    '  origins[0].bucket: was made without servedByCdn, so it has a policy already',
    '  origins[0].maxAgeSeconds: -1 must be a whole number from 0 to 31536000',
    '  origins[0].signed: needs signingPublicKey, or everybody could read it',
    '  origins[1].pathPattern: "b" must look like /images/*',
    '  origins[2].pathPattern: "b" must look like /images/*',
    '  origins: "b" stands there more than once',
  ]);
  expect(counts(recording)).not.toHaveProperty(distributionType);
});
