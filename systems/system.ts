import type { ClusterNodes } from '../plan/cluster';
import type { Sizes } from '../plan/sizes';
import type {
  AlertPlan,
  HealthCheckPlan,
  IndexPlan,
  OffHoursPlan,
  PanelPlan,
  PodPlan,
  PoolerPlan,
  ProxyPlan,
  QueuePlan,
  QueueScaling,
  RoutingPlan,
  ScalingRules,
  ScheduledSqlPlan,
  WorkConnections,
  WorkerPodPlan,
} from '../plan/types';
import type {
  CloudName,
  Compute,
  DocumentHost,
  Environment,
  PhaseName,
  RelationalHost,
  SqlEngine,
} from '../plan/vocabulary';

/**
 * What a system needs, cloud-neutral. Where a guide names a cloud's own machine or region it stands in a table by
 * cloud: data, never a branch.
 */
export interface System {
  name: string;
  title: string;
  /**
   * Where it can run today, the usual kind of compute first. A combination that is not listed is refused before anything
   * is created.
   */
  runsOn: Partial<Record<CloudName, Compute[]>>;
  /** Regions by cloud, home first; a phase that serves from one takes the first. */
  regions: Partial<Record<CloudName, string[]>>;
  /** Machine of a cluster's nodes by cloud and phase, where services run as pods. */
  clusterNodes: ClusterNodes;
  services: ServiceNeeds[];
  /** Undefined: none. */
  workers?: WorkerNeeds[];
  documentDatabase?: DocumentDatabaseNeeds;
  relationalDatabase?: RelationalDatabaseNeeds;
  cache?: CacheNeeds;
  broker?: BrokerNeeds;
  scheduledSql?: ScheduledSqlPlan[];
  /** Out of hours by environment, unless configuration says otherwise. Undefined: always on. */
  offHours?: Partial<Record<Environment, OffHoursPlan>>;
  objectStores: ObjectStoreNeeds[];
  /** The lowest phase that has content delivery; undefined: all. */
  contentDeliveryFrom?: PhaseName;
  contentDelivery?: { pathPattern: string; store: string; maxAgeSeconds: number; signed: boolean }[];
  alerts: AlertPlan[];
  dashboard: PanelPlan[];
  /** US dollars a month by phase in prod: what its resources cost at their start, and room to grow. */
  monthlyBudgetUsd: Record<PhaseName, number>;
  /** What k6 asks of it, and what it expects. */
  loadTest: LoadTestNeeds;
}

/** A load test: who comes, what they ask for, and what an answer must be like. */
export interface LoadTestNeeds {
  /** Asked for in turn, by GET: what may be read again and again without harm. */
  paths: string[];
  /** Statuses of a good answer. */
  statuses: number[];
  /** `users`: each asks, waits for the answer and rests. `requests-per-second`: as many, however long answers take. */
  unit: 'users' | 'requests-per-second';
  /** How many on an ordinary day, under stress, and all at once. */
  usual: number;
  stress: number;
  spike: number;
  /** Seconds that a user rests after each answer. */
  restSeconds: number;
  /** Minutes of the usual load without a slope before and after, where a guide writes its load test so. */
  steadyMinutes?: number;
  expects: {
    /** Milliseconds that this percentage of answers stays below. */
    latency: { percentile: number; millis: number };
    /** Percent of requests that may fail. */
    errorPercent: number;
  };
}

export interface ServiceNeeds {
  name: string;
  port: number;
  /** Machine by cloud, and by phase or environment, where the service runs on instances. */
  machines: Partial<Record<CloudName, Sizes>>;
  /** One instance as a pod; the same at every phase, a vertical step is an override. */
  pod: PodPlan;
  /** How nginx in front of pods treats them. */
  proxy: ProxyPlan;
  range: RangeNeeds;
  healthCheck: HealthCheckPlan;
  scaling: { cpuPercent: number; memoryPercent: number };
  /** Where the guide writes its rules out. Percentages of CPU and memory in `out` are those of `scaling`. */
  scalingRules?: ScalingRules;
  /** `{domain}` and `{content}` in hosts and redirects are the stack's own. */
  routing?: RoutingPlan;
  rateLimit?: { requests: number; windowSeconds: number; burst: number; status: number };
  idleTimeoutSeconds: number;
  drainSeconds: number;
  diskGb: number;
  environment: Record<string, string>;
  connections: WorkConnections;
  /** Database connections of one instance, and the variables that carry them to the application. */
  databasePool?: PoolNeeds;
}

