import type * as pulumi from '@pulumi/pulumi';
import { isDomainName } from '../../domain-name';
import { type Fault, must, noTwice, refuseFaults, wholeNumber } from '../../faults';
import type { ObjectBucket } from '../object-store/bucket';
import type { SigningKey } from './signing-key';

export interface ContentOrigin {
  /** Which paths, e.g. `/recordings/*`. The path is the object's key, this part included. The first must be `*`. */
  pathPattern: string;
  /** What its parts are called, e.g. `recordings`; stays the same. */
  name: string;
  /** Whose objects. */
  bucket: ObjectBucket;
  /** Seconds that an object is kept at the edge, 1 to 31,622,400, whatever its own `Cache-Control` says. */
  maxAgeSeconds: number;
  /** Whether only URLs signed with `signingKey` are answered. */
  signed: boolean;
}

export interface ContentDeliveryArgs {
  /** Id of the project. */
  projectId: string;
  /** Number of the project: Google's own account that fills the cache is named by it. */
  projectNumber: pulumi.Input<string>;
  /** The name that clients use, e.g. `static.pulse.example.com`. */
  domain: string;
  /** Cloud DNS managed zone that gets its records. Default: they are the caller's to make. */
  dnsZone?: string;
  /** Map of Certificate Manager that has a certificate of the name. Default: a certificate is made. */
  certificateMap?: string;
  /** What is served from where; the first is the default. */
  origins: ContentOrigin[];
  /** What signs the URLs. Needed where an origin is signed. */
  signingKey?: SigningKey;
  labels?: Record<string, string>;
}

/** A leap year: Cloud CDN's limit. */
const longestAge = 31_622_400;

/** @throws Error that lists every fault */
export function refuseWrongDelivery(name: string, { domain, origins, signingKey }: ContentDeliveryArgs): void {
  refuseFaults('ContentDelivery', name, [
    must(isDomainName(domain), 'domain', `"${domain}" is not a domain name`),
    must(origins.length > 0, 'origins', 'one origin is needed at least'),
    ...origins.flatMap(originFaults),
    ...origins.map(({ signed }, at) =>
      must(
        !signed || signingKey !== undefined,
        `origins[${at}].signed`,
        'needs signingKey, or everybody could read it',
      ),
    ),
    ...noTwice(
      'origins',
      origins.map(({ pathPattern }) => pathPattern),
    ),
    ...noTwice(
      'origins',
      origins.map((origin) => origin.name),
    ),
  ]);
}

function originFaults({ pathPattern, maxAgeSeconds }: ContentOrigin, at: number): Fault[] {
  const path = `origins[${at}]`;
  return [
    must(at > 0 || pathPattern === '*', `${path}.pathPattern`, `"${pathPattern}" is the default and must be "*"`),
    must(
      at === 0 || /^(\/[\w.$~@:+&-]+)+(\/\*)?$/.test(pathPattern),
      `${path}.pathPattern`,
      `"${pathPattern}" must look like /images/*`,
    ),
    wholeNumber(`${path}.maxAgeSeconds`, maxAgeSeconds, 1, longestAge),
  ];
}
