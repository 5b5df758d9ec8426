import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';

export interface ClosedGroupArgs {
  region?: string;
  vpcId: pulumi.Input<string>;
  description: string;
  port: number;
  /** Security groups that may connect, by a name of the caller's own that stays the same. */
  clientSecurityGroupIds: Record<string, pulumi.Input<string>>;
  /** Address ranges of clients whose security groups are in another region. */
  clientCidrs?: string[];
  tags?: Record<string, string>;
}

/** A security group that lets its clients in on one port, nobody else, and nothing out. */
export function closedGroup(name: string, args: ClosedGroupArgs, parent: pulumi.Resource): aws.ec2.SecurityGroup {
  const { region, vpcId, description, port, tags } = args;
  const group = new aws.ec2.SecurityGroup(
    nameOf('aws:ec2/securityGroup', name),
    { region, vpcId, description, tags },
    { parent },
  );
  const rule = (client: string, from: { referencedSecurityGroupId: pulumi.Input<string> } | { cidrIpv4: string }) =>
    new aws.vpc.SecurityGroupIngressRule(
      nameOf('aws:ec2', name, 'from', client),
      {
        region,
        securityGroupId: group.id,
        ...from,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: `From ${client}`,
        tags,
      },
      { parent },
    );
  for (const [client, id] of Object.entries(args.clientSecurityGroupIds))
    rule(client, { referencedSecurityGroupId: id });
  for (const cidr of args.clientCidrs ?? []) rule(cidr, { cidrIpv4: cidr });
  return group;
}
