import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface StoreAccessArgs {
  /** Buckets by a name of the caller's own, whose objects the holder reads, writes and deletes. One at least. */
  buckets: Record<string, pulumi.Input<string>>;
}

/**
 * A Spaces key that opens the named buckets and nothing else of the account. Spaces knows no identity of a droplet or
 * pod, so a service holds a key; one of its own, so that it can be taken from it alone. A change of the buckets keeps
 * the key.
 *
 * Cost: none.
 */
export class StoreAccess extends pulumi.ComponentResource {
  readonly accessKey: pulumi.Output<string>;
  /** Secret. */
  readonly secretKey: pulumi.Output<string>;
  readonly key: digitalocean.SpacesKey;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: StoreAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const buckets = Object.values(args.buckets);
    const plain = buckets.filter((bucket) => typeof bucket === 'string');
    refuseFaults('StoreAccess', name, [
      // A key without a grant would open every bucket of the account.
      must(buckets.length > 0, 'buckets', 'one bucket is needed at least'),
      must(!plain.includes(''), 'buckets', 'an empty name would mean every bucket'),
      ...noTwice('buckets', plain),
    ]);
    super('stackladder:digitalocean:StoreAccess', name, {}, opts);
    this.key = new digitalocean.SpacesKey(
      nameOf('digitalocean:spacesKey', name),
      { grants: buckets.map((bucket) => ({ bucket, permission: 'readwrite' })) },
      { parent: this },
    );
    this.accessKey = this.key.accessKey;
    this.secretKey = pulumi.secret(this.key.secretKey);
    this.registerOutputs({ accessKey: this.accessKey });
  }
}
