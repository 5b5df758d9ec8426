import type { Capacity, PodPlan } from '../types';
import type { PoolerPlan } from './relational';
import type { QueueScaling } from './scaling';

/**
 * What jobs wait in, in each region that serves: a store of its own, never the cache. It is not sharded (Celery does not
 * work on a cluster, celery#9436) and never drops what it holds (`noeviction`).
 */
export interface BrokerPlan {
  /** Valkey. */
  engineVersion: string;
  /** As the cloud names it, e.g. `cache.t3.small`; on plain Kubernetes `<cpu>/<memory>`. */
  nodeType: string;
  /** Copies that take over; 0 or 1. */
  replicas: number;
  port: number;
  queues: QueuePlan[];
  snapshotRetentionDays: number;
}

export interface QueuePlan {
  /** As workers and alerts name it. */
  name: string;
  /** The list that jobs wait in, e.g. `celery`, `bull:email:wait`. */
  key: string;
  /**
   * Whose jobs these are. `bullmq` keeps each job's time, so the wait of the oldest is known; of `celery` the depth alone.
   */
  library: 'celery' | 'bullmq';
}

/** Instances or pods that take jobs from a queue. Nothing leads clients to them. */
export interface WorkerPlan {
  name: string;
  image: string;
  /** What the container runs instead of the image's own command; empty: the image's own. */
  command: string[];
  machine: string;
  capacity: Capacity;
  pod: WorkerPodPlan;
  queue: QueuePlan;
  scaling: QueueScaling;
  /** On spare capacity that the cloud may take back: the jobs are not critical, and are given back to the queue. */
  spot: boolean;
  /** Seconds that a running job may take before its instance is let go. */
  drainSeconds: number;
  diskGb: number;
  environment: Record<string, string>;
  connections: WorkConnections;
  /** What stands between it and the relational database, with the size that fits; undefined: nothing. */
  pooler?: PoolerPlan;
}

/** One worker as a pod. A worker answers nobody, so its probe is a command; undefined: none. */
export interface WorkerPodPlan extends Pick<PodPlan, 'requests' | 'limits'> {
  livenessCommand?: string[];
}

/** Environment variables that are filled from stores. */
export interface WorkConnections {
  documentDatabase?: string;
  cache?: string;
  broker?: string;
  /** Reads and writes. */
  relationalDatabase?: string;
  /** Reads alone: the nearest replica, or the primary where there is none. */
  relationalReplica?: string;
}

/** What runs by the calendar, once for the whole system, beside its first service in the home region. */
export interface ScheduledSqlPlan {
  name: string;
  /** Cron, five fields, UTC. */
  schedule: string;
  /** SQL that may run again without harm. */
  sql: string;
  summary: string;
}
