import type { Accounts, GivenSecrets } from './accounts';
import type { ConnectionBudget, PoolerPlan, RelationalDatabasePlan } from './shapes/relational';
import type { RoutingPlan } from './shapes/routing';
import type { OffHoursPlan, ScalingRules } from './shapes/scaling';
import type { BrokerPlan, ScheduledSqlPlan, WorkConnections, WorkerPlan } from './shapes/work';
import type { CloudName, Compute, DocumentHost, Environment, PhaseName } from './vocabulary';

export type * from './shapes/relational';
export type * from './shapes/routing';
export type * from './shapes/scaling';
export type * from './shapes/work';

/**
 * The plan: a system at a phase, in an environment, on a cloud, worked out to sizes, counts and limits.
 * Pure data: no Pulumi, no secret values, nothing that is only known once a resource exists. Everything that shapes
 * topology is here, so a preview is always complete.
 */
export interface Plan {
  system: string;
  title: string;
  phase: PhaseName;
  /** The highest phase this stack has reached. Stores take their shape from it and so never shrink. */
  storesPhase: PhaseName;
  environment: Environment;
  cloud: CloudName;
  compute: Compute;
  /**
   * The balancers of instances that the stack has left stay, empty and without protection: a cloud deletes none that
   * is protected, and an update cannot lift the protection of what it deletes.
   */
  resting: boolean;
  /** Starts every name, e.g. `pulse-prod`. */
  prefix: string;
  /** The first region is home: global and single-region resources live there. */
  regions: RegionPlan[];
  network: NetworkPlan;
  domain: DomainPlan;
  services: ServicePlan[];
  /** What takes jobs from the broker's queues. */
  workers: WorkerPlan[];
  /** What services and workers run on as pods; undefined where they run on instances. */
  cluster?: ClusterPlan;
  /** What the user has on the clouds; each is read by its own cloud's folder alone. */
  accounts: Accounts;
  /** Single secrets of configuration that are given. */
  given: GivenSecrets;
  documentDatabase?: DocumentDatabasePlan;
  relationalDatabase?: RelationalDatabasePlan;
  cache?: CachePlan;
  broker?: BrokerPlan;
  /** What runs by the calendar. */
  scheduledSql: ScheduledSqlPlan[];
  /** One for each database whose limit is known. All of them fit, or there would be no plan. */
  connectionBudgets: ConnectionBudget[];
  /** When nobody works; undefined: always on. */
  offHours?: OffHoursPlan;
  /** Cloudflare in front of the entry and the content. */
  frontDoor?: FrontDoorPlan;
  objectStores: ObjectStorePlan[];
  contentDelivery?: ContentDeliveryPlan;
  alerts: AlertPlan[];
  dashboard: PanelPlan[];
  /** Who is told: e-mail addresses for alerts and for the budget. */
  alertEmails: string[];
  budget: BudgetPlan;
  logs: { retentionDays: number };
  safety: SafetyPlan;
  /** Names of the secrets in configuration; their values never enter the plan. */
  secretNames: string[];
  /** On every taggable resource: Project, System, Phase, Environment, Owner, CostCenter, ManagedBy. */
  tags: Record<string, string>;
  /** What the user should know about this plan, one sentence each; printed with the outputs. */
  notices: string[];
}

export interface RegionPlan {
  /** As the cloud calls it, e.g. `us-east-1`. */
  name: string;
  /** A short form for names, e.g. `use1`. */
  code: string;
  home: boolean;
  /** False where the region only keeps stores of a higher phase that was reached before. */
  serves: boolean;
  /** Names of the availability zones in use, 2 or 3 in staging and prod. */
  zones: string[];
  /** IPv4 range of the region's network, a /16; ranges of two regions never overlap. */
  cidr: string;
}

export interface NetworkPlan {
  natGateways: 'single' | 'per-zone';
  flowLogRetentionDays: number;
}

export interface DomainPlan {
  /** The name that clients use, e.g. `api.pulse.example.com`. */
  name: string;
  /** Serves the object store through the CDN, e.g. `static.api.pulse.example.com`. */
  contentName: string;
}

export interface Capacity {
  min: number;
  max: number;
  /** Where the group starts; the autoscaler owns it from then on. */
  desired: number;
  /** The least is the same at every phase, so a cloud may wait for the group to have its number. Default: it is. */
  steady?: boolean;
}

