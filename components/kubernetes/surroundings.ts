import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { ClusterNamespace } from './namespace/namespace';

/**
 * Where a cluster stands: everything that differs between a plain cluster, EKS, GKE and DOKS, as plain values. The
 * components on top are the same everywhere.
 */
export interface ClusterSurroundings {
  /** Starts the logical names of all that is put on the cluster, e.g. `pulse-prod-eks-use1`; unique in the stack. */
  name: string;
  /** Talks to the cluster. */
  provider: k8s.Provider;
  /** What must be there before pods are: node pools, add-ons. */
  ready: pulumi.Input<pulumi.Resource>[];
  edge: EdgeSurroundings;
  /** Plain environment variables of every service, e.g. `AWS_REGION`. */
  environment: Record<string, pulumi.Input<string>>;
  /** Ports of what services call besides their stores' URLs, e.g. an object store's own. Default: 443 alone. */
  ports?: number[];
  /** StorageClass of volumes; undefined: the cluster's default. */
  storageClass?: string;
  /**
   * Addresses and ports where the cloud's client libraries fetch a pod's credentials, e.g. EKS Pod Identity's
   * `169.254.170.23/32` on 80. Only services with object stores of the cloud's own may reach them. Default: none.
   */
  credentialEndpoints?: { cidr: string; port: number }[];
  /** The namespace where it is there before the host, beside stores of its own. Default: the host makes it. */
  namespace?: ClusterNamespace;
  /** Certificate authorities of stores inside the cluster, by file name; see `Authority`. Default: none. */
  authorities?: Record<string, Authority>;
  /** Whether the cache asks for an identity of the cloud where others ask for a password: no exporter has one. Default: no. */
  cacheByIdentity?: boolean;
  /** `host:port` of every node of a cache inside the cluster. Default: the cache is the cloud's. */
  cacheNodes?: string[];
}

/** A certificate in a Secret of the namespace, for clients to check a store's certificate with. */
export interface Authority {
  secretName: pulumi.Input<string>;
  key: string;
  /** Whether the Secret has each certificate by its subject's hash too, for programs with OpenSSL. Default: no. */
  hashed?: boolean;
}

/** The balancer that the cloud puts in front of the edge. */
export interface EdgeSurroundings {
  /** On the edge's Service, e.g. `service.beta.kubernetes.io/aws-load-balancer-type`. */
  annotations: Record<string, pulumi.Input<string>>;
  /** Names the implementation, e.g. `service.k8s.aws/nlb`; undefined: the cluster's own. */
  loadBalancerClass?: string;
  /** An address that was reserved for it. */
  address?: pulumi.Input<string>;
  /** Whether the balancer speaks the PROXY protocol; the client's address is then taken from it. */
  proxyProtocol: boolean;
  /**
   * Seconds for which the balancer goes on sending connections to a replica that leaves. Default: 15, for a balancer that
   * asks the nodes every few seconds whether they have one.
   */
  leavingSeconds?: number;
  /** CIDRs that the balancer's connections come from: only these are believed about the client's address. */
  trustedProxies: string[];
}

/** What the cloud gave a balancer: an address or a host name, whichever is its way. */
export interface BalancerAddress {
  ip?: string;
  hostname?: string;
}
