import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { EksContext } from './arguments';
import { podRole } from './roles';

/** The minor version of Kubernetes that the versions below are for. A cluster of another one gets what EKS itself picks. */
const PINNED_FOR = '1.35';

interface EksAddOn {
  /** From `aws eks describe-addon-versions --kubernetes-version`. */
  version: string;
  configuration?: Record<string, unknown>;
  /** The account of its pods, and AWS's own policy for what they ask for. */
  identity?: { serviceAccount: string; managedPolicy: string };
}

/** What a node needs before it is one: addresses for pods, the way to Services, and credentials. */
const beforeNodes: Record<string, EksAddOn> = {
  'vpc-cni': {
    version: 'v1.21.1-eksbuild.3',
    configuration: { enableNetworkPolicy: 'true', nodeAgent: { enablePolicyEventLogs: 'true' } },
    identity: { serviceAccount: 'aws-node', managedPolicy: 'AmazonEKS_CNI_Policy' },
  },
  'kube-proxy': { version: 'v1.35.0-eksbuild.2' },
  'eks-pod-identity-agent': { version: 'v1.3.10-eksbuild.3' },
};

/** What runs on the nodes. */
const onNodes: Record<string, EksAddOn> = {
  coredns: { version: 'v1.13.2-eksbuild.1' },
  'aws-ebs-csi-driver': {
    version: 'v1.57.1-eksbuild.1',
    identity: { serviceAccount: 'ebs-csi-controller-sa', managedPolicy: 'AmazonEBSCSIDriverPolicyV2' },
  },
  'metrics-server': { version: 'v0.8.1-eksbuild.6' },
};

/** The add-ons of EKS itself, each with a role of its own where it asks AWS for something. */
export function createAddOns(
  context: EksContext,
  cluster: { name: string; version: string; resource: aws.eks.Cluster },
  when: 'before nodes' | 'on nodes',
  dependsOn: pulumi.Resource[],
): aws.eks.Addon[] {
  const { name, region, tags, parent } = context;
  return Object.entries(when === 'before nodes' ? beforeNodes : onNodes).map(([addonName, addOn]) => {
    const { identity } = addOn;
    const account = identity && { namespace: 'kube-system', serviceAccount: identity.serviceAccount };
    const granted =
      account &&
      podRole(context, addonName, {
        description: `What the add-on ${addonName} may do`,
        clusterName: cluster.name,
        account,
        managedPolicy: identity.managedPolicy,
      });
    return new aws.eks.Addon(
      nameOf('aws:eks', name, addonName),
      {
        region,
        clusterName: cluster.resource.name,
        addonName,
        addonVersion: cluster.version === PINNED_FOR ? addOn.version : undefined,
        configurationValues: addOn.configuration && JSON.stringify(addOn.configuration),
        podIdentityAssociations: granted
          ? [{ roleArn: granted.role.arn, serviceAccount: identity!.serviceAccount }]
          : undefined,
        resolveConflictsOnCreate: 'OVERWRITE',
        resolveConflictsOnUpdate: 'OVERWRITE',
        tags,
      },
      { parent, dependsOn: [...dependsOn, ...(granted?.policies ?? [])] },
    );
  });
}