export interface ServicePlan {
  name: string;
  /** Reference of the container image, with a tag or digest. */
  image: string;
  port: number;
  /** The cloud's machine type, e.g. `t3.large`. As pods: of the nodes that they are meant for. */
  machine: string;
  /** Instances, or pods. */
  capacity: Capacity;
  pod: PodPlan;
  proxy: ProxyPlan;
  healthCheck: HealthCheckPlan;
  scaling: {
    /** Percent of CPU, average over the group. */
    cpuPercent: number;
    /** Percent of memory, average over the group. */
    memoryPercent: number;
  };
  /** How the group scales where a guide writes it out; undefined: it keeps the averages of `scaling`. */
  scalingRules?: ScalingRules;
  /** Undefined: the balancer's own way, and no rules. */
  routing?: RoutingPlan;
  /** Requests per client address; answered with `status` above it. */
  rateLimit?: RateLimitPlan;
  /** Seconds that a connection may be silent before the balancer closes it. */
  idleTimeoutSeconds: number;
  /** Seconds that a leaving instance keeps its open requests. */
  drainSeconds: number;
  /** GiB of the root volume. */
  diskGb: number;
  /** Plain environment variables of the container. */
  environment: Record<string, string>;
  /** Environment variables that are filled from a store's connection secret. */
  connections: WorkConnections;
  /** What stands between it and the relational database, with the size that fits; undefined: nothing. */
  pooler?: PoolerPlan;
}

/** One instance of a service as a pod. Quantities as Kubernetes writes them: `500m`, `512Mi`. */
export interface PodPlan {
  requests: PodSize;
  limits: PodSize;
  liveness: ProbePlan;
  readiness: ProbePlan;
}

export interface PodSize {
  cpu: string;
  memory: string;
}

export interface ProbePlan {
  initialDelaySeconds: number;
  periodSeconds: number;
}

/** How a reverse proxy of our own (nginx on Kubernetes) treats the instances behind it. Clouds' balancers have no such knobs. */
export interface ProxyPlan {
  /** Failed tries within `failTimeoutSeconds` after which an instance is left out for as long. */
  maxFails: number;
  failTimeoutSeconds: number;
  /** Idle connections that each worker keeps open to the instances. */
  keepalive: number;
  connectTimeoutSeconds: number;
  sendTimeoutSeconds: number;
  readTimeoutSeconds: number;
}

/** The cluster of each region: made here on a managed cloud, expected to be there on plain Kubernetes. */
export interface ClusterPlan {
  /** Kubernetes minor version, e.g. `1.34`. Managed clouds only. */
  version: string;
  /** Everything of the system on the cluster is in it. */
  namespace: string;
  nodes: NodePoolPlan;
}

/** Nodes by the most that the plan allows: every pod fits at the greatest count, also during a rolling update. */
export interface NodePoolPlan {
  /** The cloud's machine type; on plain Kubernetes a size in words, e.g. `2 vCPU / 8 GiB`. */
  machine: string;
  /** What one node leaves to pods, after the system's own reservations and daemons. */
  allocatable: { cpuMillis: number; memoryMib: number; pods: number };
  /** Of the region's nodes together. */
  min: number;
  max: number;
}

export interface HealthCheckPlan {
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** Seconds that a new instance has before a failed check counts. */
  graceSeconds: number;
}

export interface DocumentDatabasePlan {
  /** Name of the database in the cluster. */
  name: string;
  /** Who runs it. */
  host: DocumentHost;
  /**
   * Size of a member as its host names it: an Atlas tier (`M30`; `M0` is the free shared tenant: no backup, no private
   * endpoint), a DigitalOcean size (`db-s-2vcpu-4gb`), on plain Kubernetes `<cpu>/<memory>` (`1000m/4Gi`).
   */
  tier: string;
  /** The tier that compute autoscaling may reach; undefined on M0, and where the host has no autoscaling. */
  maxTier?: string;
  /** Electable members in the home region. */
  electableNodes: number;
  /** Read-only nodes in every further region. */
  readOnlyNodesPerRegion: number;
  diskGb?: number;
  continuousBackup: boolean;
  mongoVersion: string;
  /** Atlas organization that owns the project. */
  organizationId: string;
  /** There is a database already: its URL comes with configuration or the cloud's secret manager, and none is made. */
  existing: boolean;
  /** TCP port that it answers on. */
  port: number;
  /** An existing Atlas project to put the cluster in. */
  existingProjectId?: string;
  indexes: IndexPlan[];
}

/** One index of a document database, in the order of its keys. */
export interface IndexPlan {
  collection: string;
  keys: [field: string, direction: 1 | -1][];
  unique?: boolean;
  /** Seconds after which a document goes. */
  expireAfterSeconds?: number;
}

