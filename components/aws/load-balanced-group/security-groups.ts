import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext } from './arguments';

export interface SecurityGroups {
  loadBalancer: aws.ec2.SecurityGroup;
  instances: aws.ec2.SecurityGroup;
  /** The rules that let traffic through; without them no health check passes. */
  rules: pulumi.Resource[];
}

const everywhere = '0.0.0.0/0';

/**
 * Who may talk to whom: the world to the balancer on 80 and 443, the balancer to the instances on the service's port,
 * and the instances to wherever their stores, image and secrets are. Nothing else; there is no SSH, Session Manager
 * needs no open port.
 */
export function createSecurityGroups(
  context: GroupContext,
  args: { vpcId: pulumi.Input<string>; port: number },
): SecurityGroups {
  const { name, region, tags, parent } = context;
  const loadBalancer = createLoadBalancerSecurityGroup(context, args.vpcId);
  const instances = createGroup(context, args.vpcId, 'instances', 'Instances behind the load balancer');

  const fromWorld = (part: string, port: number, description: string) =>
    new aws.vpc.SecurityGroupIngressRule(
      nameOf('aws:ec2', name, 'lb', part),
      {
        region,
        securityGroupId: loadBalancer.id,
        cidrIpv4: everywhere,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description,
        tags,
      },
      { parent },
    );
  const servicePort = { ipProtocol: 'tcp', fromPort: args.port, toPort: args.port, region, tags };
  const rules = [
    fromWorld('https', 443, 'HTTPS from everywhere'),
    fromWorld('http', 80, 'HTTP from everywhere, which is only redirected'),
    new aws.vpc.SecurityGroupEgressRule(
      nameOf('aws:ec2', name, 'lb', 'instances'),
      {
        ...servicePort,
        securityGroupId: loadBalancer.id,
        referencedSecurityGroupId: instances.id,
        description: 'Requests and health checks to the instances',
      },
      { parent },
    ),
    new aws.vpc.SecurityGroupIngressRule(
      nameOf('aws:ec2', name, 'instances', 'lb'),
      {
        ...servicePort,
        securityGroupId: instances.id,
        referencedSecurityGroupId: loadBalancer.id,
        description: 'Requests and health checks from the load balancer',
      },
      { parent },
    ),
    letOut(context, instances),
  ];
  return { loadBalancer, instances, rules };
}

/** The group of instances that nobody connects to. */
export function createOutgoingGroup(
  context: GroupContext,
  vpcId: pulumi.Input<string>,
): { group: aws.ec2.SecurityGroup; rule: pulumi.Resource } {
  const group = createGroup(context, vpcId, 'instances', 'Workers; nobody connects to them');
  return { group, rule: letOut(context, group) };
}

function letOut({ name, region, tags, parent }: GroupContext, group: aws.ec2.SecurityGroup): pulumi.Resource {
  return new aws.vpc.SecurityGroupEgressRule(
    nameOf('aws:ec2', name, 'instances', 'out'),
    {
      region,
      securityGroupId: group.id,
      cidrIpv4: everywhere,
      ipProtocol: '-1',
      description: 'Stores, image registry, secrets, and what else the service calls',
      tags,
    },
    { parent },
  );
}

/** The balancer's own group, empty: the rules come with what is behind it. */
export function createLoadBalancerSecurityGroup(
  context: GroupContext,
  vpcId: pulumi.Input<string>,
): aws.ec2.SecurityGroup {
  return createGroup(context, vpcId, 'lb', 'The load balancer');
}

function createGroup(
  { name, region, tags, parent }: GroupContext,
  vpcId: pulumi.Input<string>,
  part: string,
  description: string,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    nameOf('aws:ec2/securityGroup', name, part),
    { region, vpcId, description, tags: { ...tags, Name: `${name}-${part}` } },
    { parent },
  );
}
