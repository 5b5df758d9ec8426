import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { spacesFault } from '../object-store/spaces';
import { readerPolicy } from './reader-policy';
import { seal } from './seal';

export interface SecretVaultArgs {
  /** Region with Spaces, e.g. `nyc3`. **A change replaces the bucket**; droplets read the new one after a restart. */
  region: string;
  /** Public addresses of the NAT gateways that the readers are behind. One at least. */
  readerAddresses: pulumi.Input<string>[];
}

/**
 * Secrets for droplets. DigitalOcean has no secret manager, and a droplet no identity to ask one with: whatever it may
 * read by itself has to be told to it in user data, which its metadata service hands to every process. So two things
 * are needed to read a secret here, and user data is only one of them:
 *
 * - each secret is an object of a private Spaces bucket, encrypted (AES-256) with a key that only user data holds;
 * - the bucket answers nobody but requests from the public addresses of the network's own NAT gateways.
 *
 * A user data that leaks opens nothing from outside the network, and the bucket alone holds cipher text. Containers on
 * the droplets are cut off from the metadata service. In Pulumi's state the key and the objects are secrets. What is
 * left is a reader inside the network who also has the key: whoever is root on a droplet, as on every cloud.
 *
 * A scoped Spaces key in user data, the usual advice, would open everything by itself from anywhere. The proof of
 * concept for workload identity that DigitalOcean has published is a proxy in front of its whole API; it is not used.
 *
 * The bucket holds copies alone (each value is in the stack's state or configuration), so it is neither protected nor
 * versioned. To change the encryption key, replace it (`pulumi up --target-replace <its URN> --target-dependents`).
 *
 * Cost: part of Spaces' 5 USD a month; some kilobytes.
 *
 * ```ts
 * const vault = new SecretVault('pulse-prod-vault', { region: 'nyc3', readerAddresses: [network.publicAddress!] });
 * const url = vault.keep('redis-url', cache.url);
 * ```
 */
export class SecretVault extends pulumi.ComponentResource {
  /** What opens the objects; secret. */
  readonly key: pulumi.Output<string>;
  readonly bucket: digitalocean.SpacesBucket;
  readonly policy: digitalocean.SpacesBucketPolicy;

  /** @throws Error that lists every fault of the arguments */
  constructor(
    private readonly vaultName: string,
    args: SecretVaultArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    refuseFaults('SecretVault', vaultName, [
      spacesFault('region', args.region),
      must(args.readerAddresses.length > 0, 'readerAddresses', 'a vault that nobody may read is of no use'),
    ]);
    super('stackladder:digitalocean:SecretVault', vaultName, {}, opts);
    const { region } = args;
    this.key = new random.RandomPassword(
      nameOf('random', vaultName, 'key'),
      { length: 64, special: false },
      { parent: this },
    ).result;
    this.bucket = new digitalocean.SpacesBucket(
      nameOf('digitalocean:spacesBucket', vaultName),
      { region, acl: 'private', forceDestroy: true },
      { parent: this },
    );
    this.policy = new digitalocean.SpacesBucketPolicy(
      nameOf('digitalocean:spacesBucket', vaultName),
      {
        region,
        bucket: this.bucket.name,
        policy: pulumi
          .all([this.bucket.name, pulumi.all(args.readerAddresses)])
          .apply(([bucket, addresses]) => JSON.stringify(readerPolicy(bucket, addresses))),
      },
      { parent: this },
    );
    this.registerOutputs({ bucket: this.bucket.name });
  }

  /** Keeps a secret under a name, and says where: the URL that its readers fetch. */
  keep(name: string, value: pulumi.Input<string>): pulumi.Output<string> {
    const object = new digitalocean.SpacesBucketObject(
      nameOf('digitalocean', this.vaultName, name),
      {
        region: this.bucket.region.apply((region) => region!),
        bucket: this.bucket.name,
        key: name,
        acl: 'private',
        content: pulumi.all([this.key, value]).apply(([key, plain]) => pulumi.secret(seal(key, name, plain))),
        contentType: 'text/plain',
      },
      { parent: this, dependsOn: this.policy },
    );
    return pulumi.interpolate`https://${this.bucket.bucketDomainName}/${object.key}`;
  }
}
