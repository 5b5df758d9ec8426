import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext, InstanceArgs } from './arguments';
import { secretArns } from './beside';
import { ecrRepository } from './image-reference';
import { instancePolicy } from './instance-policy';

export interface InstanceRole {
  role: aws.iam.Role;
  profile: aws.iam.InstanceProfile;
  /** An instance that starts before these can fetch no secret. */
  policies: pulumi.Resource[];
}

/** The role of the instances: Session Manager instead of SSH, and what their own service needs. */
export function createInstanceRole(
  context: GroupContext,
  args: InstanceArgs,
  logGroup: aws.cloudwatch.LogGroup,
): InstanceRole {
  const { name, tags, parent } = context;
  const role = new aws.iam.Role(
    nameOf('aws:iam/role', name, 'instance'),
    {
      description: 'What the instances of a service may do',
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
      tags,
    },
    { parent },
  );
  const sessionManager = new aws.iam.RolePolicyAttachment(
    nameOf('aws:iam/policy', name, 'session-manager'),
    { role: role.name, policyArn: aws.iam.ManagedPolicy.AmazonSSMManagedInstanceCore },
    { parent },
  );
  const document = pulumi
    .all([logGroup.arn, pulumi.all(Object.values(secretArns(args))), pulumi.all(args.bucketArns ?? [])])
    .apply(([logGroupArn, arns, bucketArns]) =>
      JSON.stringify(
        instancePolicy({
          logGroupArn,
          secretArns: [...new Set(arns)],
          bucketArns,
          ecr: ecrRepository(args.image),
          metricsNamespace: args.queues?.namespace,
        }),
      ),
    );
  const own = new aws.iam.RolePolicy(
    nameOf('aws:iam/policy', name, 'instance'),
    { role: role.name, policy: document },
    { parent },
  );
  const profile = new aws.iam.InstanceProfile(
    nameOf('aws:iam/instanceProfile', name, 'instance'),
    { role: role.name, tags },
    { parent },
  );
  return { role, profile, policies: [sessionManager, own] };
}
