import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type ContentDeliveryArgs, type ContentOrigin, priceClasses, refuseWrongDelivery } from './arguments';
import { cachePolicyArgs, securityHeaders } from './policies';

export type { ContentDeliveryArgs, ContentOrigin };

/**
 * A CloudFront distribution in front of private buckets. It alone may read them (origin access control, every request
 * signed); viewers get HTTPS with TLS 1.2 or newer, HTTP/2 and 3, IPv6, Brotli or gzip, HSTS and `nosniff`. Paths that
 * are marked so need a URL signed with the system's key. An object that is not there answers 403, as one that may not
 * be seen: the distribution may read objects, not list them.
 *
 * Cost, North America: 0.085 USD per GB and 0.01 per 10,000 requests. 500 GB in 5 million requests:
 * 500 × 0.085 + 500 × 0.01 = 47.50 USD a month. Reading from the bucket costs no transfer.
 *
 * ```ts
 * const content = new ContentDelivery('pulse-prod-content', {
 *   domain: 'static.pulse.example.com', certificateArn: certificate.arn, priceClass: 'regional',
 *   origins: [{ pathPattern: '*', bucket: statics, maxAgeSeconds: 86_400, signed: false }],
 * });
 * ```
 */
export class ContentDelivery extends pulumi.ComponentResource {
  readonly distribution: aws.cloudfront.Distribution;
  /** CloudFront's own name, for an alias record. */
  readonly domainName: pulumi.Output<string>;
  /** DNS zone of that name, for an alias record. */
  readonly hostedZoneId: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  /** Id of the key that signed URLs name (`Key-Pair-Id`); undefined where nothing is signed. */
  readonly signingKeyId?: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ContentDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseWrongDelivery(name, args);
    super('stackladder:aws:ContentDelivery', name, {}, opts);
    const key = this.signingKey(name, args);
    this.signingKeyId = key?.id;
    const behaviors = this.behaviors(name, args, key);
    this.distribution = this.createDistribution(name, args, behaviors);
    this.domainName = this.distribution.domainName;
    this.hostedZoneId = this.distribution.hostedZoneId;
    this.url = pulumi.output(`https://${args.domain}`);
    this.bucketPolicies(name, args);
    this.registerOutputs({ url: this.url, domainName: this.domainName });
  }

  private signingKey(name: string, args: ContentDeliveryArgs): aws.cloudfront.PublicKey | undefined {
    if (!args.origins.some((origin) => origin.signed)) return undefined;
    return new aws.cloudfront.PublicKey(
      nameOf('aws:cloudfront', name),
      // CloudFront gives the key back with one newline at its end; anything else would be a difference for ever.
      { encodedKey: `${args.signingPublicKey!.trim()}\n`, comment: commentOf(`Signs URLs of ${args.domain}`) },
      { parent: this },
    );
  }

  /** One behaviour an origin, in order. Origins with the same lifetime share a cache policy. */
  private behaviors(name: string, args: ContentDeliveryArgs, key?: aws.cloudfront.PublicKey) {
    const headers = new aws.cloudfront.ResponseHeadersPolicy(nameOf('aws:cloudfront', name), securityHeaders, {
      parent: this,
    });
    const keyGroup =
      key && new aws.cloudfront.KeyGroup(nameOf('aws:cloudfront', name), { items: [key.id] }, { parent: this });
    const lifetimes = [...new Set(args.origins.map((origin) => origin.maxAgeSeconds))];
    const policies = new Map(
      lifetimes.map((seconds) => [
        seconds,
        new aws.cloudfront.CachePolicy(nameOf('aws:cloudfront', name, `${seconds}s`), cachePolicyArgs(seconds), {
          parent: this,
        }),
      ]),
    );
    return args.origins.map((origin, at) => ({
      targetOriginId: originId(at),
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      cachedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId: policies.get(origin.maxAgeSeconds)!.id,
      responseHeadersPolicyId: headers.id,
      trustedKeyGroups: origin.signed && keyGroup ? [keyGroup.id] : undefined,
    }));
  }

  private createDistribution(
    name: string,
    args: ContentDeliveryArgs,
    behaviors: aws.types.input.cloudfront.DistributionDefaultCacheBehavior[],
  ): aws.cloudfront.Distribution {
    const access = new aws.cloudfront.OriginAccessControl(
      nameOf('aws:cloudfront', name),
      {
        description: `Signs every request of ${name} to its buckets`,
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
      { parent: this },
    );
    return new aws.cloudfront.Distribution(
      nameOf('aws:cloudfront', name),
      {
        enabled: true,
        comment: commentOf(args.domain),
        aliases: [args.domain],
        httpVersion: 'http2and3',
        isIpv6Enabled: true,
        priceClass: priceClasses[args.priceClass],
        origins: args.origins.map(({ bucket }, at) => ({
          originId: originId(at),
          domainName: bucket.regionalDomainName,
          originAccessControlId: access.id,
        })),
        defaultCacheBehavior: behaviors[0]!,
        orderedCacheBehaviors: args.origins
          .slice(1)
          .map(({ pathPattern }, at) => ({ pathPattern, ...behaviors[at + 1]! })),
        viewerCertificate: {
          acmCertificateArn: args.certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        },
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        tags: args.tags,
      },
      { parent: this },
    );
  }

  /** One a bucket, however many paths it answers: a bucket has one policy. */
  private bucketPolicies(name: string, args: ContentDeliveryArgs): void {
    // Reversed, so that the first path of a bucket names its policy.
    const buckets = new Map(args.origins.map(({ bucket, pathPattern }) => [bucket, pathPattern] as const).reverse());
    for (const [bucket, pathPattern] of buckets) {
      // Before 0.2 the policy was the distribution's.
      const before = {
        parent: this,
        name: nameOf('aws:s3/bucket', name, pathPattern === '*' ? 'default' : pathPattern),
      };
      bucket.allow(this.distribution.arn, { aliases: [before] });
    }
  }
}

/** CloudFront takes 128 characters, and a name of DNS may have 253. */
function commentOf(text: string): string {
  return text.slice(0, 128);
}

function originId(at: number): string {
  return `origin-${at}`;
}
