import type * as pulumi from '@pulumi/pulumi';
import { must, noTwice, wholeNumber, type Fault } from '../../faults';
import { logRetention } from '../log-retention';

export interface EksClusterArgs {
  /** AWS region, e.g. `us-east-1`. A change replaces the cluster. */
  region: string;
  vpcId: pulumi.Input<string>;
  /**
   * Private subnets for the control plane's ends and the nodes, in two zones at least. Others later are the nodes' alone, in a
   * new group of nodes: the control plane keeps the zones that it was made in.
   */
  subnetIds: pulumi.Input<string>[];
  /** Kubernetes minor version, e.g. `1.35`. A higher one is taken up in place, one minor at a time; there is no way back. */
  version: string;
  /**
   * CIDRs that may reach the control plane from the internet. Default: none, it answers inside the VPC alone, so whoever
   * runs `up` must stand there (a VPN, a runner in the VPC).
   */
  publicAccessCidrs?: string[];
  /** Profile that the kubeconfig asks AWS with, e.g. the provider's own. Default: whatever the environment says. */
  profile?: pulumi.Input<string | undefined>;
  /** CIDRs that may reach the control plane's ends in the VPC, on 443: its own range, a VPN's. Default: nodes alone. */
  privateAccessCidrs?: string[];
  /** ARNs of IAM roles and users that administer the cluster, besides who creates it. Default: none. */
  adminArns?: string[];
  nodes: {
    /** EC2 instance type of the nodes. A change rolls through them in place. */
    machine: string;
    /** How many the group starts with, of all zones together. From then on the autoscaler says. */
    start: number;
    /** GiB of a node's disk: images, logs and scratch space. */
    diskGb: number;
    /** Security groups that nodes wear besides their own, e.g. the one that stores let in. */
    securityGroupIds?: pulumi.Input<string>[];
  };
  /** Days that the control plane's logs are kept. */
  logRetentionDays: number;
  tags?: Record<string, string>;
}

/** What every part of one cluster needs to know. */
export interface EksContext {
  name: string;
  region: string;
  tags?: Record<string, string>;
  parent: pulumi.Resource;
}

const cidr = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;

export function faultsOf(args: EksClusterArgs): Fault[] {
  const { nodes, publicAccessCidrs = [], privateAccessCidrs = [], adminArns = [] } = args;
  return [
    must(/^1\.\d\d$/.test(args.version), 'version', `"${args.version}" must be a minor version such as 1.35`),
    must(args.subnetIds.length > 1, 'subnetIds', 'EKS needs subnets in two zones at least'),
    ...publicAccessCidrs.map((range, at) =>
      must(cidr.test(range), `publicAccessCidrs[${at}]`, `"${range}" is not a range such as 203.0.113.0/24`),
    ),
    ...privateAccessCidrs.map((range, at) =>
      must(cidr.test(range), `privateAccessCidrs[${at}]`, `"${range}" is not a range such as 10.0.0.0/16`),
    ),
    ...noTwice('privateAccessCidrs', privateAccessCidrs),
    ...publicAccessCidrs.map((range, at) =>
      must(!/\/[0-7]$/.test(range), `publicAccessCidrs[${at}]`, `${range} would open the control plane to everybody`),
    ),
    ...adminArns.map((arn, at) =>
      must(/^arn:aws[\w-]*:iam::\d{12}:(role|user)\/.+$/.test(arn), `adminArns[${at}]`, `"${arn}" is no role or user`),
    ),
    ...noTwice('adminArns', adminArns),
    must(
      /^[a-z0-9-]+\.[a-z0-9]+$/.test(nodes.machine),
      'nodes.machine',
      `"${nodes.machine}" must be an EC2 instance type`,
    ),
    wholeNumber('nodes.start', nodes.start, 2, 450),
    wholeNumber('nodes.diskGb', nodes.diskGb, 20, 16_384),
    logRetention('logRetentionDays', args.logRetentionDays),
  ];
}
