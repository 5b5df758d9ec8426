/**
 * What the user has on each cloud, as configuration says it: zones, certificates, projects. Pure data. A section is
 * read by the folder of its own cloud and by nobody else, so the sections of all clouds may stand in one stack's file.
 */
export interface Accounts {
  aws: AwsAccount;
  gcp: GcpAccount;
  digitalocean: DigitalOceanAccount;
  kubernetes: KubernetesAccount;
}

interface CloudAccount {
  /** Regions on this cloud, home first; they win over the top-level `regions` where the stack runs here. */
  regions?: string[];
  /** Zones on this cloud: how many a region uses, or their names. */
  zones?: number | string[];
  /** A secret of the cloud's own secret manager that holds the URL of a database that is already there. */
  databaseSecretId?: string;
  /**
   * A relational database that is already there and becomes the stack's own: an identifier on AWS, a name on Google
   * Cloud, a UUID on DigitalOcean.
   */
  adoptDatabase?: string;
}

export interface AwsAccount extends CloudAccount {
  /** Route 53 zone that gets the records; without it records and validation are the user's to make. */
  hostedZoneId?: string;
  /** ACM certificate by region, instead of one made and validated here. */
  certificates: Record<string, string>;
  /** Machine image (AMI) by region, for a region that is not to take the newest at each `up`. */
  machineImages: Record<string, string>;
  /** Accounts that the stack may touch; empty means any. */
  allowedAccountIds: string[];
  /** CIDRs that may reach a cluster's control plane; empty: from inside the network alone. */
  controlPlaneCidrs: string[];
  /** ARNs of IAM roles and users that administer the clusters, besides who creates them. */
  clusterAdmins: string[];
  /** An existing network of the home region. */
  network?: ExistingNetwork;
}

export interface ExistingNetwork {
  vpcId: string;
  /** One per zone, in the order of the zones. */
  publicSubnetIds: string[];
  privateSubnetIds: string[];
  dataSubnetIds: string[];
  /** Public addresses that outgoing traffic leaves from; an Atlas M0 access list needs them. */
  natAddresses: string[];
}

export interface GcpAccount extends CloudAccount {
  /** Id of the project that gets everything. Always there where the stack runs on Google Cloud. */
  projectId?: string;
  /** Name of the Cloud DNS managed zone that gets the records; without it they are the user's to make. */
  dnsZone?: string;
  /** Map of Certificate Manager that is there already, instead of certificates that Google makes. */
  certificateMap?: string;
  /** Billing account `XXXXXX-XXXXXX-XXXXXX` that the budget watches; without it there is none. */
  billingAccountId?: string;
  /** Self link or family of the machine image that instances are pinned to; undefined: the newest Debian 12. */
  machineImage?: string;
  /** CIDRs that may reach a cluster's control plane; empty: from inside the network alone. */
  controlPlaneCidrs: string[];
}

export interface DigitalOceanAccount extends CloudAccount {
  /** CIDRs that may reach a cluster's control plane; empty: any that has its kubeconfig, there is no private one. */
  controlPlaneCidrs: string[];
  /** Domain at DigitalOcean's DNS that gets the records and validates certificates, e.g. `example.com`. */
  dnsDomain?: string;
  /** Name of a certificate that is already there, instead of one from Let's Encrypt; it must also be valid for the content's host. */
  certificateName?: string;
  /** Fingerprints or ids of SSH keys on the droplets; DigitalOcean wants one where there is no password. */
  sshKeys: string[];
  /** Slug or id of the droplets' image; undefined: `ubuntu-24-04-x64`. */
  machineImage?: string;
}

/** Also of the managed clusters that `compute: kubernetes` makes on the other clouds. */
export interface KubernetesAccount extends CloudAccount {
  /** Context of the kubeconfig; undefined: its current one. Plain clusters only. */
  context?: string;
  /** cert-manager's ClusterIssuer that makes the edge's certificate. */
  certificateIssuer?: string;
  /** A TLS secret in the namespace, instead of one that cert-manager makes. */
  tlsSecretName?: string;
  /** StorageClass of the stores; undefined: the cluster's default. */
  storageClass?: string;
  /** CIDRs whose X-Forwarded-For or PROXY header is believed: the balancer in front of the edge. */
  trustedProxies: string[];
  /** Whether the balancer in front of the edge speaks the PROXY protocol. */
  proxyProtocol: boolean;
  /** Whether ServiceMonitor and PrometheusRule (the Prometheus operator's kinds) are there. Without it there are no alerts. */
  monitoring: boolean;
  /** Who serves external metrics: an adapter that is put there with the stack, or one that is there already. */
  externalMetrics: 'ours' | 'present';
  /** S3-compatible store for a plain cluster, which has none of its own. Keys come with `secrets`. */
  objectStore?: { endpoint: string; region: string; bucketPrefix: string };
}

/** Secrets of configuration that may be given; `bringUp` reads their values when a resource needs them. */
export interface GivenSecrets {
  /** `databaseUrl`: URL of a database that is already there. */
  databaseUrl: boolean;
  /** `registryCredentials`: a Docker config.json for private registries. */
  registryCredentials: boolean;
  /** `kubeconfig`: of the plain cluster, instead of the one that the environment names. */
  kubeconfig: boolean;
  /** `dnsToken`: of DigitalOcean, for certificates of clusters there. */
  dnsToken: boolean;
  /** `cloudflareToken`: of Cloudflare, for the zone in front. */
  cloudflareToken: boolean;
}
