import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { EksClusterArgs, EksContext } from './arguments';
import { serviceRole } from './roles';
import type { ClusterGroups } from './security-groups';

/**
 * The group's own bounds, as wide as EKS's quota and the same for ever; those of the plan are the autoscaler's. With a
 * change here the provider sends the size as well, which is the autoscaler's too and not known: a promotion would set a
 * group that has grown to nine nodes back to the three that it began with, and EKS refuses bounds that leave it out.
 */
const LEAST = 2;
const MOST = 450;

/** A fifth of the nodes at a time: EKS first adds as many as it takes, and evicts pods as their budgets allow. */
const AT_ONCE = 20;

/** Amazon Linux 2023 as EKS names the newest of a Kubernetes version (EKS User Guide, "Retrieve recommended AMI IDs"). */
const newestRelease = (version: string): string =>
  `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/x86_64/standard/recommended/release_version`;

/**
 * Nodes in one group over the zones of their subnets. The machine is in the launch template, where a change rolls
 * through the nodes; in the group itself it would replace all of them. How many there are is the Cluster Autoscaler's.
 * Their image is the newest when `up` runs, for EKS renews no node by itself: a newer one is a line in the preview, and
 * rolls through the nodes.
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
  const release = aws.ssm.getParameterOutput({ name: newestRelease(args.version), region }, { parent });
  return new aws.eks.NodeGroup(
    nameOf('aws:eks', name, 'nodes'),
    {
      region,
      clusterName: parts.cluster.name,
      nodeRoleArn: role.arn,
      subnetIds: args.subnetIds,
      version: args.version,
      amiType: 'AL2023_x86_64_STANDARD',
      releaseVersion: pulumi.unsecret(release.value),
      launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      scalingConfig: { minSize: LEAST, maxSize: MOST, desiredSize: args.nodes.start },
      updateConfig: { maxUnavailablePercentage: AT_ONCE },
      nodeRepairConfig: { enabled: true },
      tags,
    },
    {
      parent,
      dependsOn: [...attachments, ...parts.waitFor],
      ignoreChanges: ['scalingConfig.desiredSize'],
      // Five rounds of new nodes and of pods that may take their quarter of an hour to leave.
      customTimeouts: { create: '60m', update: '3h', delete: '60m' },
    },
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
