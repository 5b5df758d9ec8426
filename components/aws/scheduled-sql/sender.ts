import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext } from '../load-balanced-group/arguments';

/** What the scheduler may do: send this one document, to the instances of this one group. */
export function createSender(
  { name, tags, parent }: GroupContext,
  document: aws.ssm.Document,
  group: aws.autoscaling.Group,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const assume = { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const role = new aws.iam.Role(
    nameOf('aws:iam/role', name),
    {
      description: 'Sends SQL that runs by the calendar to the instances that run it',
      assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [assume] }),
      tags,
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    nameOf('aws:iam/policy', name, 'send'),
    {
      role: role.name,
      policy: pulumi
        .all([document.arn, group.name])
        .apply(([arn, groupName]) => JSON.stringify(sendPolicy(arn, groupName))),
    },
    { parent },
  );
  return { role, policy };
}

/** Account and region are the document's: `arn:partition:ssm:region:account:document/name`. */
export function sendPolicy(documentArn: string, groupName: string) {
  const [, partition, , region, account] = documentArn.split(':');
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Document', Effect: 'Allow', Action: 'ssm:SendCommand', Resource: documentArn },
      {
        Sid: 'Instances',
        Effect: 'Allow',
        Action: 'ssm:SendCommand',
        Resource: `arn:${partition}:ec2:${region}:${account}:instance/*`,
        Condition: { StringEquals: { 'ssm:resourceTag/aws:autoscaling:groupName': groupName } },
      },
    ],
  };
}
