import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, wholeNumber, type Fault } from '../../faults';
import { nameOf } from '../../naming';
import { kubeconfig } from './kubeconfig';

export interface DoksClusterArgs {
  /** E.g. `nyc3`. A change replaces the cluster. */
  region: string;
  /** The network of the nodes. A change replaces the cluster. */
  vpcId: pulumi.Input<string>;
  /**
   * Kubernetes minor version of a new cluster, e.g. `1.35`, in its newest patch. DigitalOcean puts later patches in at
   * night, so `up` leaves the version of a cluster that is there alone: another minor is `doctl kubernetes cluster upgrade`.
   */
  version: string;
  /** Three control planes instead of one. It can be switched on in place, and never off again. */
  highAvailability: boolean;
  /** CIDRs that may reach the control plane. Default: all. It has a public address always. */
  controlPlaneCidrs?: string[];
  nodes: {
    /**
     * Slug of the droplets' size. **A change replaces the cluster**: another one is filled before this one goes, and clients
     * come by the domain's new address. No store is inside.
     */
    size: string;
    min: number;
    max: number;
    /** Tags of the droplets, beside DigitalOcean's own. */
    tags: pulumi.Input<string>[];
  };
  tags?: string[];
}

/** When DigitalOcean takes a new patch: Sunday night in America. */
const maintenance = { day: 'sunday', startTime: '07:00' };

/**
 * A Kubernetes cluster of DigitalOcean's (DOKS) with one pool of nodes that grows and shrinks with the pods. A new patch
 * comes by itself, with nodes more before nodes go.
 *
 * Cost (two s-2vcpu-4gb): the control plane is free, 40.00 USD a month with high availability; nodes 2 × 24.00 = 48.00.
 * The edge's balancer on top: 12.00 a node.
 *
 * ```ts
 * const cluster = new DoksCluster('pulse-prod-doks-nyc3', {
 *   region: 'nyc3', vpcId: network.vpcId, version: '1.35', highAvailability: true,
 *   nodes: { size: 's-2vcpu-4gb', min: 2, max: 12, tags: [clients.name] },
 * });
 * ```
 */
export class DoksCluster extends pulumi.ComponentResource {
  readonly cluster: digitalocean.KubernetesCluster;
  /** Without a token in it: `doctl` gets one whenever it is used. */
  readonly kubeconfig: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: DoksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('DoksCluster', name, faultsOf(args));
    super('stackladder:digitalocean:DoksCluster', name, {}, opts);
    this.cluster = this.createCluster(name, args);
    const { id, endpoint, kubeConfigs } = this.cluster;
    // What DigitalOcean gives is a secret as a whole, for there is a token in it. The authority's certificate is none.
    const authority = pulumi.unsecret(kubeConfigs.apply(([given]) => given?.clusterCaCertificate ?? ''));
    this.kubeconfig = pulumi
      .all([id, endpoint, authority])
      .apply(([cluster, address, certificateAuthority]) =>
        kubeconfig({ id: cluster, endpoint: address, certificateAuthority }),
      );
    this.registerOutputs({ clusterId: this.cluster.id });
  }

  private createCluster(name: string, args: DoksClusterArgs): digitalocean.KubernetesCluster {
    const { nodes, tags, controlPlaneCidrs: allowedAddresses = [] } = args;
    const newest = digitalocean.getKubernetesVersionsOutput(
      { versionPrefix: `${args.version}.` },
      { parent: this },
    ).latestVersion;
    return new digitalocean.KubernetesCluster(
      nameOf('digitalocean:kubernetesCluster', name),
      {
        region: args.region,
        vpcUuid: args.vpcId,
        version: newest,
        ha: args.highAvailability,
        autoUpgrade: true,
        surgeUpgrade: true,
        maintenancePolicy: maintenance,
        // Said in both cases: left out, it would stay as it was.
        controlPlaneFirewall: { enabled: allowedAddresses.length > 0, allowedAddresses },
        // Images come from wherever the plan says, with credentials of their own.
        registryIntegration: false,
        nodePool: {
          name: nameOf('digitalocean:kubernetesCluster', 'nodes'),
          size: nodes.size,
          autoScale: true,
          minNodes: nodes.min,
          maxNodes: nodes.max,
          tags: nodes.tags,
        },
        tags,
      },
      {
        parent: this,
        additionalSecretOutputs: ['kubeConfigs'],
        // Patches are DigitalOcean's to put in. The state knows of none until a refresh, and an upgrade to what runs
        // already is refused; a lower version would replace the cluster.
        ignoreChanges: ['version'],
      },
    );
  }
}

const cidr = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;

function faultsOf({ region, version, nodes, controlPlaneCidrs = [] }: DoksClusterArgs): Fault[] {
  return [
    must(/^[a-z]{3}\d$/.test(region), 'region', `"${region}" must be a region of DigitalOcean such as nyc3`),
    must(/^1\.\d\d$/.test(version), 'version', `"${version}" must be a minor version such as 1.35`),
    ...controlPlaneCidrs.map((range, at) =>
      must(cidr.test(range), `controlPlaneCidrs[${at}]`, `"${range}" is not a range such as 203.0.113.0/24`),
    ),
    must(/^[a-z]+\d?-[a-z0-9-]+$/.test(nodes.size), 'nodes.size', `"${nodes.size}" must look like s-2vcpu-4gb`),
    wholeNumber('nodes.min', nodes.min, 1, 512),
    wholeNumber('nodes.max', nodes.max, 1, 512),
    must(nodes.max >= nodes.min, 'nodes.max', `${nodes.max} is below nodes.min (${nodes.min})`),
  ];
}
