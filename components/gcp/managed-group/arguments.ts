import type * as pulumi from '@pulumi/pulumi';
import type { OffHoursPlan, PoolerPlan, ScalingRules } from '../../../plan/types';
import type { Network } from '../network/network';
import type { RegionalNetwork } from '../network/regional-network';

/** What instances of a group are and run, whether clients are led to them or not. */
export interface WorkloadArgs {
  /** Id of the project. A change replaces everything. */
  projectId: string;
  /** Google's name of the region, e.g. `us-central1`. A change replaces everything. */
  region: string;
  /**
   * Zones of the instances, e.g. `['us-central1-a', 'us-central1-b']`. A change makes a new group, with an autoscaler of
   * its own, which serves before the old one goes. It starts with as few instances as a new one: not under full load.
   */
  zones: string[];
  network: Network;
  regionalNetwork: RegionalNetwork;
  /**
   * Reference of the container image, with a tag or, better, a digest. From a public registry or from Artifact
   * Registry; there the instances get leave to pull from this one repository. A change rolls through the instances.
   */
  image: string;
  /** What the container runs instead of the image's own command. Default: the image's own. */
  command?: string[];
  /** Machine type, e.g. `n1-standard-2`. A change rolls through the instances. */
  machine: string;
  /** How many instances. `desired` is where the group starts; the autoscaler owns it from then on. */
  capacity: { min: number; max: number; desired: number };
  /** When nobody works: then the group's least is nothing, and what load asks for. Default: always on. */
  offHours?: OffHoursPlan;
  /** GiB of the boot disk, which holds the image; 10 at least. Default: 20. */
  diskGb?: number;
  /** Plain environment variables of the container. A value with a line break, and one that is a secret, are refused. Default: none. */
  environment?: Record<string, pulumi.Input<string>>;
  /** Environment variables read from Secret Manager at every start: name to `projects/…/secrets/…`. Default: none. */
  secrets?: Record<string, pulumi.Input<string>>;
  /** Buckets whose objects the service reads, writes and deletes, by a name that stays the same. Default: none. */
  buckets?: Record<string, pulumi.Input<string>>;
  /** Caches of Memorystore that the service connects to, by a name that stays the same. Default: none. */
  caches?: Record<string, pulumi.Input<string>>;
  /** Certificates (PEM) that the container trusts beside the public ones, e.g. a cache's authority. Default: none. */
  trustedCertificates?: pulumi.Input<string>;
  /** Databases that PgBouncer beside the service stands before; their variables get its URL. Default: none. */
  pooled?: PooledDatabases;
  /** Machine image or family: Debian 12, or what has its packages. Default: the newest Debian 12 at each start. */
  machineImage?: string;
  /** Whether the container's own file system is read-only, with `/tmp` in memory. Default: true. */
  readOnlyRootFilesystem?: boolean;
  labels?: Record<string, string>;
}

/** A service of a group, which a balancer leads clients to. */
export interface ManagedGroupArgs extends WorkloadArgs {
  /** TCP port that the container listens on, 1 to 65535. */
  port: number;
  healthCheck: {
    /** Answers 200 when the instance can serve, e.g. `/health`. */
    path: string;
    /** Seconds that a new instance has before its load counts, 0 to 3600. */
    graceSeconds: number;
  };
  /** Averages over the group, in percent, that scaling keeps. The larger of the two sizes is taken. */
  scaling: { cpuPercent: number; memoryPercent: number };
  /** How the group scales where a guide writes it out, in the place of `scaling`. Default: it keeps those averages. */
  scalingRules?: ScalingRules;
  /** Seconds that a leaving container has to end its requests, 0 to 75: Google gives an instance 90 to shut down. Default: 30. */
  drainSeconds?: number;
}

export interface PooledDatabases {
  pooler: PoolerPlan;
  databases: {
    /** The variable that gets the pooler's URL. */
    variable: string;
    /** As the pooler calls it. */
    name: string;
    host: pulumi.Input<string>;
    port: number;
    /** As the server calls it. */
    database: string;
    user: string;
    /** The secret that holds the password alone: `projects/…/secrets/…`. */
    passwordId: pulumi.Input<string>;
  }[];
}

/** The arguments with every default filled in. */
export type CompleteArgs = ManagedGroupArgs & Required<Pick<ManagedGroupArgs, keyof typeof defaults>>;

const defaults = {
  command: [],
  drainSeconds: 30,
  diskGb: 20,
  environment: {},
  secrets: {},
  buckets: {},
  caches: {},
  trustedCertificates: '',
  readOnlyRootFilesystem: true,
} satisfies Partial<ManagedGroupArgs>;

/** What both kinds of group have, with every default filled in. */
export type CompleteWorkload = WorkloadArgs & Required<Pick<ManagedGroupArgs, keyof typeof defaults>>;

/** Only what is there: an argument that is undefined is one that was left out. */
export function complete<Args extends WorkloadArgs>(args: Args): Args & CompleteWorkload {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  return { ...defaults, ...(given as unknown as Args) };
}

/** The name that balancers know the service's port by. */
export const portName = 'http';
