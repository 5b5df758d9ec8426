import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { lifecycleRules } from './lifecycle-rules';

export interface ObjectBucketArgs {
  /** Google's name of the region, e.g. `us-central1`. **A change replaces the bucket and its objects.** */
  region: string;
  /** Days that a replaced or deleted version of an object is kept, 1 or more. */
  noncurrentVersionDays: number;
  /** Days after which objects move to Nearline, 1 or more. Default: they stay. */
  infrequentAccessAfterDays?: number;
  /** Days in which even a deleted version can be brought back, 7 to 90, or 0 for none. Kept objects cost as they did. */
  softDeleteDays: number;
  /** Whether deleting the bucket deletes what is in it. Development only: elsewhere a full bucket refuses to go. */
  emptyOnDelete: boolean;
  /** Pulumi's `protect` on the bucket: a plan that would delete it fails. */
  protect: boolean;
  labels?: Record<string, string>;
}

/**
 * A private bucket of Cloud Storage: no public access by any way, leave given by IAM alone (no access lists on
 * objects), TLS and encryption as always with Google, versioned, with old versions and unfinished uploads tidied up.
 *
 * Cost, us-central1: 0.020 USD per GB-month and 0.05 per 10,000 writes; Nearline 0.010 with a month at least and 0.01
 * per GB read. 500 GB of recordings of which 400 are older than a month: 100 × 0.020 + 400 × 0.010 = 6.00 USD a month.
 *
 * ```ts
 * const recordings = new ObjectBucket('pulse-prod-recordings', {
 *   region: 'us-central1', noncurrentVersionDays: 30, infrequentAccessAfterDays: 30, softDeleteDays: 7,
 *   emptyOnDelete: false, protect: true,
 * });
 * ```
 */
export class ObjectBucket extends pulumi.ComponentResource {
  readonly bucket: gcp.storage.Bucket;
  readonly name: pulumi.Output<string>;
  readonly region: string;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ObjectBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ObjectBucket', name, faultsOf(args));
    super('stackladder:gcp:ObjectBucket', name, {}, opts);
    this.region = args.region;
    this.bucket = new gcp.storage.Bucket(
      nameOf('gcp:storage/bucket', name),
      {
        location: args.region.toUpperCase(), // as Google gives it back; in small letters every refresh would differ
        storageClass: 'STANDARD',
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        versioning: { enabled: true },
        softDeletePolicy: { retentionDurationSeconds: args.softDeleteDays * 86_400 },
        lifecycleRules: lifecycleRules(args.noncurrentVersionDays, args.infrequentAccessAfterDays),
        forceDestroy: args.emptyOnDelete,
        labels: args.labels,
      },
      { parent: this, protect: args.protect },
    );
    this.name = this.bucket.name;
    this.registerOutputs({ name: this.name });
  }
}

function faultsOf(args: ObjectBucketArgs) {
  const { infrequentAccessAfterDays: infrequent, softDeleteDays: soft } = args;
  return [
    must(/^[a-z]+-[a-z]+\d+$/.test(args.region), 'region', `"${args.region}" is not a region of Google Cloud`),
    wholeNumber('noncurrentVersionDays', args.noncurrentVersionDays, 1, 36_500),
    infrequent === undefined ? undefined : wholeNumber('infrequentAccessAfterDays', infrequent, 1, 36_500),
    must(
      soft === 0 || (Number.isInteger(soft) && soft >= 7 && soft <= 90),
      'softDeleteDays',
      `${soft} must be 0 or a whole number from 7 to 90`,
    ),
  ];
}
