import type {
  BrokerPlan,
  CachePlan,
  DocumentDatabasePlan,
  PoolerPlan,
  RelationalDatabasePlan,
  ServicePlan,
  WorkerPlan,
} from '../types';
import type { CloudName } from '../vocabulary';
import type { Workload } from './packing';
import { cpuMillis, memoryMib, storeSize } from './quantities';

/** The nginx pods in front of a service, as `components/kubernetes/` makes them. */
export const edge = { requests: { cpu: '100m', memory: '128Mi' }, capacity: { min: 2, max: 4 } };

/** A pod of a pooler, as `components/kubernetes/` makes it. */
export const pooler = { requests: { cpu: '100m', memory: '64Mi' } };

/** Pods of what measures queues and rules for autoscalers, two of each, as `components/kubernetes/` makes them. */
export const measuring = {
  prometheus: { cpu: '100m', memory: '256Mi' },
  adapter: { cpu: '50m', memory: '128Mi' },
  queues: { cpu: '20m', memory: '32Mi' },
};

/** What sends a database's log to its backups, in each of its pods. With PostgreSQL it is reckoned with even without a store. */
export const backupSidecar = { cpu: '50m', memory: '128Mi' };

/** What runs in the cluster besides the cluster's own. */
export interface Tenants {
  services: Pick<ServicePlan, 'name' | 'pod' | 'capacity'>[];
  workers?: Pick<WorkerPlan, 'name' | 'pod' | 'capacity'>[];
  /** Where the cache runs in the cluster. */
  cache?: Pick<CachePlan, 'nodeType' | 'shards' | 'replicasPerShard'>;
  /** Where an operator runs the database in the cluster. `backedUp`: there is a store for its backups; default: no. */
  documentDatabase?: Pick<DocumentDatabasePlan, 'tier' | 'electableNodes'> & { backedUp?: boolean };
  /** Where an operator runs it in the cluster. */
  relationalDatabase?: Pick<RelationalDatabasePlan, 'instanceClass' | 'standby'> & { replicas: { min: number } };
  /** Where the broker runs in the cluster. */
  broker?: Pick<BrokerPlan, 'nodeType'>;
  /** What stands before the relational database, wherever that is. */
  pooler?: { name: string; pods: PoolerPlan['pods']; reads: boolean };
  /** What measures for autoscalers. */
  measuring?: (keyof typeof measuring)[];
}

/** Pods of the system: as it starts, or at the most of every autoscaler with one pod more of each Deployment in a rollout. */
export function workloadsOf(tenants: Tenants, when: 'start' | 'most'): Workload[] {
  const pods = (start: number, most: number) => (when === 'start' ? start : most + 1);
  const services = tenants.services.flatMap(({ name, pod, capacity }) => [
    {
      name,
      ...sizeOf(pod.requests),
      count: pods(capacity.desired, capacity.max),
      onePerNode: false,
    },
    {
      name: `${name}-edge`,
      ...sizeOf(edge.requests),
      count: pods(edge.capacity.min, edge.capacity.max),
      onePerNode: false,
    },
  ]);
  const workers = (tenants.workers ?? []).map(({ name, pod, capacity }) => ({
    name,
    ...sizeOf(pod.requests),
    count: pods(capacity.desired, capacity.max),
    onePerNode: false,
  }));
  const measured = (tenants.measuring ?? []).map((part) => ({
    name: `metrics-${part}`,
    ...sizeOf(measuring[part]),
    count: pods(2, 2),
    onePerNode: false,
  }));
  return [...services, ...workers, ...measured, ...poolersOf(tenants, pods), ...storesOf(tenants)];
}

/** One for writes, and one for reads where there is a reader: each a Deployment of its own. */
function poolersOf({ pooler: planned }: Tenants, pods: (start: number, most: number) => number): Workload[] {
  if (!planned) return [];
  const own = planned.name.replace(/_/g, '-');
  const names = [`${own}-pooler`, ...(planned.reads ? [`${own}-read-pooler`] : [])];
  const count = pods(planned.pods, planned.pods);
  return names.map((name) => ({ name, ...sizeOf(pooler.requests), count, onePerNode: false }));
}