export interface CachePlan {
  engineVersion: string;
  /** As the cloud names it, e.g. `cache.t3.micro`; on plain Kubernetes `<cpu>/<memory>`, e.g. `250m/512Mi`. */
  nodeType: string;
  shards: number;
  replicasPerShard: number;
  port: number;
  /** What goes when memory is full. */
  evictionPolicy: string;
  snapshotRetentionDays: number;
}

export interface ObjectStorePlan {
  name: string;
  /** Days until an old version of an object is removed. */
  noncurrentVersionDays: number;
  /** Days until objects move to infrequent access; undefined keeps them. */
  infrequentAccessAfterDays?: number;
}

export interface ContentDeliveryPlan {
  /** Path pattern to object store, the first being the default. */
  origins: { pathPattern: string; store: string; maxAgeSeconds: number; signed: boolean }[];
  priceClass: 'regional' | 'most' | 'all';
  /** PEM of the public key that signed URLs are checked with; undefined where no origin is signed. */
  signingPublicKey?: string;
}

/** What to watch; `minutes` is how long it must last. */
export type AlertPlan = AlertWords & AlertCondition;

export interface AlertWords {
  name: string;
  minutes: number;
  summary: string;
  /** Undefined: a guide that knows one level; treated as critical. */
  severity?: 'warning' | 'critical';
}

export type AlertCondition =
  | { kind: 'error-rate'; service: string; percent: number }
  | { kind: 'latency'; service: string; percentile: number; seconds: number }
  /** Average of the service's instances, above a percentage. */
  | { kind: 'cpu' | 'memory'; service: string; percent: number }
  /** Free space of an instance's disk, below a percentage. */
  | { kind: 'disk-free'; service: string; percent: number }
  | { kind: 'database-down' }
  /** Of the relational database: above a percentage. */
  | { kind: 'database-cpu'; percent: number }
  /** Free storage of the relational database, below a percentage. */
  | { kind: 'database-disk-free'; percent: number }
  /** How far a replica is behind. */
  | { kind: 'replication-lag'; millis: number }
  | { kind: 'cache-memory'; percent: number }
  | { kind: 'queue-depth'; queue: string; jobs: number };

/** A panel of the dashboard: of one service, or of a store of the system. */
export type PanelPlan =
  | {
      title: string;
      kind:
        | 'request-rate'
        | 'latency-p50'
        | 'latency-p90'
        | 'latency-p95'
        | 'latency-p99'
        | 'error-rate'
        | 'cpu'
        | 'memory';
      service: string;
    }
  | {
      title: string;
      kind:
        | 'database-cpu'
        | 'database-connections'
        | 'replication-lag'
        | 'cache-memory'
        | 'cache-hit-ratio'
        | 'cache-evictions';
    }
  | { title: string; kind: 'queue-depth'; queue: string };

/** Requests of one client address in a window. */
export interface RateLimitPlan {
  requests: number;
  windowSeconds: number;
  burst: number;
  status: number;
  /** Where something stands in front, how it tells who asks; undefined: who connects is the client. */
  clientHeader?: ClientHeader;
}

/** A header that a proxy in front writes the client's address into. */
export interface ClientHeader {
  /** E.g. `CF-Connecting-IP`. */
  name: string;
  /** CIDRs that the proxy connects from. Anybody else can write the header too, and is not believed about it. */
  from: string[];
}

/** Cloudflare in front: its proxied records lead to the stack's entry. */
export interface FrontDoorPlan {
  zoneId: string;
  /** The name is the zone's own or below it. */
  zoneName: string;
  /** Further names of the first service, from its rules, that Cloudflare's own certificate covers. */
  furtherHosts: string[];
  /** Paths whose answers are cached at the edge. */
  cachedPaths: string[];
  /** Compresses with Brotli, and answers HTTP/3. */
  http3: boolean;
  brotli: boolean;
  /** Another stack has the zone's settings and cache rules, which are of the whole zone: this one makes its records alone. */
  sharedZone?: boolean;
}

export interface BudgetPlan {
  /** US dollars a month. */
  monthlyUsd: number;
  /** Percent of the budget at which somebody is told. */
  alertPercents: number[];
}

export interface SafetyPlan {
  /** Pulumi's `protect` on every store. */
  protectStores: boolean;
  /** The providers' own deletion protection. */
  deletionProtection: boolean;
  /** A last snapshot when a store is deleted on purpose. */
  finalSnapshot: boolean;
  /** Days that a deleted secret can be brought back; 0 removes it at once. */
  secretRecoveryDays: number;
}
