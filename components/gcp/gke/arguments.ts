import type * as pulumi from '@pulumi/pulumi';
import { must, noTwice, wholeNumber, type Fault } from '../../faults';

export interface GkeClusterArgs {
  /** Id of the project. A change replaces the cluster. */
  projectId: string;
  /** E.g. `us-central1`: the control plane is in all of its zones. A change replaces the cluster. */
  region: string;
  /** Zones of the nodes. Changed in place. */
  zones: string[];
  /** Id of the network. A change replaces the cluster. */
  network: pulumi.Input<string>;
  /** Id of the subnet of the nodes. A change replaces the cluster. */
  subnetwork: pulumi.Input<string>;
  /** Names of the subnet's secondary ranges. A change replaces the cluster. */
  ranges: { pods: string; services: string };
  /** Kubernetes minor version at the least, e.g. `1.35`: the release channel takes the cluster further by itself. */
  version: string;
  /**
   * CIDRs that may reach the control plane: those of a VPN or of other subnets at its private end, and for any of the
   * internet it gets a public one. Default: none, it answers inside the nodes' subnet alone, so whoever runs `up` must
   * stand there.
   */
  controlPlaneCidrs?: string[];
  /** A Cloud KMS key that encrypts Secrets besides. Default: Google's own encryption; a key ring of ours could never go. */
  secretsKey?: pulumi.Input<string>;
  nodes: {
    /** Machine type. Changed in place, node by node. */
    machine: string;
    /** Of all zones together. */
    min: number;
    max: number;
    /** GiB of a node's disk. */
    diskGb: number;
    /** E-mail of the nodes' service account. A change replaces the nodes. */
    serviceAccount: pulumi.Input<string>;
  };
  labels?: Record<string, string>;
}

const cidr = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;

export function faultsOf({ region, zones, version, controlPlaneCidrs = [], nodes }: GkeClusterArgs): Fault[] {
  return [
    must(/^[a-z]+-[a-z]+\d+$/.test(region), 'region', `"${region}" is not a region of Google Cloud`),
    must(zones.length > 0, 'zones', 'one zone is needed at least'),
    ...zones.map((zone, at) => must(zone.startsWith(`${region}-`), `zones[${at}]`, `"${zone}" is not in ${region}`)),
    ...noTwice('zones', zones),
    must(/^1\.\d\d$/.test(version), 'version', `"${version}" must be a minor version such as 1.35`),
    ...controlPlaneCidrs.map((range, at) =>
      must(cidr.test(range), `controlPlaneCidrs[${at}]`, `"${range}" is not a range such as 203.0.113.0/24`),
    ),
    ...controlPlaneCidrs.map((range, at) =>
      must(!/\/[0-7]$/.test(range), `controlPlaneCidrs[${at}]`, `${range} would open the control plane to everybody`),
    ),
    wholeNumber('nodes.min', nodes.min, 1, 1000),
    wholeNumber('nodes.max', nodes.max, 1, 1000),
    must(nodes.max >= nodes.min, 'nodes.max', `${nodes.max} is below nodes.min (${nodes.min})`),
    wholeNumber('nodes.diskGb', nodes.diskGb, 20, 65_536),
  ];
}
