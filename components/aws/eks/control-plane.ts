import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { EksClusterArgs, EksContext } from './arguments';
import { serviceRole } from './roles';
import type { ClusterGroups } from './security-groups';

/** All that EKS can log: who asked for what (audit), who they were (authenticator), and what the controllers did. */
const logTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** The key that encrypts Secrets before they reach the control plane's storage, which AWS encrypts besides. */
export function createSecretsKey({ name, region, tags, parent }: EksContext): aws.kms.Key {
  return new aws.kms.Key(
    nameOf('aws:kms', name, 'secrets'),
    {
      region,
      description: `Secrets of the cluster ${name}`,
      enableKeyRotation: true,
      // Long enough to notice that a cluster was deleted whose Secrets somebody still wants.
      deletionWindowInDays: 30,
      tags,
    },
    { parent },
  );
}

/**
 * Where EKS writes the control plane's logs: a group of this very name, which it would make itself, kept for ever and
 * left behind, if it were not there.
 */
export function createLogGroup(
  { name, region, tags, parent }: EksContext,
  clusterName: string,
  retentionInDays: number,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    nameOf('aws:cloudwatch/logGroup', name, 'control-plane'),
    { region, name: `/aws/eks/${clusterName}/cluster`, retentionInDays, tags },
    { parent },
  );
}

export function createControlPlane(
  context: EksContext,
  args: EksClusterArgs,
  parts: { clusterName: string; key: aws.kms.Key; logGroup: aws.cloudwatch.LogGroup; groups: ClusterGroups },
): aws.eks.Cluster {
  const { name, region, tags, parent } = context;
  const { publicAccessCidrs = [] } = args;
  const { role, attachments } = serviceRole(context, 'control-plane', {
    service: 'eks.amazonaws.com',
    description: 'What the control plane of a cluster may do',
    policies: ['AmazonEKSClusterPolicy'],
  });
  return new aws.eks.Cluster(
    nameOf('aws:eks/cluster', name),
    {
      region,
      name: parts.clusterName,
      roleArn: role.arn,
      version: args.version,
      vpcConfig: {
        subnetIds: args.subnetIds,
        securityGroupIds: [parts.groups.controlPlane.id],
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccessCidrs.length > 0,
        ...(publicAccessCidrs.length > 0 ? { publicAccessCidrs } : {}),
      },
      // Who may do what is said by access entries alone, not by a ConfigMap inside the cluster.
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
      // Every add-on is one of EKS's own: see add-ons.ts.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: logTypes,
      encryptionConfig: { provider: { keyArn: parts.key.arn }, resources: ['secrets'] },
      // Extended support would cost six times as much: 0.60 USD an hour.
      upgradePolicy: { supportType: 'STANDARD' },
      // No store is inside. Protected, the cluster could not be left in the one update that moves a system elsewhere.
      deletionProtection: false,
      tags,
    },
    {
      parent,
      dependsOn: [...attachments, parts.logGroup],
      deleteBeforeReplace: true,
      // EKS never lets a control plane's ends into another zone than those that it was made in (containers-roadmap #2258).
      // Nodes may stand in any: those of a zone that a later phase brings reach it through the other zones' ends.
      ignoreChanges: ['vpcConfig.subnetIds'],
    },
  );
}

/** Administrators besides who created the cluster. */
export function admit({ name, region, tags, parent }: EksContext, cluster: aws.eks.Cluster, adminArns: string[]): void {
  for (const principalArn of adminArns) {
    const part = principalArn.split(':').pop()!;
    const entry = new aws.eks.AccessEntry(
      nameOf('aws:eks', name, 'admin', part),
      { region, clusterName: cluster.name, principalArn, type: 'STANDARD', tags },
      { parent },
    );
    new aws.eks.AccessPolicyAssociation(
      nameOf('aws:eks', name, 'admin', part),
      {
        region,
        clusterName: cluster.name,
        principalArn: entry.principalArn,
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: { type: 'cluster' },
      },
      { parent },
    );
  }
}
