/** A policy document of S3, in the form that it has as JSON. */
export interface BucketPolicyDocument {
  Version: '2012-10-17';
  Statement: {
    Sid: string;
    Effect: 'Allow' | 'Deny';
    Principal: '*' | { Service: string };
    Action: string;
    Resource: string | string[];
    Condition: Record<string, Record<string, string>>;
  }[];
}

/**
 * The one policy of a bucket: nobody without TLS, and, where a CloudFront distribution serves it, that distribution
 * may read objects. Not just any distribution: the condition keeps out those of other accounts.
 */
export function bucketPolicy(bucketArn: string, distributionArn?: string): BucketPolicyDocument {
  const document: BucketPolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyWithoutTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
  if (distributionArn !== undefined) {
    document.Statement.push({
      Sid: 'DistributionReads',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: `${bucketArn}/*`,
      Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
    });
  }
  return document;
}
