import type { Accounts, GivenSecrets } from '../../plan/accounts';
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
  /** Container image by service. */
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
  /** What the user has on each cloud. Sections of other clouds than the stack's may stand in its file: a move is one line. */
  accounts: Accounts;
  /** Clouds that the stack has left and whose stores stay. */
  keep: CloudName[];
  /** Clouds that the stack has left and whose stores may go: said on purpose. */
  discardStores: CloudName[];
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

/** The plan's own numbers, changed on purpose. The schema bounds each; the policies judge the result. */
export interface Overrides {
  services: Record<string, ServiceOverrides>;
  cache: { nodeType?: string; shards?: number; replicasPerShard?: number; snapshotRetentionDays?: number };
  database: { tier?: string; maxTier?: string; diskGb?: number };
  cluster: ClusterOverrides;
  network: { natGateways?: 'single' | 'per-zone' };
  logs: { retentionDays?: number };
}

export interface ServiceOverrides {
  minSize?: number;
  maxSize?: number;
  desiredCapacity?: number;
  /** Where services run on instances. */
  machine?: string;
  /** Where services are pods. */
  pod?: PodOverrides;
  cpuPercent?: number;
  memoryPercent?: number;
  diskGb?: number;
  environment?: Record<string, string>;
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
