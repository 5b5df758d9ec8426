import type { Accounts, GivenSecrets } from '../../plan/accounts';
import type { OffHoursPlan } from '../../plan/types';
import type { CloudName, Compute, Environment, PhaseName } from '../../plan/vocabulary';

/**
 * A stack's configuration after the schema has checked it: every default filled in, no secret value inside.
 * `schema.ts` makes it; the plan is worked out from it and from nothing else.
 */
export interface Settings {
  system: string;
  phase: PhaseName;
  environment: Environment;
  cloud: CloudName;
  compute: Compute;
  /** Of the stack's cloud, home first. Undefined: the system's own, as many as the phase serves from. */
  regions?: string[];
  /** How many zones a region of the stack's cloud uses, or their names. Undefined: the phase's number. */
  zones?: number | string[];
  /** Container image by its key: the names of services, and those that workers share. */
  images: Record<string, string>;
  domain: string;
  /** Undefined: `static.` before the domain. */
  contentDomain?: string;
  /** PEM public key that proves signed URLs of private content. */
  contentPublicKey?: string;
  alertEmails: string[];
  /** US dollars a month. Undefined: the phase's own. */
  budget?: number;
  /** IPv4 /16 of the home region; further regions take the next ones. */
  cidr: string;
  atlasOrganizationId?: string;
  /** An Atlas project that is already there. */
  atlasProjectId?: string;
  /** Port of a database that is there already. Undefined: the usual one of its kind. */
  databasePort?: number;
  /** What the user has on each cloud. Sections of other clouds than the stack's may stand in its file: a move is one line. */
  accounts: Accounts;
  /** Clouds that the stack has left and whose stores stay. */
  keep: CloudName[];
  /** Clouds that the stack has left and whose stores may go: said on purpose. */
  discardStores: CloudName[];
  /** Cloudflare in front; undefined: clients come straight to the cloud. */
  cloudflare?: CloudflareSettings;
  /** When people work. False: always on; undefined: the system's own for the environment. */
  offHours?: OffHoursPlan | false;
  overrides: Overrides;
  owner: string;
  costCenter: string;
  /** Says by hand which phase the stores have reached; undefined: what the stack itself remembers. */
  reached?: PhaseName;
  /** Names of the entries of the secret object `secrets`. */
  secretNames: string[];
  /** Which single secrets are given; their values stay with Pulumi. */
  given: GivenSecrets;
}

/** A zone of Cloudflare, and what it does for the stack. */
export interface CloudflareSettings {
  zoneId: string;
  zoneName: string;
  /** Undefined: the plan's own. */
  cachedPaths?: string[];
  http3: boolean;
  brotli: boolean;
  /** Another stack has the zone's settings and cache rules. */
  sharedZone: boolean;
}

/** The plan's own numbers, changed on purpose. The schema bounds each; the policies judge the result. */
export interface Overrides {
  services: Record<string, ServiceOverrides>;
  workers: Record<string, WorkerOverrides>;
  cache: { nodeType?: string; shards?: number; replicasPerShard?: number; snapshotRetentionDays?: number };
  database: { tier?: string; maxTier?: string; diskGb?: number };
  relational: RelationalOverrides;
  broker: BrokerOverrides;
  cluster: ClusterOverrides;
  network: { natGateways?: 'single' | 'per-zone' };
  logs: { retentionDays?: number };
}

/** What services and workers have in common. */
interface GroupOverrides {
  minSize?: number;
  maxSize?: number;
  desiredCapacity?: number;
  /** Where they run on instances. */
  machine?: string;
  /** Where they are pods. */
  pod?: PodOverrides;
  diskGb?: number;
  environment?: Record<string, string>;
  /** Database connections of one instance, taken as they are: too many are refused, never made fewer. */
  poolSize?: number;
}

export interface ServiceOverrides extends GroupOverrides {
  /** Also of the conditions that a guide writes out. */
  cpuPercent?: number;
  memoryPercent?: number;
}

export interface WorkerOverrides extends GroupOverrides {
  spot?: boolean;
}

export interface RelationalOverrides {
  /** Of a database that is taken over: what it calls the database inside, and its owner. */
  databaseName?: string;
  user?: string;
  /** As the database's host names it. */
  instanceClass?: string;
  /** Readers in the home region: the fewest, and how many at most where the host changes their number by itself. */
  replicas?: number;
  maxReplicas?: number;
  /** GiB. */
  storageGb?: number;
  maxStorageGb?: number;
  standby?: boolean;
  /** PgBouncer between services and the database. */
  pooler?: boolean;
  /** The cloud's own proxy, where it has one. */
  proxy?: boolean;
  engineVersion?: string;
  backupRetentionDays?: number;
  /** 0 turns them off. */
  insightsDays?: number;
  passwordVersion?: number;
  rotationDays?: number;
}

/** Shards are not among them: a broker is never sharded. */
export interface BrokerOverrides {
  nodeType?: string;
  replicas?: number;
  snapshotRetentionDays?: number;
}

/** One pod of a service, in quantities of Kubernetes: the vertical step where services are pods. */
export interface PodOverrides {
  cpuRequest?: string;
  memoryRequest?: string;
  cpuLimit?: string;
  memoryLimit?: string;
}

/** The cluster that pods run on. Nodes are those of a region together. */
export interface ClusterOverrides {
  /** On plain Kubernetes `<cpu>/<memory>` of a node that is there. */
  machine?: string;
  minNodes?: number;
  maxNodes?: number;
  /** Minor version, e.g. `1.34`. Managed clusters only. */
  version?: string;
}
