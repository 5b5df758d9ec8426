import type { RelationalHost, SqlEngine } from '../vocabulary';

/** A relational database in the home region, with its copies. It is resized in place and never replaced. */
export interface RelationalDatabasePlan {
  /** Name of the database, and part of the names of its resources: `mercenary`. */
  name: string;
  engine: SqlEngine;
  /** Major version, e.g. `17`; of MySQL `8.4`. Minor versions come in the maintenance window. */
  engineVersion: string;
  /** Who runs it. */
  host: RelationalHost;
  /**
   * Size of the primary and its replicas, as the host names it: `db.t3.small`, `db-custom-2-8192`, `db-s-2vcpu-4gb`, on
   * plain Kubernetes `<cpu>/<memory>`.
   */
  instanceClass: string;
  port: number;
  /** The owner that is made with the database; services use it. */
  user: string;
  /** A copy in another zone that takes over when the primary fails. It answers no reads by itself. */
  standby: boolean;
  replicas: ReplicasPlan;
  storage: StoragePlan;
  backup: {
    /** Days that any moment can be restored from. */
    retentionDays: number;
    /** When the daily copy is made, UTC, `HH:MM`; half an hour from then. */
    startsAt: string;
  };
  maintenance: MaintenancePlan;
  /** Whether a green copy (blue/green deployment) can be made, to try a higher version on, where the host has it. */
  blueGreen: boolean;
  /** Seconds between two looks at the operating system (enhanced monitoring); 0 turns them off. */
  monitoringSeconds: number;
  /** Days that Performance Insights (or the host's own) keeps; 0 turns it off. */
  insightsDays: number;
  /** A proxy of the cloud's own in front (RDS Proxy). */
  proxy: boolean;
  /** Undefined: services connect straight to the database. */
  pooler?: PoolerPlan;
  /**
   * What the class accepts at once: by the host's own formula; Cloud SQL and CloudNativePG are set to it. Undefined where it
   * is not known (`existing`, a class that is not in the tables).
   */
  maxConnections?: number;
  /** Counts up to have a new password made by the next update, on hosts that do not rotate it themselves. */
  passwordVersion: number;
  /** Days between two rotations by the cloud's secret manager; undefined: by `passwordVersion` alone. */
  rotationDays?: number;
  /** There is a database already: its URL comes with configuration or the cloud's secret manager, and none is made. */
  existing: boolean;
  /** A database that is there already and becomes the stack's own. */
  adopted?: AdoptedDatabase;
}

export interface ReplicasPlan {
  /** Readers in other zones of the home region. */
  min: number;
  /** As `min` where their number is fixed. */
  max: number;
  /** Percent of CPU that autoscaling aims at; undefined where the number is fixed. */
  cpuPercent?: number;
  /** Readers in every further region that serves. */
  perFurtherRegion: number;
}

export interface StoragePlan {
  /** GiB at the start; more where it has grown. */
  initialGb: number;
  /** How far it may grow by itself, GiB. */
  maxGb: number;
  /** Percent free below which somebody is told: the margin that a guide asks for. */
  freePercent: number;
}

export interface MaintenancePlan {
  /** 1 Monday to 7 Sunday. */
  day: number;
  /** `HH:MM`, UTC. */
  startsAt: string;
  hours: number;
}

/** PgBouncer between services and the database: beside each instance, or a Deployment of its own on a cluster. */
export interface PoolerPlan {
  image: string;
  port: number;
  /** Connections to the database that one pooler opens; fitted to what the database accepts in `ServicePlan.pooler`. */
  poolSize: number;
  minPoolSize: number;
  /** The most that one pooler opens, whatever asks. */
  maxDatabaseConnections: number;
  /** The most clients of one pooler. */
  maxClientConnections: number;
  /** Seconds that a client waits for a connection before it is turned away. */
  timeoutSeconds: number;
  /** Poolers of a region where they are a Deployment. On instances there is one beside each. */
  pods: number;
}

/** What cannot change of a database without making a new one. */
export interface AdoptedDatabase {
  /** As the cloud's provider imports it: an identifier, a name, an id. */
  id: string;
  /** The stack has it already: from here on it is changed like any other, save for what would replace it. */
  imported: boolean;
}

/** Sums of one database: who may open how many connections, and what it accepts. */
export interface ConnectionBudget {
  database: string;
  /** What the database accepts, and where that number is from. */
  limit: number;
  limitFrom: string;
  /** Kept for people, monitoring and replication. */
  reserved: number;
  users: ConnectionUser[];
  /** Of all users together. */
  total: number;
}

export interface ConnectionUser {
  /** A service, a worker, or the pooler in front of all of them. */
  name: string;
  /** The most of them in all regions. */
  instances: number;
  /** Connections that each opens at the most. */
  each: number;
  /** Whether a pooler holds them. */
  pooled: boolean;
}
