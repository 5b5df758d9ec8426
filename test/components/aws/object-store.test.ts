import { record } from '../../../cli/offline/recorder';
import { AccessLogBucket } from '../../../components/aws/access-logs/access-log-bucket';
import { ObjectBucket, type ObjectBucketArgs } from '../../../components/aws/object-store/bucket';
import { bucketPolicy } from '../../../components/aws/object-store/bucket-policy';
import { lifecycleRules } from '../../../components/aws/object-store/lifecycle-rules';
import { all, counts, messageOf, one, parentName } from '../recorded';

const args: ObjectBucketArgs = {
  region: 'us-east-1',
  noncurrentVersionDays: 30,
  infrequentAccessAfterDays: 60,
  servedByCdn: false,
  emptyOnDelete: false,
  protect: true,
  tags: { System: 'pulse' },
};
const recordBucket = (change: Partial<ObjectBucketArgs> = {}) =>
  record(() => {
    const bucket = new ObjectBucket('pulse-rec', { ...args, ...change });
    return { name: bucket.name, arn: bucket.arn, regionalDomainName: bucket.regionalDomainName };
  });

test('a private bucket with everything that it needs, each once', async () => {
  const recording = await recordBucket();
  expect(counts(recording)).toEqual({
    'stackladder:aws:ObjectBucket': 1,
    'aws:s3/bucket:Bucket': 1,
    'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': 1,
    'aws:s3/bucketOwnershipControls:BucketOwnershipControls': 1,
    'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': 1,
    'aws:s3/bucketVersioning:BucketVersioning': 1,
    'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': 1,
    'aws:s3/bucketPolicy:BucketPolicy': 1,
  });
  const bucket = one(recording, 'aws:s3/bucket:Bucket');
  expect(bucket.inputs).toEqual({ region: 'us-east-1', forceDestroy: false, tags: { System: 'pulse' } });
  expect(bucket.protect).toBe(true);
  const at = { region: 'us-east-1', bucket: '<unknown:pulse-rec.id>' };
  expect(one(recording, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').inputs).toEqual({
    ...at,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  expect(one(recording, 'aws:s3/bucketOwnershipControls:BucketOwnershipControls').inputs).toEqual({
    ...at,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  const encryption = 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration';
  expect(one(recording, encryption).inputs).toEqual({
    ...at,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  });
  const versioning = one(recording, 'aws:s3/bucketVersioning:BucketVersioning');
  expect(versioning.inputs).toEqual({ ...at, versioningConfiguration: { status: 'Enabled' } });
  const lifecycle = one(recording, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration');
  expect(lifecycle.inputs).toEqual({ ...at, rules: lifecycleRules(30, 60) });
  expect(lifecycle.dependsOn).toContain(versioning.urn);
  expect(recording.resources.filter((resource) => resource.custom).map(parentName)).toEqual(Array(7).fill('pulse-rec'));
  expect(recording.outputs).toEqual({
    name: '<unknown:pulse-rec.id>',
    arn: '<unknown:pulse-rec.arn>',
    regionalDomainName: '<unknown:pulse-rec.bucketRegionalDomainName>',
  });
});

test('requests to it are written to the bucket for logs, which must let them in first', async () => {
  const recording = await record(() => {
    const at = { region: 'us-east-1', tags: {} };
    const accessLogs = new AccessLogBucket('logs', { ...at, accountId: '123456789012', retentionDays: 90, keep: true });
    new ObjectBucket('pulse-rec', { ...args, accessLogs });
    return {};
  });
  const logging = one(recording, 'aws:s3/bucketLogging:BucketLogging');
  expect(logging.inputs).toEqual({
    region: 'us-east-1',
    bucket: '<unknown:pulse-rec.id>',
    targetBucket: '<unknown:logs.id>',
    targetPrefix: 's3/<unknown:pulse-rec.id>/',
  });
  expect(parentName(logging)).toBe('pulse-rec');
  const policies = all(recording, 'aws:s3/bucketPolicy:BucketPolicy');
  expect(logging.dependsOn).toContain(policies.find(({ name }) => name === 'logs')!.urn);
});

test('its policy refuses whoever comes without TLS, after the public is shut out', async () => {
  const recording = await recordBucket();
  const policy = one(recording, 'aws:s3/bucketPolicy:BucketPolicy');
  expect(JSON.parse(policy.inputs.policy as string)).toEqual(bucketPolicy('<unknown:pulse-rec.arn>'));
  expect(policy.dependsOn).toContain(one(recording, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').urn);
});

test('a bucket that a CDN serves leaves the policy to the CDN', async () => {
  const recording = await recordBucket({ servedByCdn: true, emptyOnDelete: true, protect: false });
  expect(counts(recording)).not.toHaveProperty('aws:s3/bucketPolicy:BucketPolicy');
  const bucket = one(recording, 'aws:s3/bucket:Bucket');
  expect(bucket.inputs.forceDestroy).toBe(true);
  expect(bucket.protect).toBe(false);
});

test('a policy allows nothing to anybody, except reading to one distribution', () => {
  const arn = 'arn:aws:s3:::b';
  const [deny, ...allowed] = bucketPolicy(arn).Statement;
  expect(deny).toMatchObject({
    Effect: 'Deny',
    Principal: '*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  expect(allowed).toEqual([]);
  expect(bucketPolicy(arn, 'arn:aws:cloudfront::1:distribution/E1').Statement.slice(1)).toEqual([
    {
      Sid: 'DistributionReads',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: `${arn}/*`,
      Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::1:distribution/E1' } },
    },
  ]);
});

test('old versions and unfinished uploads go; objects move only where asked for', () => {
  expect(lifecycleRules(7).map((rule) => rule.id)).toEqual(['old-versions', 'unfinished-uploads']);
  const rules = lifecycleRules(7, 30);
  expect(rules[0]).toMatchObject({ noncurrentVersionExpiration: { noncurrentDays: 7 } });
  expect(rules[1]).toMatchObject({ abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } });
  expect(rules[2]).toMatchObject({ transitions: [{ days: 30, storageClass: 'STANDARD_IA' }] });
  // Without an expiration of current objects: nothing that is in use is ever removed.
  expect(rules.filter((rule) => rule.expiration && 'days' in rule.expiration)).toEqual([]);
});

test('all faults in one message', () => {
  const message = messageOf(
    () => new ObjectBucket('b', { ...args, noncurrentVersionDays: 0, infrequentAccessAfterDays: 7 }),
  );
  expect(message.split('\n')).toEqual([
    'ObjectBucket "b" cannot be created:',
    '  noncurrentVersionDays: 0 must be a whole number from 1 to 36500',
    '  infrequentAccessAfterDays: 7 must be a whole number from 30 to 36500',
  ]);
});
