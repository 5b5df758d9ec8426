import type { CloudName } from '../plan/vocabulary';
import type { Resource } from './rule';
import { at, list, numeric, UNKNOWN, type Value } from './values';

/** A pool of a managed cluster's nodes, as its own cloud describes it. */
export interface Pool {
  cloud: CloudName;
  machine: Value;
  /** Of all zones together. */
  min: Value;
  max: Value;
  /** Where the type says them, for messages. */
  minPath: string;
  maxPath: string;
}

/** How each type of pool is read; undefined for one that is managed elsewhere. */
const readers: Record<string, (resource: Resource) => Pool> = {
  'aws:eks/nodeGroup:NodeGroup': (group) => ({
    cloud: 'aws',
    machine: list(at(group.props, 'instanceTypes'))[0],
    ...counts(group, 'scalingConfig.minSize', 'scalingConfig.maxSize'),
  }),
  'gcp:container/nodePool:NodePool': (pool) => ({
    cloud: 'gcp',
    machine: at(pool.props, 'nodeConfig.machineType'),
    ...(at(pool.props, 'autoscaling.totalMaxNodeCount') === undefined
      ? eachZone(pool, counts(pool, 'autoscaling.minNodeCount', 'autoscaling.maxNodeCount'))
      : counts(pool, 'autoscaling.totalMinNodeCount', 'autoscaling.totalMaxNodeCount')),
  }),
  'digitalocean:index/kubernetesCluster:KubernetesCluster': (cluster) => ({
    cloud: 'digitalocean',
    machine: at(cluster.props, 'nodePool.size'),
    ...counts(cluster, 'nodePool.minNodes', 'nodePool.maxNodes'),
  }),
  'digitalocean:index/kubernetesNodePool:KubernetesNodePool': (pool) => ({
    cloud: 'digitalocean',
    machine: at(pool.props, 'size'),
    ...counts(pool, 'minNodes', 'maxNodes'),
  }),
};

export const poolTypes = Object.keys(readers);

export function poolOf(resource: Resource): Pool | undefined {
  return readers[resource.type]?.(resource);
}

type Counts = Omit<Pool, 'cloud' | 'machine'>;

function counts(resource: Resource, minPath: string, maxPath: string): Counts {
  return { min: at(resource.props, minPath), max: at(resource.props, maxPath), minPath, maxPath };
}

/** GKE's plain counts are of each zone. Where no zones are named, Google picks three. */
function eachZone(pool: Resource, each: Counts): Counts {
  const named = at(pool.props, 'nodeLocations');
  const zones = list(named).length || 3;
  const times = (count: Value): Value => {
    const number = numeric(count);
    return named === UNKNOWN || count === UNKNOWN ? UNKNOWN : number === undefined ? count : number * zones;
  };
  return { ...each, min: times(each.min), max: times(each.max) };
}
