import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { spacesFault } from './spaces';

export interface ObjectBucketArgs {
  /** Region with Spaces, e.g. `nyc3`. **A change replaces the bucket and its objects.** */
  region: string;
  /** Days that a replaced or deleted version of an object is kept, 1 or more. */
  noncurrentVersionDays: number;
  /** Whether deleting the bucket deletes what is in it. Development only: elsewhere a full bucket refuses to go. */
  emptyOnDelete: boolean;
  /** Pulumi's `protect` on the bucket: a plan that would delete it fails. */
  protect: boolean;
}

/** Days that an upload in parts may stay unfinished; its parts are billed and can be seen nowhere. */
const unfinishedUploadDays = 7;

/**
 * A private Spaces bucket: nobody lists it, objects are private unless the uploader says otherwise for one of them,
 * encrypted at rest by DigitalOcean, versioned, with old versions and unfinished uploads tidied up. Spaces has no
 * cheaper class to move old objects to in place, so they stay.
 *
 * It has no policy on purpose: Spaces refuses one beside a limited key (bucket policies, how-to), and services get
 * limited keys (`StoreAccess`).
 *
 * Cost: Spaces is 5 USD a month for all buckets together, with 250 GiB and 1 TiB of traffic in it, then 0.02 USD per
 * GiB-month. 500 GiB: 5 + 250 × 0.02 = 10.00 USD a month.
 *
 * ```ts
 * const recordings = new ObjectBucket('pulse-prod-recordings', {
 *   region: 'nyc3', noncurrentVersionDays: 30, emptyOnDelete: false, protect: true,
 * });
 * ```
 */
export class ObjectBucket extends pulumi.ComponentResource {
  readonly bucket: digitalocean.SpacesBucket;
  readonly name: pulumi.Output<string>;
  /** `<bucket>.<region>.digitaloceanspaces.com`, as a CDN names its origin. */
  readonly domainName: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ObjectBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ObjectBucket', name, [
      spacesFault('region', args.region),
      wholeNumber('noncurrentVersionDays', args.noncurrentVersionDays, 1, 36_500),
    ]);
    super('stackladder:digitalocean:ObjectBucket', name, {}, opts);
    this.bucket = new digitalocean.SpacesBucket(
      nameOf('digitalocean:spacesBucket', name),
      {
        region: args.region,
        acl: 'private',
        versioning: { enabled: true },
        lifecycleRules: [
          {
            id: 'tidy-up',
            enabled: true,
            noncurrentVersionExpiration: { days: args.noncurrentVersionDays },
            abortIncompleteMultipartUploadDays: unfinishedUploadDays,
          },
        ],
        forceDestroy: args.emptyOnDelete,
      },
      { parent: this, protect: args.protect },
    );
    this.name = this.bucket.name;
    this.domainName = this.bucket.bucketDomainName;
    this.registerOutputs({ name: this.name, domainName: this.domainName });
  }
}