/** The autoscaler's range: one that holds at every phase, or the phase's own counts. */
export type RangeNeeds = { min: number; max: number } | Record<PhaseName, { min: number; max: number }>;

export interface PoolNeeds {
  max: number;
  min: number;
  maxVariable: string;
  minVariable: string;
}

export interface WorkerNeeds {
  name: string;
  /** Key of `images` that it runs: a service's own, or one that several workers share. */
  image: string;
  /** Empty: the image's own. */
  command: string[];
  machines: Partial<Record<CloudName, Sizes>>;
  pod: WorkerPodPlan;
  range: RangeNeeds;
  /** Name of one of the broker's queues. */
  queue: string;
  scaling: QueueScaling;
  /** Where the jobs are not critical. Never on capacity that can be taken back where a job must not be cut. */
  spot: boolean;
  drainSeconds: number;
  diskGb: number;
  environment: Record<string, string>;
  connections: WorkConnections;
  databasePool?: PoolNeeds;
}

export interface RelationalDatabaseNeeds {
  name: string;
  engine: SqlEngine;
  engineVersion: string;
  user: string;
  /** Who runs it, by cloud. */
  hosts: Partial<Record<CloudName, RelationalHost>>;
  /** Size of the primary and its replicas by host. */
  classes: Partial<Record<RelationalHost, Sizes>>;
  /** A copy in another zone that takes over, from this phase on. */
  standbyFrom: PhaseName;
  /** Readers in the home region by phase; a range is autoscaled on CPU where the host can, elsewhere there are `fixed`. */
  replicas: Record<PhaseName, { min: number; max: number; fixed?: number }>;
  /** Percent of CPU that autoscaling aims at. */
  replicaCpuPercent: number;
  /** GiB at the start, and how far storage may grow, by phase. */
  storage: Record<PhaseName, { initialGb: number; maxGb: number }>;
  freePercent: number;
  /** Undefined: services connect straight to the database. */
  pooler?: PoolerNeeds;
}

/** What a pooler is at every phase, and how many there are where they are a Deployment. */
export interface PoolerNeeds extends Omit<PoolerPlan, 'image' | 'pods'> {
  pods: Record<PhaseName, number>;
}

export interface BrokerNeeds {
  engineVersion: string;
  nodeTypes: Partial<Record<CloudName, Record<PhaseName, string>>>;
  port: number;
  queues: QueuePlan[];
}

export interface DocumentDatabaseNeeds {
  name: string;
  /** Who runs it, by cloud. */
  hosts: Partial<Record<CloudName, DocumentHost>>;
  /** Size of a member, by its host's own names. */
  tierByEnvironment: Partial<Record<DocumentHost, Record<Environment, string>>>;
  /** How far compute autoscaling may go, by phase. Never below the tier. Hosts without it have none. */
  maxTierByPhase: Partial<Record<DocumentHost, Record<PhaseName, string>>>;
  /** Members that can be elected: one, or three where the loss of one must not be seen. */
  electableNodes: Partial<Record<DocumentHost, Record<Environment, number>>>;
  mongoVersion: string;
  indexes: IndexNeeds[];
}

/** The same in the system and in the plan: nothing about an index depends on phase, cloud or environment. */
export type IndexNeeds = IndexPlan;

export interface CacheNeeds {
  engineVersion: string;
  /** By phase or environment. */
  nodeTypes: Partial<Record<CloudName, Sizes>>;
  port: number;
  evictionPolicy: string;
}

export interface ObjectStoreNeeds {
  name: string;
  noncurrentVersionDays: number;
  infrequentAccessAfterDays?: number;
}
