import { ConfigurationError, type Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import type { System } from '../systems/system';
import { planCluster } from './cluster';
import type { Tenants } from './nodes/workloads';
import { isZoneOf } from './regions';
import { sizeOf } from './sizes';
import type {
  BrokerPlan,
  CachePlan,
  ClusterPlan,
  DocumentDatabasePlan,
  RelationalDatabasePlan,
  ServicePlan,
  WorkerPlan,
} from './types';
import type { CloudName, Compute } from './vocabulary';

/** The machine of the nodes that services are pods on; undefined where they have instances of their own. */
export const nodeMachines: Record<Compute, (system: System, settings: Settings) => string | undefined> = {
  instances: () => undefined,
  kubernetes: (system, { cloud, phase, environment, overrides }) =>
    overrides.cluster.machine ?? sizeOf(system.clusterNodes[cloud], phase, environment),
};

/** A plain cluster has no cloud beside it: cache and broker are among its pods. */
export const cacheInCluster: Record<CloudName, boolean> = {
  aws: false,
  gcp: false,
  digitalocean: false,
  kubernetes: true,
};

/** The cluster that holds the pods of a plan. */
export function planNodes(
  system: System,
  settings: Settings,
  machine: string,
  zones: number | string[],
  tenants: {
    services: ServicePlan[];
    workers: WorkerPlan[];
    cache?: CachePlan;
    broker?: BrokerPlan;
    documentDatabase?: DocumentDatabasePlan;
    relationalDatabase?: RelationalDatabasePlan;
  },
): ClusterPlan {
  const { cloud, accounts, overrides } = settings;
  const { services, workers, cache, broker, relationalDatabase } = tenants;
  const documentDatabase = ownedByOperator(tenants.documentDatabase);
  const backedUp = accounts.kubernetes.objectStore !== undefined;
  const plan = planCluster({
    system: system.name,
    cloud,
    machine,
    // Names may be of several regions; each uses as many as it has.
    zones: typeof zones === 'number' ? zones : zonesAtHome(zones, system, settings),
    monitoring: accounts.kubernetes.monitoring,
    services,
    workers,
    cache: cacheInCluster[cloud] ? cache : undefined,
    broker: cacheInCluster[cloud] ? broker : undefined,
    documentDatabase: documentDatabase && { ...documentDatabase, backedUp },
    relationalDatabase: ownedByOperator(relationalDatabase),
    pooler: relationalDatabase && poolersOf(relationalDatabase, [...services, ...workers]),
    measuring: measuringOf(tenants, accounts.kubernetes.externalMetrics === 'ours'),
  });
  const { minNodes: min = plan.nodes.min, maxNodes: max = Math.max(plan.nodes.max, min), version } = overrides.cluster;
  if (max < min) throw new ConfigurationError([tooFewNodes(max, min)]);
  // One cluster may hold several environments of a system.
  const namespace = `${system.name}-${settings.environment}`;
  return { ...plan, namespace, version: version ?? plan.version, nodes: { ...plan.nodes, min, max } };
}

/** A database whose instances are pods of the cluster. */
function ownedByOperator<D extends { host: string; existing: boolean }>(database: D | undefined): D | undefined {
  return database?.host === 'operator' && !database.existing ? database : undefined;
}

/** The poolers that stand before a database, wherever it is: one more where somebody reads and there is a reader. */
function poolersOf({ name, pooler, replicas }: RelationalDatabasePlan, users: (ServicePlan | WorkerPlan)[]) {
  if (!pooler) return undefined;
  const reads = users.some(({ connections }) => connections.relationalReplica !== undefined);
  return { name, pods: pooler.pods, reads: reads && replicas.min + replicas.perFurtherRegion > 0 };
}

/** What measures for autoscalers: rules and queues ask for it; who serves the numbers may be there already. */
function measuringOf(
  { services, workers, broker }: { services: ServicePlan[]; workers: WorkerPlan[]; broker?: BrokerPlan },
  ours: boolean,
): NonNullable<Tenants['measuring']> {
  const asked = workers.length > 0 || services.some(({ scalingRules }) => scalingRules !== undefined);
  return [
    ...(asked && ours ? (['prometheus', 'adapter'] as const) : []),
    ...(workers.length > 0 && broker ? (['queues'] as const) : []),
  ];
}

/** How many the fewest pods need is known by the plan alone. */
function tooFewNodes(most: number, needed: number): Fault {
  return {
    key: 'overrides.cluster.maxNodes',
    value: String(most),
    problem: `is below the ${needed} nodes that the fewest pods need`,
    allowed: `${needed} or more, or a minNodes that is not above it`,
    mend: `pulumi config set --path overrides.cluster.maxNodes ${needed}`,
  };
}

function zonesAtHome(zones: string[], system: System, { cloud, regions }: Settings): number {
  const home = regions?.[0] ?? system.regions[cloud]?.[0] ?? '';
  return zones.filter((zone) => isZoneOf(cloud, zone, home)).length;
}
