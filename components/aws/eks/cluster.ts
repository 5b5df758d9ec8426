import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { createAddOns } from './add-ons';
import { faultsOf, type EksClusterArgs, type EksContext } from './arguments';
import { admit, createControlPlane, createLogGroup, createSecretsKey } from './control-plane';
import { kubeconfig } from './kubeconfig';
import { createNodes } from './nodes';
import { bindPods, ownPolicy, podRole } from './roles';
import { createSecurityGroups, type ClusterGroups } from './security-groups';

export type { EksClusterArgs } from './arguments';

/** What pods of one service account may do on AWS. */
export interface PodGrant {
  namespace: string;
  serviceAccount: string;
  description: string;
  /** Default: nothing yet; `allow` adds to it. */
  policy?: pulumi.Input<string>;
}

/**
 * A Kubernetes cluster on EKS with nodes in a managed group: the control plane answers inside the network alone unless
 * ranges are given, logs all that it can, and encrypts Secrets with a key of its own. Nodes have no public address, their
 * metadata is out of pods' reach, and pods that ask AWS for something have a role each.
 *
 * EKS's own add-ons are here, pinned for the plan's version: network (with network policies), DNS, proxy, pod identity, volumes, metrics. What
 * else a cluster needs is put on it through Kubernetes (`components/kubernetes/cluster-addons/`).
 *
 * The version goes up in place, a minor at a time, control plane before nodes. With standard support AWS itself takes a
 * cluster up when its minor is 14 months old.
 *
 * Cost (us-east-1, 730 hours a month, three t3.large with 50 GiB): control plane 0.10 × 730 = 73.00, nodes
 * 3 × 0.0832 × 730 = 182.21, disks 3 × 50 × 0.08 = 12.00, key 1.00: 268.21 USD a month. By use: the control plane's logs
 * at 0.50 per GB. The edge's network balancer on top: 0.0225 × 730 = 16.43 and 0.006 an hour for each capacity unit.
 *
 * ```ts
 * const cluster = new EksCluster('pulse-prod-eks-use1', {
 *   region: 'us-east-1', vpcId: network.vpcId, subnetIds: network.privateSubnetIds, version: '1.35',
 *   nodes: { machine: 't3.large', start: 3, diskGb: 50 }, logRetentionDays: 90,
 * }, { dependsOn: network.internetAccess });
 * ```
 */
export class EksCluster extends pulumi.ComponentResource {
  readonly cluster: aws.eks.Cluster;
  readonly nodes: aws.eks.NodeGroup;
  /** The group of EC2 Auto Scaling that the nodes are in: what an autoscaler is told to size. */
  readonly nodeScalingGroup: pulumi.Output<string>;
  /** Worn by nodes and pods. */
  readonly nodeSecurityGroup: aws.ec2.SecurityGroup;
  readonly secretsKey: aws.kms.Key;
  /** Its name on AWS, known beforehand: the names of other things are made of it. */
  readonly clusterName: string;
  readonly kubeconfig: pulumi.Output<string>;
  /** What pods wait for: nodes, and add-ons that run on them. */
  readonly ready: pulumi.Resource[];
  private readonly context: EksContext;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: EksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('EksCluster', name, faultsOf(args));
    super('stackladder:aws:EksCluster', name, {}, opts);
    const context: EksContext = { name, region: args.region, tags: args.tags, parent: this };
    const clusterName = nameOf('aws:eks/cluster', name);
    this.context = context;
    this.clusterName = clusterName;

    const groups = createSecurityGroups(context, args, clusterName);
    this.secretsKey = createSecretsKey(context);
    const logGroup = createLogGroup(context, clusterName, args.logRetentionDays);
    const parts = { clusterName, key: this.secretsKey, logGroup, groups };
    this.cluster = createControlPlane(context, args, parts);
    admit(context, this.cluster, args.adminArns ?? []);
    this.nodes = this.createNodes(args, groups, waitedFor(opts));
    this.nodeScalingGroup = this.nodes.resources[0]!.autoscalingGroups[0]!.name;
    const cluster = { name: clusterName, version: args.version, resource: this.cluster };
    this.ready = [this.nodes, ...createAddOns(context, cluster, 'on nodes', [this.nodes])];
    this.nodeSecurityGroup = groups.nodes;
    this.kubeconfig = pulumi
      .all([this.cluster.endpoint, this.cluster.certificateAuthority, args.profile])
      .apply(([endpoint, { data }, profile]) =>
        kubeconfig({ name: clusterName, endpoint, certificateAuthority: data, region: args.region, profile }),
      );
    this.registerOutputs({ clusterName, endpoint: this.cluster.endpoint });
  }

  /**
   * A role for the pods of a service account. They get it when they start, so what runs as them waits for `ready`.
   *
   * @param part names the role, unique in this cluster
   */
  grant(part: string, { namespace, serviceAccount, description, policy }: PodGrant): Granted {
    const { context, clusterName } = this;
    const account = { namespace, serviceAccount };
    const { role, policies } = podRole(context, part, { description, clusterName, account, policy });
    const association = bindPods(context, part, { clusterName: this.cluster.name, role, account });
    return { role, ready: [association, ...policies] };
  }

  /** Adds to what a granted role may do. */
  allow(part: string, { role }: Granted, policy: pulumi.Input<string>): aws.iam.RolePolicy {
    return ownPolicy(this.context.name, part, role, policy, this);
  }

  private createNodes(
    args: EksClusterArgs,
    groups: ClusterGroups,
    wayOut: pulumi.Input<pulumi.Resource>[],
  ): aws.eks.NodeGroup {
    const { context, cluster, clusterName } = this;
    const addOns = createAddOns(
      context,
      { name: clusterName, version: args.version, resource: cluster },
      'before nodes',
      [],
    );
    return createNodes(context, args, { cluster, groups, waitFor: [...addOns, ...groups.rules, ...wayOut] });
  }
}

export interface Granted {
  role: aws.iam.Role;
  ready: pulumi.Resource[];
}

/** Nodes that start before there is a way out cannot fetch an image; a component's own dependency holds on creation alone. */
function waitedFor(opts: pulumi.ComponentResourceOptions | undefined): pulumi.Input<pulumi.Resource>[] {
  const dependsOn = opts?.dependsOn;
  if (Array.isArray(dependsOn)) return dependsOn;
  return pulumi.Resource.isInstance(dependsOn) ? [dependsOn] : [];
}
