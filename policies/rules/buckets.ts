import { tagsOf } from '../context';
import { expect, inspect, type Judgement, pass, unknown } from '../judge';
import { statementsOf } from '../policy-document';
import type { Resource, StackRule } from '../rule';
import { either, findEach, referredBy, referrer, type Stack } from '../stack';
import { at, flag, list, present, show, UNKNOWN, type Unknown } from '../values';

const bucket = ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2'];
const common = { severity: 'mandatory', scope: 'stack', types: bucket } as const;

export const publicAccessBlock: StackRule = {
  ...common,
  id: 'bucket-public-access-block',
  title: 'A bucket blocks public access in all four ways',
  why: 'One policy or one object that says "everyone" would otherwise open it, also behind a CDN.',
  mend: 'Add an aws.s3.BucketPublicAccessBlock with its four settings true.',
  controls: ['AWS FSBP S3.1', 'AWS FSBP S3.8', 'Checkov CKV2_AWS_6', 'Checkov CKV_AWS_53', 'CIS AWS 2.1.4'],
  check: (stack) =>
    eachBucket(stack, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'no public access block', (block) =>
      ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'].map((setting) =>
        inspect(block, [setting], (on) => (flag(on) ? undefined : `${setting} is ${show(on)}`)),
      ),
    ),
};

export const tlsOnly: StackRule = {
  ...common,
  id: 'bucket-tls-only',
  title: 'A bucket refuses requests without TLS',
  why: 'S3 answers plain HTTP unless it is told not to.',
  mend: 'Add a bucket policy that denies s3:* where aws:SecureTransport is false.',
  controls: ['AWS FSBP S3.5', 'Checkov CKV_AWS_379', 'CIS AWS 2.1.1'],
  check: (stack) =>
    eachBucket(stack, 'aws:s3/bucketPolicy:BucketPolicy', 'no bucket policy', (policy) => {
      const statements = statementsOf(policy.props.policy);
      if (statements === UNKNOWN) return [unknown('policy')];
      const denies = statements.some(
        (statement) =>
          !statement.allows &&
          statement.actions.some((action) => action === 's3:*' || action === '*') &&
          flagIsFalse(at(statement.condition, 'Bool')),
      );
      return [expect(denies, 'its policy lets requests without TLS through', 'policy')];
    }),
};

export const bucketEncrypted: StackRule = {
  ...common,
  id: 'bucket-encrypted',
  title: 'A bucket says how it encrypts its objects',
  why: 'Said, it is in the plan and cannot change behind it.',
  mend: 'Add an aws.s3.BucketServerSideEncryptionConfiguration with AES256 or aws:kms.',
  controls: ['Checkov CKV_AWS_19'],
  check: (stack) =>
    eachBucket(
      stack,
      'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      'no encryption is configured',
      (configuration) => {
        const rules = at(configuration.props, 'rules');
        const ways = list(rules).map((rule) => at(rule, 'applyServerSideEncryptionByDefault.sseAlgorithm'));
        if (rules === UNKNOWN || ways.includes(UNKNOWN)) return [unknown('rules')];
        const known = ways.some((way) => way === 'AES256' || way === 'aws:kms' || way === 'aws:kms:dsse');
        return [expect(known, 'no rule names an algorithm', 'rules')];
      },
    ),
};

export const bucketVersioning: StackRule = {
  ...common,
  id: 'bucket-versioning',
  title: 'A bucket that holds data keeps old versions',
  why: 'A file overwritten or deleted by mistake is otherwise gone.',
  mend: "Add an aws.s3.BucketVersioning with status 'Enabled', and a lifecycle rule that removes old versions.",
  controls: ['Checkov CKV_AWS_21'],
  check: (stack) =>
    eachBucket(stack, 'aws:s3/bucketVersioning:BucketVersioning', 'no versioning is configured', (versioning) => [
      inspect(versioning, ['versioningConfiguration.status'], (status) =>
        status === 'Enabled' ? undefined : `its versioning is ${show(status)}`,
      ),
    ]).map((finding) => (holdsLogs(stack, finding.resource) === true ? { ...finding, judgements: [pass] } : finding)),
};

export const bucketAccessLogs: StackRule = {
  ...common,
  id: 'bucket-access-logs',
  title: 'A bucket that holds data writes access logs',
  why: 'Who read or deleted an object cannot be asked for afterwards.',
  mend: 'Add an aws.s3.BucketLogging with a bucket for logs as its target.',
  severity: 'advisory',
  controls: ['AWS FSBP S3.9', 'Checkov CKV_AWS_18'],
  check: (stack) =>
    // A bucket that receives logs would write about its own writing.
    eachBucket(stack, 'aws:s3/bucketLogging:BucketLogging', 'no access logs are configured', () => [pass]).map(
      (finding) => (holdsLogs(stack, finding.resource) === true ? { ...finding, judgements: [pass] } : finding),
    ),
};

/** Where a bucket only receives logs: a lifecycle removes them, nobody overwrites them, and nothing depends on them. */
export function holdsLogs(stack: Stack, candidate: Resource): boolean | Unknown {
  return either(
    // A region that no longer serves keeps its logs, and no balancer refers to them any more.
    tagsOf(candidate)?.Purpose === 'access-logs',
    referredBy(stack.ofType('aws:lb/loadBalancer:LoadBalancer'), 'accessLogs', candidate),
    referredBy(stack.ofType('aws:lb/loadBalancer:LoadBalancer'), 'connectionLogs', candidate),
    referredBy(stack.ofType('aws:cloudfront/distribution:Distribution'), 'loggingConfig', candidate),
    referredBy(stack.ofType('aws:ec2/flowLog:FlowLog'), 'logDestination', candidate),
    referredBy(stack.ofType('aws:s3/bucketLogging:BucketLogging'), 'targetBucket', candidate),
  );
}

/** Looks at what a side resource (policy, versioning, ...) says of each bucket; a bucket without one fails. */
function eachBucket(
  stack: Stack,
  sideType: string,
  problem: string,
  look: (side: Resource) => Judgement[],
): ReturnType<typeof findEach> {
  // The classes of earlier provider versions end in V2.
  const sides = stack.ofType(sideType, sideType.replace(/\/(\w+):(\w+)$/, '/$1V2:$2V2'));
  return findEach(stack, bucket, (owner) => {
    const side = referrer(sides, 'bucket', owner);
    if (side === UNKNOWN) return [unknown('bucket')];
    return side === undefined ? [expect(false, problem, 'bucket')] : look(side);
  });
}

function flagIsFalse(condition: ReturnType<typeof at>): boolean {
  if (typeof condition !== 'object' || condition === null || !present(condition)) return false;
  return Object.entries(condition).some(
    ([key, value]) =>
      key.toLowerCase() === 'aws:securetransport' && list(value).every((each) => each === false || each === 'false'),
  );
}

export const bucketRules = [publicAccessBlock, tlsOnly, bucketEncrypted, bucketVersioning, bucketAccessLogs];
