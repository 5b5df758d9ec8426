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
  /** Home region first. Undefined: the system's own, as many as the phase serves from. */
  regions?: string[];
  /** How many zones a region uses, or their names. Undefined: the phase's number. */
  zones?: number | string[];
  /** Container image by service. */
  images: Record<string, string>;
  /** AMI by region, for a region that is not to take the newest. */
  machineImages: Record<string, string>;
  domain: string;
  /** Undefined: `static.` before the domain. */
  contentDomain?: string;
  hostedZoneId?: string;
  /** Certificate by region, for a user who has their own. */
  certificates: Record<string, string>;
  /** PEM public key that proves signed URLs of private content. */
  contentPublicKey?: string;
  alertEmails: string[];
  /** US dollars a month. Undefined: the phase's own. */
  budget?: number;
  /** IPv4 /16 of the home region; further regions take the next ones. */
  cidr: string;
  allowedAccountIds: string[];
  atlasOrganizationId?: string;
  existing: ExistingSettings;
  overrides: Overrides;
  owner: string;
  costCenter: string;
  /** Says by hand which phase the stores have reached; undefined: what the stack itself remembers. */
  reached?: PhaseName;
  /** Names of the entries of the secret object `secrets`. */
  secretNames: string[];
}

export interface ExistingSettings {
  network?: {
    vpcId: string;
    publicSubnetIds: string[];
    privateSubnetIds: string[];
    dataSubnetIds: string[];
    natAddresses: string[];
  };
  /** A secret in the cloud's secret manager that holds the URL of a database that is already there. */
  databaseSecretId?: string;
  /** An Atlas project that is already there. */
  atlasProjectId?: string;
}

/** The plan's own numbers, changed on purpose. The schema bounds each; the policies judge the result. */
export interface Overrides {
  services: Record<string, ServiceOverrides>;
  cache: { nodeType?: string; shards?: number; replicasPerShard?: number; snapshotRetentionDays?: number };
  database: { tier?: string; maxTier?: string; diskGb?: number };
  network: { natGateways?: 'single' | 'per-zone' };
  logs: { retentionDays?: number };
}

export interface ServiceOverrides {
  minSize?: number;
  maxSize?: number;
  desiredCapacity?: number;
  machine?: string;
  cpuPercent?: number;
  memoryPercent?: number;
  diskGb?: number;
  environment?: Record<string, string>;
}
