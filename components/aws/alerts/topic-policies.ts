/** Account, partition and the rest of an ARN: `arn:partition:service:region:account:resource`. */
function partsOf(arn: string): { partition: string; account: string } {
  const [, partition = 'aws', , , account = ''] = arn.split(':');
  return { partition, account };
}

/**
 * Who may use the key of an encrypted topic: the account that owns it, by its own IAM policies, and CloudWatch, which
 * must make and read data keys to publish. AWS's own text of the second statement (re:Post: alarms that do not reach an
 * encrypted topic) has no condition on the source; the topic's policy, where the condition is documented, has it.
 */
export function keyPolicy(keyArn: string) {
  const { partition, account } = partsOf(keyArn);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AccountOwnsTheKey',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'AlarmsEncrypt',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
    ],
  };
}

/** Who may publish: alarms of the same account. The account itself keeps its rights by its own IAM policies. */
export function topicPolicy(topicArn: string) {
  const { account } = partsOf(topicArn);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AlarmsPublish',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ],
  };
}
