import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GkeClusterArgs } from './arguments';

/** What holds for every node: a measured start, and metadata that tells pods nothing of the node. */
export const nodeSecurity = {
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  workloadMetadataConfig: { mode: 'GKE_METADATA' },
  metadata: { 'disable-legacy-endpoints': 'true' },
  // What a node may do is said by its service account's roles alone.
  oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
};

/** Nodes that GKE renews at a time: a tenth, so that many do not take a night, and never more than it allows. */
const surgeOf = (most: number): number => Math.min(20, Math.ceil(most / 10));

/** Nodes over the zones, as many as pods need. A new version or machine brings nodes before it takes as many away. */
export function createNodePool(
  name: string,
  { projectId: project, region: location, zones, nodes, labels }: GkeClusterArgs,
  cluster: gcp.container.Cluster,
  parent: pulumi.Resource,
): gcp.container.NodePool {
  return new gcp.container.NodePool(
    nameOf('gcp:container', name, 'nodes'),
    {
      project,
      location,
      cluster: cluster.id,
      nodeLocations: zones,
      // Of each zone; from then on it is the autoscaler's.
      initialNodeCount: Math.ceil(nodes.min / zones.length),
      autoscaling: { totalMinNodeCount: nodes.min, totalMaxNodeCount: nodes.max, locationPolicy: 'BALANCED' },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: 'SURGE', maxSurge: surgeOf(nodes.max), maxUnavailable: 0 },
      nodeConfig: {
        machineType: nodes.machine,
        imageType: 'COS_CONTAINERD',
        diskType: 'pd-balanced',
        diskSizeGb: nodes.diskGb,
        serviceAccount: nodes.serviceAccount,
        resourceLabels: labels,
        ...nodeSecurity,
      },
    },
    {
      parent,
      ignoreChanges: ['initialNodeCount'],
      // Another machine goes through all nodes, ten rounds of them: the provider alone would stop waiting after half an hour.
      customTimeouts: { create: '60m', update: '3h', delete: '60m' },
    },
  );
}
