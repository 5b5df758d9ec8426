import type { ClusterNodes } from '../plan/cluster';
import type { AlertPlan, HealthCheckPlan, IndexPlan, PanelPlan, PodPlan, ProxyPlan } from '../plan/types';
import type { CloudName, Compute, DocumentHost, Environment, PhaseName } from '../plan/vocabulary';

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
  documentDatabase?: DocumentDatabaseNeeds;
  cache?: CacheNeeds;
  objectStores: ObjectStoreNeeds[];
  contentDelivery?: { pathPattern: string; store: string; maxAgeSeconds: number; signed: boolean }[];
  alerts: AlertPlan[];
  dashboard: PanelPlan[];
  /** US dollars a month by phase in prod: what its resources cost at their start, and room to grow. */
  monthlyBudgetUsd: Record<PhaseName, number>;
}

export interface ServiceNeeds {
  name: string;
  port: number;
  /** Machine by cloud and phase, where the service runs on instances. */
  machines: Partial<Record<CloudName, Record<PhaseName, string>>>;
  /** One instance as a pod; the same at every phase, a vertical step is an override. */
  pod: PodPlan;
  /** How nginx in front of pods treats them. */
  proxy: ProxyPlan;
  /** The autoscaler's range; holds at every phase. */
  range: { min: number; max: number };
  healthCheck: HealthCheckPlan;
  scaling: { cpuPercent: number; memoryPercent: number };
  rateLimit?: { requests: number; windowSeconds: number; burst: number; status: number };
  idleTimeoutSeconds: number;
  drainSeconds: number;
  diskGb: number;
  environment: Record<string, string>;
  connections: { documentDatabase?: string; cache?: string };
  /** Database connections of one instance, and the variables that carry them to the application. */
  databasePool?: { max: number; min: number; maxVariable: string; minVariable: string };
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
  nodeTypes: Partial<Record<CloudName, Record<PhaseName, string>>>;
  port: number;
  evictionPolicy: string;
}

export interface ObjectStoreNeeds {
  name: string;
  noncurrentVersionDays: number;
  infrequentAccessAfterDays?: number;
}
