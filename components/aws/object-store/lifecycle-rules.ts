import type * as aws from '@pulumi/aws';

type Rule = aws.types.input.s3.BucketLifecycleConfigurationRule;

/** Days that an upload in parts may stay unfinished; its parts are billed and can be seen nowhere. */
const unfinishedUploadDays = 7;

/** What S3 tidies up by itself: old versions, unfinished uploads, and where asked for, cheaper storage for old objects. */
export function lifecycleRules(noncurrentVersionDays: number, infrequentAccessAfterDays?: number): Rule[] {
  const rules: Rule[] = [
    {
      id: 'old-versions',
      status: 'Enabled',
      filter: { prefix: '' },
      noncurrentVersionExpiration: { noncurrentDays: noncurrentVersionDays },
      expiration: { expiredObjectDeleteMarker: true },
    },
    {
      id: 'unfinished-uploads',
      status: 'Enabled',
      filter: { prefix: '' },
      abortIncompleteMultipartUpload: { daysAfterInitiation: unfinishedUploadDays },
    },
  ];
  if (infrequentAccessAfterDays !== undefined) {
    rules.push({
      id: 'infrequent-access',
      status: 'Enabled',
      filter: { prefix: '' },
      transitions: [{ days: infrequentAccessAfterDays, storageClass: 'STANDARD_IA' }],
    });
  }
  return rules;
}
