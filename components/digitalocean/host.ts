import type * as pulumi from '@pulumi/pulumi';
import type { ServicePlan } from '../../plan/types';
import type { ServiceHost } from '../platform';

/** Whom a managed database lets in, as its list of trusted sources says it. */
export interface TrustedSource {
  /** `tag`: droplets that wear it; `k8s`: the nodes and pods of a cluster, by its id; `ip_addr`: an address or a range. */
  type: 'tag' | 'k8s' | 'ip_addr';
  value: pulumi.Input<string>;
}

/** Where a region answers for a service. */
export interface EntryTarget {
  /** Public IPv4 address of what stands in front. */
  address: pulumi.Output<string>;
  /** Id of a regional load balancer that a global one may be put over; undefined where a cluster made it by itself. */
  balancerId?: pulumi.Output<string>;
}

/** What runs services on DigitalOcean also says where it is reached, and what of it the stores have to let in. */
export interface DigitalOceanHost extends ServiceHost {
  /** Beside the region's own tag, which droplets and nodes wear. Known before any service is made. */
  readonly trustedSources: TrustedSource[];
  /** Ranges that services call other networks from, beside their own network's: pods keep their addresses there. */
  readonly podRanges: pulumi.Input<string>[];
  entryTarget(service: ServicePlan): EntryTarget;
}
