import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, noTwice, oneOf, refuseFaults, wholeNumber } from '../../faults';
import { isDomainName } from '../../domain-name';
import type { ObjectBucket } from '../object-store/bucket';

export interface ContentOrigin {
  /** Which paths, e.g. `/recordings/*`. The path is the object's key, this part included. The first must be `*`. */
  pathPattern: string;
  /** Whose objects. Made with `servedByCdn: true`. */
  bucket: ObjectBucket;
  /** Seconds that an object without a `Cache-Control` of its own is kept at the edge; also the most that any is. */
  maxAgeSeconds: number;
  /** Whether only URLs (or cookies) signed with the system's key are answered. */
  signed: boolean;
}

export interface ContentDeliveryArgs {
  /** Region of the buckets, whose policies are written here. Default: the provider's. */
  region?: string;
  /** The name that clients use, e.g. `static.pulse.example.com`. */
  domain: string;
  /** Certificate of that name in us-east-1, the only region that CloudFront takes one from. */
  certificateArn: pulumi.Input<string>;
  /** What is served from where; the first is the default, of the others the first that matches answers. */
  origins: ContentOrigin[];
  /** How far the edge reaches: `regional` North America and Europe, `most` all but the dearest, `all` the world. */
  priceClass: 'regional' | 'most' | 'all';
  /** Public half, as PEM, of the key that the application signs URLs with. Needed where an origin is signed. */
  signingPublicKey?: string;
  tags?: Record<string, string>;
}

/** CloudFront's names of the price classes. */
export const priceClasses = { regional: 'PriceClass_100', most: 'PriceClass_200', all: 'PriceClass_All' } as const;

const secondsOfAYear = 31_536_000;

/** @throws Error that lists every fault */
export function refuseWrongDelivery(name: string, args: ContentDeliveryArgs): void {
  const key = args.signingPublicKey;
  refuseFaults('ContentDelivery', name, [
    must(isDomainName(args.domain), 'domain', `"${args.domain}" is not a domain name`),
    oneOf('priceClass', args.priceClass, Object.keys(priceClasses)),
    must(args.origins.length > 0, 'origins', 'one origin is needed at least'),
    ...args.origins.flatMap((origin, at) => originFaults(origin, at, key !== undefined)),
    ...noTwice(
      'origins',
      args.origins.map((origin) => origin.pathPattern),
    ),
    must(
      key === undefined || /^-----BEGIN PUBLIC KEY-----\s[\s\S]+\s-----END PUBLIC KEY-----\s*$/.test(key),
      'signingPublicKey',
      'must be a public key in PEM form',
    ),
  ]);
}

function originFaults(origin: ContentOrigin, at: number, hasKey: boolean): Fault[] {
  const path = `origins[${at}]`;
  const { pathPattern } = origin;
  return [
    must(at > 0 || pathPattern === '*', `${path}.pathPattern`, `"${pathPattern}" is the default and must be "*"`),
    must(
      at === 0 || /^\/[\w.*$/~"'@:+?&-]+$/.test(pathPattern),
      `${path}.pathPattern`,
      `"${pathPattern}" must look like /images/*`,
    ),
    must(origin.bucket.servedByCdn, `${path}.bucket`, 'was made without servedByCdn, so it has a policy already'),
    wholeNumber(`${path}.maxAgeSeconds`, origin.maxAgeSeconds, 0, secondsOfAYear),
    must(!origin.signed || hasKey, `${path}.signed`, 'needs signingPublicKey, or everybody could read it'),
  ];
}
