import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { oneOf, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface ContentDeliveryArgs {
  /** Domain name of the bucket that is served (`ObjectBucket.domainName`). A change replaces the CDN, not the bucket. */
  origin: pulumi.Input<string>;
  /** Host that clients use, e.g. `static.example.com`. */
  domain: string;
  /** Name of a certificate that is valid for the host. */
  certificateName: pulumi.Input<string>;
  /** Seconds that the edge keeps an object which does not say so itself: 60, 600, 3600, 86400 or 604800. */
  maxAgeSeconds: number;
}

/** What the CDN takes as its TTL (CDN endpoints, API reference). */
export const ttls = [60, 600, 3600, 86_400, 604_800];

/** The longest time that the CDN has and the plan allows; at least its shortest. */
export function nearestTtl(seconds: number): number {
  return [...ttls].reverse().find((ttl) => ttl <= seconds) ?? ttls[0]!;
}

/**
 * A CDN in front of one Spaces bucket, over HTTPS by a host of our own. It serves what is public in the bucket, so an
 * uploader marks each object of static content `public-read`; all else stays private, and a signed Spaces URL with the
 * CDN's host in it opens one object for a time. DigitalOcean makes the host's CNAME record where it has the domain.
 *
 * Cost: part of Spaces (5 USD a month with 1 TiB of traffic), then 0.01 USD per GiB.
 *
 * ```ts
 * const content = new ContentDelivery('pulse-prod-content', {
 *   origin: assets.domainName, domain: 'static.example.com', certificateName: 'example', maxAgeSeconds: 86400,
 * });
 * ```
 */
export class ContentDelivery extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  readonly cdn: digitalocean.Cdn;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ContentDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ContentDelivery', name, [oneOf('maxAgeSeconds', String(args.maxAgeSeconds), ttls.map(String))]);
    super('stackladder:digitalocean:ContentDelivery', name, {}, opts);
    this.cdn = new digitalocean.Cdn(
      nameOf('digitalocean', name),
      {
        origin: args.origin,
        customDomain: args.domain,
        certificateName: args.certificateName,
        ttl: args.maxAgeSeconds,
      },
      { parent: this },
    );
    this.url = pulumi.interpolate`https://${this.cdn.customDomain}`;
    this.registerOutputs({ url: this.url });
  }
}
