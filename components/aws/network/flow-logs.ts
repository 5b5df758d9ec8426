import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

export interface FlowLogs {
  logGroup: aws.cloudwatch.LogGroup;
  role: aws.iam.Role;
  flowLog: aws.ec2.FlowLog;
}

/**
 * Records who talked to whom in a VPC, allowed and refused, for as long as asked. The role can write to this one log
 * group, and only this account's flow logs can take it (the confused-deputy guard of the VPC guide).
 */
export function createFlowLogs(
  name: string,
  vpc: aws.ec2.Vpc,
  args: { region: string; retentionDays: number; tags?: Record<string, string> },
  parent: pulumi.Resource,
): FlowLogs {
  const { region, tags } = args;
  const logGroup = new aws.cloudwatch.LogGroup(
    nameOf('aws:cloudwatch/logGroup', name, 'flow-logs'),
    { region, retentionInDays: args.retentionDays, tags },
    { parent },
  );
  const role = new aws.iam.Role(
    nameOf('aws:iam/role', name, 'flow-logs'),
    {
      description: 'Writes the flow logs of a VPC to CloudWatch Logs',
      assumeRolePolicy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': vpc.ownerId } },
          },
        ],
      }),
      tags,
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    nameOf('aws:iam/policy', name, 'flow-logs'),
    {
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:DescribeLogGroups'],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ],
      }),
    },
    { parent },
  );
  const flowLog = new aws.ec2.FlowLog(
    nameOf('aws:ec2', name, 'flow-logs'),
    {
      region,
      vpcId: vpc.id,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      // Ten minutes: a sixth of the log volume of one minute, which is what flow logs cost.
      maxAggregationInterval: 600,
      tags: { ...tags, Name: `${name}-flow-logs` },
    },
    { parent, dependsOn: [policy] },
  );
  return { logGroup, role, flowLog };
}
