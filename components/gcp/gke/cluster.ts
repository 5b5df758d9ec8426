import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { splitRanges } from '../../private-ranges';
import { faultsOf, type GkeClusterArgs } from './arguments';
import { kubeconfig } from './kubeconfig';
import { createNodePool, nodeSecurity } from './node-pool';

export type { GkeClusterArgs } from './arguments';

/** Hour of the day, UTC, from which Google may change versions and machines: four hours at night in America. */
const MAINTENANCE = '07:00';

/**
 * A regional Kubernetes cluster on GKE: control plane in every zone of the region, private nodes, a control plane that
 * answers inside the network alone unless ranges are given. Pods get what they may do on Google Cloud by workload
 * identity, network policies hold (Dataplane V2), Google keeps versions and nodes up to date within the release channel,
 * and logs, metrics (managed Prometheus) and cost are told apart by namespace.
 *
 * Cost (us-central1, 730 hours a month, three n1-standard-2 with 50 GiB): control plane 0.10 × 730 = 73.00, nodes
 * 3 × 0.095 × 730 = 208.05 (30 % less by sustained use), disks 3 × 50 × 0.10 = 15.00: 296.05 USD a month. By use: logs at
 * 0.50 per GiB, and managed Prometheus 0.06 per million samples.
 *
 * ```ts
 * const cluster = new GkeCluster('pulse-prod-gke-usc1', {
 *   projectId: 'example-project-123', region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'],
 *   network: network.id, subnetwork: home.subnet.id, ranges: clusterRanges, version: '1.35',
 *   nodes: { machine: 'n1-standard-2', min: 2, max: 8, diskGb: 50, serviceAccount: nodes.email },
 * });
 * ```
 */
export class GkeCluster extends pulumi.ComponentResource {
  readonly cluster: gcp.container.Cluster;
  readonly nodes: gcp.container.NodePool;
  readonly kubeconfig: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: GkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('GkeCluster', name, faultsOf(args));
    super('stackladder:gcp:GkeCluster', name, {}, opts);
    this.cluster = this.createCluster(name, args);
    this.nodes = createNodePool(name, args, this.cluster, this);
    this.kubeconfig = pulumi
      .all([this.cluster.name, this.cluster.endpoint, this.cluster.masterAuth])
      .apply(([cluster, endpoint, { clusterCaCertificate }]) =>
        kubeconfig({ name: cluster, endpoint, certificateAuthority: clusterCaCertificate }),
      );
    this.registerOutputs({ endpoint: this.cluster.endpoint });
  }

  private createCluster(name: string, args: GkeClusterArgs): gcp.container.Cluster {
    const { projectId: project, region: location, zones, ranges, secretsKey, labels } = args;
    return new gcp.container.Cluster(
      nameOf('gcp:container', name),
      {
        project,
        location,
        nodeLocations: zones,
        network: args.network,
        subnetwork: args.subnetwork,
        networkingMode: 'VPC_NATIVE',
        ipAllocationPolicy: { clusterSecondaryRangeName: ranges.pods, servicesSecondaryRangeName: ranges.services },
        datapathProvider: 'ADVANCED_DATAPATH',
        enableIntranodeVisibility: true,
        ...reachedFrom(args.controlPlaneCidrs ?? []),
        minMasterVersion: args.version,
        releaseChannel: { channel: 'REGULAR' },
        maintenancePolicy: { dailyMaintenanceWindow: { startTime: MAINTENANCE } },
        // Nodes are in a pool of their own, which can be changed without the cluster; this one goes at once.
        removeDefaultNodePool: true,
        initialNodeCount: 1,
        nodeConfig: { serviceAccount: args.nodes.serviceAccount, ...nodeSecurity },
        workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
        enableShieldedNodes: true,
        enableLegacyAbac: false,
        databaseEncryption: secretsKey ? { state: 'ENCRYPTED', keyName: secretsKey } : undefined,
        securityPostureConfig: { mode: 'BASIC', vulnerabilityMode: 'VULNERABILITY_DISABLED' },
        addonsConfig: { gcePersistentDiskCsiDriverConfig: { enabled: true } },
        loggingConfig: {
          enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'WORKLOADS'],
        },
        monitoringConfig: { enableComponents: ['SYSTEM_COMPONENTS'], managedPrometheus: { enabled: true } },
        costManagementConfig: { enabled: true },
        resourceLabels: labels,
        // No store is inside. Protected, the cluster could not be left in the one update that moves a system elsewhere.
        deletionProtection: false,
      },
      // Of the pool that goes at once: Google tells nothing of it afterwards, and a change would replace the cluster.
      { parent: this, ignoreChanges: ['nodeConfig', 'initialNodeCount'] },
    );
  }
}

/** Who may talk to the control plane. Nodes always do, inside the network. */
function reachedFrom(cidrs: string[]) {
  const { outside } = splitRanges(cidrs);
  return {
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: outside.length === 0,
      // From other regions of the network too: a runner need not stand in each.
      masterGlobalAccessConfig: { enabled: true },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: cidrs.map((cidrBlock) => ({ cidrBlock, displayName: 'controlPlaneCidrs' })),
      // Else every machine of every customer of Google's could try.
      gcpPublicCidrsAccessEnabled: false,
      // Of its own accord Google asks at the public end alone: whatever is in the network, or peered with it, could try.
      privateEndpointEnforcementEnabled: true,
    },
  };
}
