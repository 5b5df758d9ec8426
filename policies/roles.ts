import type { WorkerNeeds } from '../systems/system';
import { groupOf, systemOf } from './bounds';
import type { Context } from './context';
import type { Resource } from './rule';
import type { Stack } from './stack';

export const group = 'aws:autoscaling/group:Group';
export const groupManager = 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager';
export const dropletPool = 'digitalocean:index/dropletAutoscale:DropletAutoscale';
export const deployment = 'kubernetes:apps/v1:Deployment';
/** What workers run on, by cloud. */
export const workerGroups = [group, groupManager, dropletPool, deployment];

/** What a broker can be. */
export const brokerTypes = [
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'gcp:redis/instance:Instance',
  'gcp:redis/cluster:Cluster',
  'gcp:memorystore/instance:Instance',
  'digitalocean:index/databaseCluster:DatabaseCluster',
  'kubernetes:apps/v1:StatefulSet',
];

/** Stores of jobs are called so, on every cloud: no type and no tag tells them from a cache. */
export function isBroker(resource: Resource): boolean {
  return brokerTypes.includes(resource.type) && `-${resource.name}-`.includes('-broker-');
}

export function brokersOf(stack: Stack): Resource[] {
  return stack.ofType(...brokerTypes).filter(isBroker);
}

/** The worker that a group of instances or pods is, as the system's own file has it; undefined for everything else. */
export function workerOf(resource: Resource, context: Context): WorkerNeeds | undefined {
  const name = groupOf(resource, context);
  return systemOf(context)?.workers?.find((worker) => worker.name === name);
}
