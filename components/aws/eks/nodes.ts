import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { EksClusterArgs, EksContext } from './arguments';
import { serviceRole } from './roles';
import type { ClusterGroups } from './security-groups';

/**
 * The group's least size, the same for ever: EKS refuses one above the size that the group has, which is the autoscaler's
 * and so not known here. What pods need beyond two nodes is there because they need it.
 */
const LEAST = 2;

/**
 * Nodes in one group over the zones of their subnets. The machine is in the launch template, where a change rolls
 * through the nodes; in the group itself it would replace all of them. How many there are is the Cluster Autoscaler's.
 */
export function createNodes(
  context: EksContext,
  args: EksClusterArgs,
  parts: { cluster: aws.eks.Cluster; groups: ClusterGroups; waitFor: pulumi.Input<pulumi.Resource>[] },
): aws.eks.NodeGroup {
  const { name, region, tags, parent } = context;
  const { role, attachments } = serviceRole(context, 'nodes', {
    service: 'ec2.amazonaws.com',
    description: 'What the nodes of a cluster may do; pods have roles of their own',
    policies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'],
  });
  const template = createLaunchTemplate(context, args.nodes, parts.groups);
  return new aws.eks.NodeGroup(
    nameOf('aws:eks', name, 'nodes'),
    {
      region,
      clusterName: parts.cluster.name,
      nodeRoleArn: role.arn,
      subnetIds: args.subnetIds,
      version: args.version,
      amiType: 'AL2023_x86_64_STANDARD',
      launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      scalingConfig: { minSize: LEAST, maxSize: args.nodes.max, desiredSize: args.nodes.start },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      tags,
    },
    { parent, dependsOn: [...attachments, ...parts.waitFor], ignoreChanges: ['scalingConfig.desiredSize'] },
  );
}

/** No image and no profile in it: EKS fills in those of the cluster's version, and joins the node. */
function createLaunchTemplate(
  { name, region, tags, parent }: EksContext,
  { machine, diskGb, securityGroupIds = [] }: EksClusterArgs['nodes'],
  groups: ClusterGroups,
): aws.ec2.LaunchTemplate {
  const nodeTags = { ...tags, Name: `${name}-node` };
  return new aws.ec2.LaunchTemplate(
    nameOf('aws:ec2/launchTemplate', name, 'nodes'),
    {
      region,
      description: `Nodes of ${name}`,
      updateDefaultVersion: true,
      instanceType: machine,
      // One hop: a pod that asks the node's metadata for the node's role gets no answer.
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: 'disabled',
      },
      vpcSecurityGroupIds: [groups.nodes.id, ...securityGroupIds],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeType: 'gp3', volumeSize: diskGb, encrypted: 'true', deleteOnTermination: 'true' },
        },
      ],
      monitoring: { enabled: true },
      tagSpecifications: [
        { resourceType: 'instance', tags: nodeTags },
        { resourceType: 'volume', tags: nodeTags },
      ],
      tags,
    },
    { parent },
  );
}
