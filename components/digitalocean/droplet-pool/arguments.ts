import type * as pulumi from '@pulumi/pulumi';

export interface DropletPoolArgs {
  /** E.g. `nyc3`. **A change replaces the balancer**, and with it the address. */
  region: string;
  /** A change replaces the balancer. The network needs a NAT gateway: droplets have no public address. */
  vpcId: pulumi.Input<string>;
  /** Range of that network: the balancer's requests come from it, and only these are believed about the client. */
  cidr: string;
  /** Reference of the container image, with a tag or, better, a digest. A change rolls through the droplets. */
  image: string;
  /** TCP port that the container listens on, and that the balancer asks on each droplet. */
  port: number;
  /** Droplet size, e.g. `s-2vcpu-4gb`; its disk comes with it. A change rolls through the droplets. */
  machine: string;
  /** How many droplets. The pool starts with the fewest: DigitalOcean has no count to start from. */
  capacity: { min: number; max: number };
  healthCheck: {
    /** Answers 200 when the droplet can serve, e.g. `/health`. Neither limited nor logged. */
    path: string;
    /** 3 to 300. */
    intervalSeconds: number;
    /** 3 to 300. */
    timeoutSeconds: number;
    /** Checks in a row that make a droplet healthy, 2 to 10. */
    healthyThreshold: number;
    /** Failed checks in a row that make it unhealthy, 2 to 10. */
    unhealthyThreshold: number;
    /** Seconds that a droplet takes to boot and start the service: the pool waits so long after each step. */
    graceSeconds: number;
  };
  /** Averages over the pool, in percent. The greater need of the two decides, in both directions. */
  scaling: { cpuPercent: number; memoryPercent: number };
  /** Requests per client address, kept by nginx on each droplet; the sum over the pool is so many times that. */
  rateLimit?: { requests: number; windowSeconds: number; burst: number; status: number };
  /** Seconds that a connection may be silent before the balancer closes it, 30 to 600. */
  idleTimeoutSeconds: number;
  /** Seconds that a leaving container has to end its requests; DigitalOcean gives a droplet 60 to shut down. */
  drainSeconds: number;
  /** Plain environment variables of the container. */
  environment: Record<string, pulumi.Input<string>>;
  /** Environment variables that are read at every start: name to the secret's URL in a `SecretVault`. */
  secrets: Record<string, pulumi.Input<string>>;
  /** URL of a secret that holds a Docker config.json for private registries. Default: none. */
  registrySecret?: pulumi.Input<string>;
  /** Name of the certificate that the balancer shows. */
  certificateName: pulumi.Input<string>;
  /** Nodes of the balancer, 1 to 100; two and more survive the loss of one. Changed in place, once an hour. */
  balancerNodes: number;
  /** Fingerprints or ids of SSH keys; DigitalOcean wants one (`LockedKey` opens nothing). Nothing lets SSH in. */
  sshKeys: pulumi.Input<string>[];
  /** Image slug or id of the droplets: Ubuntu 24.04, or what has its packages. */
  machineImage: string;
  /** Names of further tags that the droplets wear, e.g. one that stores let in. */
  clientTags: pulumi.Input<string>[];
  /** Project that everything belongs to. */
  projectId: pulumi.Input<string>;
  tags: string[];
}

/** What every part of one pool needs to know. */
export interface PoolContext {
  name: string;
  parent: pulumi.Resource;
}
