import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext } from './arguments';

export interface AccessLogs {
  bucket: aws.s3.Bucket;
  /** The balancer tests its right to write when it is told of the bucket, so it has to wait for this. */
  policy: aws.s3.BucketPolicy;
}

/**
 * A private bucket that takes the access logs of this account's balancers and nothing else. Encrypted with S3's own
 * keys, the only kind that the log delivery supports (Elastic Load Balancing guide, "Enable access logs").
 *
 * @param accountId of the balancer's owner; its logs go below `AWSLogs/<account id>/`
 */
export function createAccessLogs(
  context: GroupContext,
  args: { accountId: pulumi.Output<string>; retentionDays: number; keep: boolean },
): AccessLogs {
  const { name, region, tags, parent } = context;
  const logicalName = nameOf('aws:s3/bucket', name, 'access-logs');
  const bucket = new aws.s3.Bucket(
    logicalName,
    { region, forceDestroy: !args.keep, tags },
    { parent, protect: args.keep },
  );
  const on = { region, bucket: bucket.id };
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    logicalName,
    { ...on, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { parent },
  );
  new aws.s3.BucketOwnershipControls(
    logicalName,
    { ...on, rule: { objectOwnership: 'BucketOwnerEnforced' } },
    { parent },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    logicalName,
    { ...on, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
    { parent },
  );
  new aws.s3.BucketLifecycleConfiguration(
    logicalName,
    {
      ...on,
      rules: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: { prefix: '' },
          expiration: { days: args.retentionDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    { parent },
  );
  const policy = new aws.s3.BucketPolicy(
    logicalName,
    { ...on, policy: deliveryPolicy(bucket.arn, args.accountId) },
    // S3 refuses two changes of a bucket's access at once.
    { parent, dependsOn: [publicAccess] },
  );
  return { bucket, policy };
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
