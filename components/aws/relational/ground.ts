import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../../naming';
import { closedGroup } from '../closed-group';
import type { DatabaseGround, RelationalArgs } from './arguments';

/** What an instance or a cluster stands on in one region. */
export interface Standing {
  subnetGroup: aws.rds.SubnetGroup;
  securityGroup: aws.ec2.SecurityGroup;
}

/** Private subnets, and a security group that lets the clients in and nobody else. */
export function standOn(
  name: string,
  ground: DatabaseGround,
  { port, tags }: { port: number; tags?: Record<string, string> },
  parent: pulumi.Resource,
): Standing {
  const { region, subnetIds, vpcId, clientSecurityGroupIds, clientCidrs } = ground;
  const subnetGroup = new aws.rds.SubnetGroup(
    nameOf('aws:rds', name),
    { region, subnetIds, description: `Subnets of ${name}`, tags },
    { parent },
  );
  const clients = { clientSecurityGroupIds, clientCidrs };
  const description = 'Database: its clients alone';
  return {
    subnetGroup,
    securityGroup: closedGroup(name, { region, vpcId, description, port, ...clients, tags }, parent),
  };
}

/** What enhanced monitoring writes its metrics with; undefined where it is off. */
export function monitoringRole(
  name: string,
  args: RelationalArgs,
  parent: pulumi.Resource,
): MonitoringRole | undefined {
  if (args.monitoringSeconds === 0) return undefined;
  const role = new aws.iam.Role(
    nameOf('aws:iam/role', name, 'monitoring'),
    {
      description: `Enhanced monitoring of ${name}`,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'monitoring.rds.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
      tags: args.tags,
    },
    { parent },
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    nameOf('aws:iam/role', name, 'monitoring'),
    { role: role.name, policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole' },
    { parent },
  );
  return { role, attachment };
}

export interface MonitoringRole {
  role: aws.iam.Role;
  /** Before it the role may write nothing, and RDS refuses it. */
  attachment: aws.iam.RolePolicyAttachment;
}

/** Eight digits that are this database's own: a second one of the name meets neither its logs nor its last snapshot. */
export function ownSuffix(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  return new random.RandomId(nameOf('random', name, 'own'), { byteLength: 4 }, { parent }).hex;
}

/** Log groups under the names that RDS writes to, made first so that their retention is ours. */
export function logGroups(
  name: string,
  folder: pulumi.Output<string>,
  logs: string[],
  { region, logRetentionDays, tags }: Pick<RelationalArgs, 'region' | 'logRetentionDays' | 'tags'>,
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup[] {
  return logs.map(
    (log) =>
      new aws.cloudwatch.LogGroup(
        nameOf('aws:cloudwatch/logGroup', name, log),
        { region, name: pulumi.interpolate`${folder}/${log}`, retentionInDays: logRetentionDays, tags },
        { parent },
      ),
  );
}
