import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { EksClusterArgs, EksContext } from './arguments';
import { nodesTag } from './policies';

export interface ClusterGroups {
  /** Worn by the control plane's ends in the network. */
  controlPlane: aws.ec2.SecurityGroup;
  /** Worn by the nodes and their pods. */
  nodes: aws.ec2.SecurityGroup;
  rules: pulumi.Resource[];
}

const everywhere = '0.0.0.0/0';

/**
 * Who may talk to whom: nodes and the named ranges to the control plane on 443, the control plane to kubelets and webhooks
 * on the nodes, nodes and pods to each other (network policies say more), and out to stores, registries and what else
 * services call. The load-balancer controller adds the balancers' own way in.
 */
export function createSecurityGroups(
  { name, region, tags, parent }: EksContext,
  { vpcId, privateAccessCidrs = [] }: Pick<EksClusterArgs, 'vpcId' | 'privateAccessCidrs'>,
  clusterName: string,
): ClusterGroups {
  const group = (part: string, description: string, more: Record<string, string> = {}) =>
    new aws.ec2.SecurityGroup(
      nameOf('aws:ec2/securityGroup', name, part),
      { region, vpcId, description, tags: { ...tags, ...more, Name: `${name}-${part}` } },
      { parent },
    );
  const controlPlane = group('control-plane', 'Ends of the control plane');
  const nodes = group('nodes', 'Nodes and pods', {
    // By the first tag the load-balancer controller finds the group that it has to open, by the second it may.
    [`kubernetes.io/cluster/${clusterName}`]: 'owned',
    [nodesTag]: clusterName,
  });
  const tcp = (port: number, to = port) => ({ ipProtocol: 'tcp', fromPort: port, toPort: to });
  const letIn = (
    part: string,
    to: aws.ec2.SecurityGroup,
    from: aws.ec2.SecurityGroup,
    what: { ipProtocol: string; fromPort?: number; toPort?: number },
    description: string,
  ) =>
    new aws.vpc.SecurityGroupIngressRule(
      nameOf('aws:ec2', name, part),
      { region, securityGroupId: to.id, referencedSecurityGroupId: from.id, ...what, description, tags },
      { parent },
    );
  const rules = [
    letIn('control-plane-nodes', controlPlane, nodes, tcp(443), 'Nodes and pods to the API'),
    ...privateAccessCidrs.map(
      (cidrIpv4) =>
        new aws.vpc.SecurityGroupIngressRule(
          nameOf('aws:ec2', name, 'control-plane', cidrIpv4.replace(/[./]/g, '-')),
          {
            region,
            securityGroupId: controlPlane.id,
            cidrIpv4,
            ...tcp(443),
            description: 'Administrators to the API',
            tags,
          },
          { parent },
        ),
    ),
    letIn('nodes-control-plane', nodes, controlPlane, tcp(1025, 65_535), 'API to kubelets, webhooks and metrics'),
    letIn('nodes-nodes', nodes, nodes, { ipProtocol: '-1' }, 'Pods to each other'),
    new aws.vpc.SecurityGroupEgressRule(
      nameOf('aws:ec2', name, 'control-plane', 'out'),
      {
        region,
        securityGroupId: controlPlane.id,
        referencedSecurityGroupId: nodes.id,
        ...tcp(1025, 65_535),
        description: 'API to kubelets, webhooks and metrics',
        tags,
      },
      { parent },
    ),
    new aws.vpc.SecurityGroupEgressRule(
      nameOf('aws:ec2', name, 'nodes', 'out'),
      {
        region,
        securityGroupId: nodes.id,
        cidrIpv4: everywhere,
        ipProtocol: '-1',
        description: 'Stores, image registries, and what else services call',
        tags,
      },
      { parent },
    ),
  ];
  return { controlPlane, nodes, rules };
}
