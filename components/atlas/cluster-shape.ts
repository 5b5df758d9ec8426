import type { types } from '@pulumi/mongodbatlas';
import type { AtlasClusterArgs } from './arguments';
import { atlasRegion } from './regions';
import { freeTier } from './tiers';

type RegionConfig = types.input.AdvancedClusterReplicationSpecRegionConfig;

/** Highest election priority that Atlas knows; the home region has it. */
const homePriority = 7;

/** A cluster's nodes, region by region. Pure: the same arguments give the same shape. */
export function regionConfigs(args: AtlasClusterArgs): RegionConfig[] {
  const [home = '', ...further] = args.regions;
  if (args.tier === freeTier) return [freeRegion(args, home)];
  return [homeRegion(args, home), ...further.map((region) => readOnlyRegion(args, region))];
}

function freeRegion(args: AtlasClusterArgs, region: string): RegionConfig {
  return {
    providerName: 'TENANT',
    backingProviderName: args.cloudProvider,
    regionName: atlasRegion(args.cloudProvider, region),
    priority: homePriority,
    electableSpecs: { instanceSize: freeTier },
  };
}

function homeRegion(args: AtlasClusterArgs, region: string): RegionConfig {
  return {
    providerName: args.cloudProvider,
    regionName: atlasRegion(args.cloudProvider, region),
    priority: homePriority,
    electableSpecs: { instanceSize: args.tier, nodeCount: args.electableNodes, diskSizeGb: args.diskGb },
    autoScaling: autoScaling(args),
  };
}

function readOnlyRegion(args: AtlasClusterArgs, region: string): RegionConfig {
  return {
    providerName: args.cloudProvider,
    regionName: atlasRegion(args.cloudProvider, region),
    priority: 0, // never primary: a write from here goes home
    readOnlySpecs: { instanceSize: args.tier, nodeCount: args.readOnlyNodesPerRegion, diskSizeGb: args.diskGb },
    autoScaling: autoScaling(args), // Atlas demands the same in every region
  };
}

/** Disks always grow; the tier moves between its floor and `maxTier` where that is larger. */
function autoScaling(args: AtlasClusterArgs): RegionConfig['autoScaling'] {
  if (args.maxTier === undefined || args.maxTier === args.tier) return { diskGbEnabled: true, computeEnabled: false };
  return {
    diskGbEnabled: true,
    computeEnabled: true,
    computeScaleDownEnabled: true,
    computeMinInstanceSize: args.tier,
    computeMaxInstanceSize: args.maxTier,
  };
}
