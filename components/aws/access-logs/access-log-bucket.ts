import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

export interface AccessLogBucketArgs {
  /** AWS region, e.g. `us-east-1`: the balancers' own. Default: the provider's. A change replaces the bucket. */
  region?: string;
  /** Account that owns the balancers and buckets. Logs of balancers go below `AWSLogs/<account id>/`. */
  accountId: pulumi.Input<string>;
  /** Days until a log is removed. */
  retentionDays: number;
  /** Whether the bucket is protected. If not, it is deleted with its logs. */
  keep: boolean;
  tags?: Record<string, string>;
}

/**
 * A private bucket that takes the access logs of an account's load balancers and buckets and nothing else. Encrypted with
 * S3's own keys, the only kind that the log delivery supports (Elastic Load Balancing guide, "Enable access logs"). It
 * belongs to a region rather than to a balancer: logs outlive what they are about.
 *
 * Cost (us-east-1): 0.023 USD per GB and month; a million requests are about 0.5 GB.
 *
 * ```ts
 * const logs = new AccessLogBucket('web-access-logs', { accountId: group.ownerId, retentionDays: 30, keep: true });
 * ```
 */
export class AccessLogBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** A balancer tests its right to write when it is told of the bucket, so it has to wait for this. */
  readonly policy: aws.s3.BucketPolicy;

  constructor(name: string, args: AccessLogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:AccessLogBucket', name, {}, opts);
    this.bucket = this.createBucket(name, args);
    const on = { region: args.region, bucket: this.bucket.id };
    this.secure(name, on);
    this.expire(name, on, args.retentionDays);
    this.policy = this.allow(name, on, args.accountId);
    this.registerOutputs({ bucket: this.bucket.id });
  }

  /**
   * Writes down each request to another bucket of the region and account, below `s3/<its name>/`, some hours later.
   *
   * @param name of the bucket's component
   */
  follow(name: string, bucket: aws.s3.Bucket, region: string | undefined, parent: pulumi.Resource): void {
    new aws.s3.BucketLogging(
      nameOf('aws:s3/bucket', name),
      {
        region,
        bucket: bucket.id,
        targetBucket: this.bucket.id,
        targetPrefix: pulumi.interpolate`${BUCKETS}${bucket.id}/`,
      },
      { parent, dependsOn: [this.policy] },
    );
  }

  private createBucket(name: string, { region, keep, tags }: AccessLogBucketArgs): aws.s3.Bucket {
    return new aws.s3.Bucket(
      nameOf('aws:s3/bucket', name),
      // The tag tells policies that what is inside may expire and needs no versions.
      { region, forceDestroy: !keep, tags: { ...tags, Purpose: 'access-logs' } },
      { parent: this, protect: keep },
    );
  }

  private secure(name: string, on: OnBucket): void {
    new aws.s3.BucketOwnershipControls(
      nameOf('aws:s3/bucket', name),
      { ...on, rule: { objectOwnership: 'BucketOwnerEnforced' } },
      { parent: this },
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      nameOf('aws:s3/bucket', name),
      { ...on, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
      { parent: this },
    );
  }

  private expire(name: string, on: OnBucket, days: number): void {
    new aws.s3.BucketLifecycleConfiguration(
      nameOf('aws:s3/bucket', name),
      {
        ...on,
        rules: [
          {
            id: 'expire',
            status: 'Enabled',
            filter: { prefix: '' },
            expiration: { days },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent: this },
    );
  }

  private allow(name: string, on: OnBucket, accountId: pulumi.Input<string>): aws.s3.BucketPolicy {
    const closed = new aws.s3.BucketPublicAccessBlock(
      nameOf('aws:s3/bucket', name),
      { ...on, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this },
    );
    return new aws.s3.BucketPolicy(
      nameOf('aws:s3/bucket', name),
      { ...on, policy: deliveryPolicy(this.bucket.arn, pulumi.output(accountId)) },
      // S3 refuses two changes of a bucket's access at once.
      { parent: this, dependsOn: [closed] },
    );
  }
}

/** What the logs of other buckets begin with. */
const BUCKETS = 's3/';

interface OnBucket {
  region?: string;
  bucket: pulumi.Output<string>;
}

function deliveryPolicy(bucketArn: pulumi.Output<string>, accountId: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'LogDelivery',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: pulumi.interpolate`${bucketArn}/AWSLogs/${accountId}/*`,
      },
      {
        Sid: 'BucketLogs',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: pulumi.interpolate`${bucketArn}/${BUCKETS}*`,
        // Buckets of others could be told to write here.
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
}