function storesOf({ cache, broker, documentDatabase, relationalDatabase }: Tenants): Workload[] {
  const stores: Workload[] = [];
  const store = (name: string, size: string, count: number) => {
    stores.push({ name, ...storeSize(size), count, onePerNode: false });
  };
  if (cache) store('cache', cache.nodeType, cache.shards * (1 + cache.replicasPerShard));
  if (broker) store('broker', broker.nodeType, 1);
  if (documentDatabase) {
    const { tier, electableNodes: count, backedUp } = documentDatabase;
    stores.push({ name: 'mongodb', ...(backedUp ? besideBackups(tier) : storeSize(tier)), count, onePerNode: false });
  }
  if (relationalDatabase) stores.push(instancesOf(relationalDatabase));
  return stores;
}

/** Whoever answers reads can also take over, and whoever stands by is a copy like the others. */
function instancesOf({ instanceClass, standby, replicas }: NonNullable<Tenants['relationalDatabase']>): Workload {
  return {
    name: 'postgres',
    ...besideBackups(instanceClass),
    count: 1 + (standby ? 1 : 0) + replicas.min,
    onePerNode: false,
  };
}

/** A pod of a database, with what sends its log away. */
function besideBackups(size: string): { cpuMillis: number; memoryMib: number } {
  const database = storeSize(size);
  const sidecar = sizeOf(backupSidecar);
  return {
    cpuMillis: database.cpuMillis + sidecar.cpuMillis,
    memoryMib: database.memoryMib + sidecar.memoryMib,
  };
}

function sizeOf(requests: { cpu: string; memory: string }): { cpuMillis: number; memoryMib: number } {
  return { cpuMillis: cpuMillis(requests.cpu), memoryMib: memoryMib(requests.memory) };
}

const system = (name: string, count: number, cpu: number, memory: number): Workload => ({
  name,
  count,
  cpuMillis: cpu,
  memoryMib: memory,
  onePerNode: false,
});

/**
 * What a cluster runs for itself, besides the daemons: by the requests of the charts and add-ons that are pinned in
 * `components/`, and of those that GKE and DOKS bring themselves. A plain cluster brings its own place for its own.
 */
const clusterOwn: Record<CloudName, Workload[]> = {
  aws: [
    system('coredns', 2, 100, 70),
    system('metrics-server', 2, 100, 200),
    system('ebs-csi-controller', 2, 60, 240),
    system('aws-load-balancer-controller', 2, 100, 128),
    system('cluster-autoscaler', 1, 100, 300),
    system('cert-manager', 3, 50, 128),
  ],
  gcp: [
    system('kube-dns', 2, 270, 190),
    system('konnectivity-agent', 3, 10, 30),
    system('metrics-server', 1, 60, 130),
    system('event-exporter-and-dns-autoscaler', 3, 25, 30),
    system('managed-prometheus-operator', 2, 25, 80),
    system('cert-manager', 3, 50, 128),
  ],
  digitalocean: [
    system('coredns', 2, 100, 150),
    system('cilium-operator', 2, 100, 150),
    system('hubble', 2, 25, 64),
    system('metrics-server', 2, 100, 200),
    system('cert-manager', 3, 50, 128),
  ],
  kubernetes: [],
};

/** kube-prometheus-stack as `components/` sets it: Prometheus, the operator, kube-state-metrics, Grafana, Alertmanager. */
const monitoringOwn = [system('prometheus', 1, 250, 1024), system('monitoring', 4, 50, 128)];

/** Pods that come and go beside the services: index and set-up jobs, and what watches a database for Prometheus. */
const passing = [system('jobs', 2, 50, 64), system('exporter', 1, 20, 64)];

/** Pods that are not the services' own: those of the cluster itself, and those that come and go. */
export function systemWorkloadsOf(cloud: CloudName, monitoring: boolean): Workload[] {
  const own = clusterOwn[cloud];
  return [...own, ...(monitoring && own.length > 0 ? monitoringOwn : []), ...passing];
}
