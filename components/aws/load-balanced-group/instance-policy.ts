import { agentNamespace } from './cloudwatch-agent';
import type { EcrRepository } from './image-reference';

export interface InstanceNeeds {
  logGroupArn: string;
  secretArns: string[];
  bucketArns: string[];
  /** Where the image is, if it is in ECR. */
  ecr?: EcrRepository;
  /** Where the stack's own metrics go, beside the agent's. */
  metricsNamespace?: string;
}

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/**
 * What an instance may do, as an IAM policy document. Three actions know no resource and have `*`: PutMetricData is
 * held to the agent's namespace and the stack's own; DescribeTags, with which the agent finds its group's name, and ECR's
 * GetAuthorizationToken only read.
 */
export function instancePolicy(needs: InstanceNeeds): { Version: string; Statement: Statement[] } {
  const { secretArns, bucketArns, ecr } = needs;
  const allow = (Sid: string, Action: string[], Resource: string | string[]): Statement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...allow('Metrics', ['cloudwatch:PutMetricData'], '*'),
        Condition: { StringEquals: { 'cloudwatch:namespace': agentNamespace } },
      },
      ...(needs.metricsNamespace
        ? [
            {
              ...allow('QueueMetrics', ['cloudwatch:PutMetricData'], '*'),
              Condition: { StringEquals: { 'cloudwatch:namespace': needs.metricsNamespace } },
            },
          ]
        : []),
      allow('OwnGroupsName', ['ec2:DescribeTags'], '*'),
      allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], `${needs.logGroupArn}:*`),
      ...(secretArns.length > 0 ? [allow('Secrets', ['secretsmanager:GetSecretValue'], secretArns)] : []),
      ...(bucketArns.length > 0
        ? [
            allow('Buckets', ['s3:ListBucket', 's3:GetBucketLocation'], bucketArns),
            allow(
              'Objects',
              ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
              bucketArns.map((arn) => `${arn}/*`),
            ),
          ]
        : []),
      ...(ecr
        ? [
            allow('RegistryLogin', ['ecr:GetAuthorizationToken'], '*'),
            allow(
              'Image',
              ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
              ecr.arn,
            ),
          ]
        : []),
    ],
  };
}
