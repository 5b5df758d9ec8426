import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import type { AccessLogBucket } from '../access-logs/access-log-bucket';
import { bucketPolicy } from './bucket-policy';
import { lifecycleRules } from './lifecycle-rules';

export interface ObjectBucketArgs {
  /** AWS region, e.g. `us-east-1`. Default: the provider's. **A change replaces the bucket and its objects.** */
  region?: string;
  /** Days that a replaced or deleted version of an object is kept, 1 or more. */
  noncurrentVersionDays: number;
  /** Days after which objects move to infrequent access, 30 (S3's least) or more. Default: they stay. */
  infrequentAccessAfterDays?: number;
  /** Whether a `ContentDelivery` serves it. That component then makes the bucket's policy, for a bucket has one only. */
  servedByCdn: boolean;
  /** Whether deleting the bucket deletes what is in it. Development only: elsewhere a full bucket refuses to go. */
  emptyOnDelete: boolean;
  /** Pulumi's `protect` on the bucket: a plan that would delete it fails. */
  protect: boolean;
  /** Where requests to it are written down; of the same region and account. Default: nowhere. */
  accessLogs?: AccessLogBucket;
  tags?: Record<string, string>;
}

/**
 * A private S3 bucket: no public access by any way, TLS only, objects owned by the bucket's account, encrypted with
 * S3's keys (AES-256), versioned, with old versions and unfinished uploads tidied up.
 *
 * Cost, us-east-1: 0.023 USD per GB-month, 0.0125 in infrequent access, 0.005 per 1,000 writes and 0.0004 per 1,000
 * reads. 500 GB of recordings of which 400 are older than a month: 100 × 0.023 + 400 × 0.0125 = 7.30 USD a month.
 *
 * ```ts
 * const recordings = new ObjectBucket('pulse-prod-recordings', {
 *   noncurrentVersionDays: 30, infrequentAccessAfterDays: 30, servedByCdn: false, emptyOnDelete: false, protect: true,
 * });
 * ```
 */
export class ObjectBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Where a CDN reads it, with the region in the name: the one without redirects for hours after creation. */
  readonly regionalDomainName: pulumi.Output<string>;
  /** As given to the constructor, for who makes the policy. */
  readonly servedByCdn: boolean;
  readonly publicAccessBlock: aws.s3.BucketPublicAccessBlock;
  private readonly logicalName: string;
  private readonly region?: string;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ObjectBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const { infrequentAccessAfterDays: infrequent } = args;
    refuseFaults('ObjectBucket', name, [
      wholeNumber('noncurrentVersionDays', args.noncurrentVersionDays, 1, 36_500),
      infrequent === undefined ? undefined : wholeNumber('infrequentAccessAfterDays', infrequent, 30, 36_500),
    ]);
    super('stackladder:aws:ObjectBucket', name, {}, opts);
    this.logicalName = name;
    this.region = args.region;
    this.servedByCdn = args.servedByCdn;
    this.bucket = new aws.s3.Bucket(
      nameOf('aws:s3/bucket', name),
      { region: args.region, forceDestroy: args.emptyOnDelete, tags: args.tags },
      { parent: this, protect: args.protect },
    );
    this.name = this.bucket.id;
    this.arn = this.bucket.arn;
    this.regionalDomainName = this.bucket.bucketRegionalDomainName;
    this.publicAccessBlock = this.closeToThePublic(name, args);
    this.settings(name, args);
    if (!args.servedByCdn) this.allow(undefined);
    args.accessLogs?.follow(name, this.bucket, args.region, this);
    this.registerOutputs({ name: this.name, arn: this.arn });
  }

  private closeToThePublic(name: string, args: ObjectBucketArgs): aws.s3.BucketPublicAccessBlock {
    const on = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    return new aws.s3.BucketPublicAccessBlock(
      nameOf('aws:s3/bucket', name),
      { region: args.region, bucket: this.bucket.id, ...on },
      { parent: this },
    );
  }

  private settings(name: string, args: ObjectBucketArgs): void {
    const logicalName = nameOf('aws:s3/bucket', name);
    const bucket = { region: args.region, bucket: this.bucket.id };
    const options = { parent: this };
    new aws.s3.BucketOwnershipControls(
      logicalName,
      { ...bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } },
      options,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      logicalName,
      { ...bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
      options,
    );
    const versioning = new aws.s3.BucketVersioning(
      logicalName,
      { ...bucket, versioningConfiguration: { status: 'Enabled' } },
      options,
    );
    new aws.s3.BucketLifecycleConfiguration(
      logicalName,
      { ...bucket, rules: lifecycleRules(args.noncurrentVersionDays, args.infrequentAccessAfterDays) },
      { ...options, dependsOn: versioning }, // rules on old versions mean nothing before there are versions
    );
  }

  /**
   * The bucket's one policy, under its own name whoever reads it: that a CDN comes or goes is a change of the policy,
   * never a second one beside it. Where a CDN serves the bucket, whoever makes the CDN calls this.
   */
  allow(distributionArn: pulumi.Output<string> | undefined, opts: pulumi.CustomResourceOptions = {}): void {
    const policy = distributionArn
      ? pulumi.all([this.arn, distributionArn]).apply(([own, reader]) => JSON.stringify(bucketPolicy(own, reader)))
      : this.arn.apply((own) => JSON.stringify(bucketPolicy(own)));
    new aws.s3.BucketPolicy(
      nameOf('aws:s3/bucket', this.logicalName),
      { region: this.region, bucket: this.bucket.id, policy },
      // S3 refuses two changes of a bucket's access at once.
      { ...opts, parent: this, dependsOn: this.publicAccessBlock },
    );
  }
}
