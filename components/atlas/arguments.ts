import type * as mongodbatlas from '@pulumi/mongodbatlas';
import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, noTwice, oneOf, refuseFaults, wholeNumber } from '../faults';
import { type AtlasCloud, atlasRegion } from './regions';
import { compareTiers, freeTier, tiers } from './tiers';

export interface AtlasClusterArgs {
  /** The Atlas project. **A change replaces the cluster and its data.** */
  projectId: pulumi.Input<string>;
  /** Whose machines. A change moves the data to the other cloud, in place, node by node. */
  cloudProvider: AtlasCloud;
  /** The cloud's names of the regions, home first, e.g. `['us-east-1', 'us-west-2']`. M0 stands at home alone. */
  regions: string[];
  /** `M0` (free, a tenant) or a dedicated tier from `M10`. See the class about moving. */
  tier: string;
  /** The tier that compute autoscaling may reach. Default: none, the tier stays as it is. */
  maxTier?: string;
  /** Nodes of the home region that can become primary: 3, 5 or 7. M0 always has 3 and ignores this. */
  electableNodes: number;
  /** Nodes in each further region that serve reads nearby and never become primary: 0 to 50. */
  readOnlyNodesPerRegion: number;
  /** GiB of each node's disk to start with, 10 to 4096; Atlas grows it. Default: what the tier comes with. */
  diskGb?: number;
  /** Restore to any second of the last week. Snapshots there are on every dedicated tier. */
  continuousBackup: boolean;
  /** MongoDB's major version, e.g. `8.0`. A higher one is applied in place; there is no way back down. */
  mongoVersion: string;
  /** The database that the generated user may read and write. */
  database: string;
  /** Atlas's own protection: it refuses to delete the cluster, whoever asks. */
  terminationProtection: boolean;
  /** Pulumi's `protect` on the cluster: a plan that would delete it fails. */
  protect: boolean;
  /** Labels in Atlas. */
  tags?: Record<string, string>;
  /** The private endpoints, home first. The cluster waits for them, and its URL goes through them. Not on M0. */
  endpoints?: mongodbatlas.PrivateLinkEndpointService[];
}

/** @throws Error that lists every fault */
export function refuseWrongCluster(name: string, args: AtlasClusterArgs): void {
  refuseFaults('AtlasCluster', name, [
    oneOf('tier', args.tier, tiers),
    ...regionFaults(args),
    must(/^[A-Za-z0-9_-]{1,38}$/.test(args.database), 'database', `"${args.database}" is not the name of a database`),
    ...(args.tier === freeTier ? freeFaults(args) : dedicatedFaults(args)),
  ]);
}

function regionFaults(args: AtlasClusterArgs): Fault[] {
  const unknown = args.regions.map((region, at) => {
    try {
      atlasRegion(args.cloudProvider, region);
      return undefined;
    } catch (error) {
      return `regions[${at}]: ${(error as Error).message}`;
    }
  });
  return [
    must(args.regions.length > 0, 'regions', 'one region is needed at least'),
    ...unknown,
    ...noTwice('regions', args.regions),
  ];
}

/** M0 has none of these (Atlas: free cluster limits); better said here than ignored in silence. */
function freeFaults(args: AtlasClusterArgs): Fault[] {
  return [
    must(args.maxTier === undefined, 'maxTier', 'M0 does not scale by itself'),
    must(!args.continuousBackup, 'continuousBackup', 'M0 has no backup; M10 is the smallest tier that has'),
    must(args.diskGb === undefined, 'diskGb', 'M0 has a fixed share of a disk'),
    must(!args.terminationProtection, 'terminationProtection', 'M0 has none; M10 is the smallest tier that has'),
    must(!args.endpoints?.length, 'endpoints', 'M0 has no private endpoint; let addresses in by the access list'),
  ];
}

function dedicatedFaults(args: AtlasClusterArgs): Fault[] {
  const { maxTier } = args;
  const known = (tier: string) => (tiers as readonly string[]).includes(tier);
  return [
    ...(maxTier === undefined ? [] : [oneOf('maxTier', maxTier, tiers)]),
    must(
      maxTier === undefined || !known(maxTier) || !known(args.tier) || compareTiers(maxTier, args.tier) >= 0,
      'maxTier',
      `${maxTier} is smaller than ${args.tier}`,
    ),
    must([3, 5, 7].includes(args.electableNodes), 'electableNodes', `${args.electableNodes} must be 3, 5 or 7`),
    wholeNumber('readOnlyNodesPerRegion', args.readOnlyNodesPerRegion, 0, 50),
    must(
      args.regions.length < 2 || args.readOnlyNodesPerRegion > 0,
      'readOnlyNodesPerRegion',
      'a further region needs one node at least',
    ),
    ...(args.diskGb === undefined ? [] : [wholeNumber('diskGb', args.diskGb, 10, 4096)]),
    must(/^\d+\.\d+$/.test(args.mongoVersion), 'mongoVersion', `"${args.mongoVersion}" must look like 8.0`),
  ];
}
