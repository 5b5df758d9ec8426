import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { spacesFault } from '../object-store/spaces';
import { readerPolicy } from './reader-policy';

export interface SecretVaultArgs {
  /** Region with Spaces, e.g. `nyc3`. **A change replaces the bucket**; droplets then read the new one. */
  region: string;
  /** Public addresses of the NAT gateways that readers are behind. Without any nobody reads: a cluster keeps copies. */
  readerAddresses: pulumi.Input<string>[];
  /** Pulumi's `protect` on the bucket: a plan that would delete it fails. */
  protect: boolean;
}

/** Days that a secret which was replaced or removed can be brought back. */
const oldVersionDays = 7;

/**
 * Secrets for droplets. DigitalOcean has no secret manager, and a droplet no identity to ask one with: whatever opens a
 * secret would have to be told to it in user data, which its metadata service hands to every process and the API to
 * every reader. So user data holds nothing that opens anything by itself. Each secret is an object of a private Spaces
 * bucket, and to read it takes two things:
 *
 * - to ask from inside the network: the bucket answers nobody but the public addresses of its own NAT gateways (a bucket
 *   policy; the owner's key aside);
 * - to know the path: 128 random bits, which user data tells and containers on the droplets cannot ask for, because
 *   they are cut off from the metadata service. Nobody can list the bucket.
 *
 * TLS on the way, DigitalOcean's encryption at rest, and in Pulumi's state each value is a secret. Whoever is root on a
 * droplet reads what it reads, as on every cloud; so does, path in hand, whatever else is behind the same gateway:
 * nothing that is not trusted belongs in this network.
 *
 * What was left: a scoped Spaces key in user data, the usual advice, opens everything from anywhere; the workload
 * identity that DigitalOcean's tutorials describe is a proof of concept that proxies its whole API.
 *
 * Cost: part of Spaces' 5 USD a month; some kilobytes.
 *
 * ```ts
 * const vault = new SecretVault('pulse-prod-vault', {
 *   region: 'nyc3', readerAddresses: [network.publicAddress!], protect: true,
 * });
 * const url = vault.keep('redis-url', cache.url);
 * ```
 */
export class SecretVault extends pulumi.ComponentResource {
  readonly bucket: digitalocean.SpacesBucket;
  /** Undefined where nobody reads. */
  readonly policy?: digitalocean.SpacesBucketPolicy;
  private readonly folder: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(
    private readonly vaultName: string,
    args: SecretVaultArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    refuseFaults('SecretVault', vaultName, [spacesFault('region', args.region)]);
    super('stackladder:digitalocean:SecretVault', vaultName, {}, opts);
    this.folder = new random.RandomId(nameOf('random', vaultName, 'path'), { byteLength: 16 }, { parent: this }).hex;
    this.bucket = this.createBucket(args);
    if (args.readerAddresses.length > 0) this.policy = this.letIn(args);
    this.registerOutputs({ bucket: this.bucket.name });
  }

  /** Keeps a secret under a name, and says where: the URL that its readers fetch. */
  keep(name: string, value: pulumi.Input<string>): pulumi.Output<string> {
    const object = new digitalocean.SpacesBucketObject(
      nameOf('digitalocean', this.vaultName, name),
      {
        region: this.bucket.region.apply((region) => region!),
        bucket: this.bucket.name,
        key: pulumi.interpolate`${this.folder}/${name}`,
        acl: 'private',
        content: pulumi.secret(value),
        contentType: 'text/plain',
      },
      { parent: this, dependsOn: this.policy },
    );
    return pulumi.interpolate`https://${this.bucket.bucketDomainName}/${object.key}`;
  }

  private createBucket({ region, protect }: SecretVaultArgs): digitalocean.SpacesBucket {
    return new digitalocean.SpacesBucket(
      nameOf('digitalocean:spacesBucket', this.vaultName),
      {
        region,
        acl: 'private',
        versioning: { enabled: true },
        lifecycleRules: [
          { id: 'forget-old-secrets', enabled: true, noncurrentVersionExpiration: { days: oldVersionDays } },
        ],
        // Its objects are the stack's own and go first, but their old versions do not.
        forceDestroy: true,
      },
      { parent: this, protect },
    );
  }

  private letIn({ region, readerAddresses }: SecretVaultArgs): digitalocean.SpacesBucketPolicy {
    return new digitalocean.SpacesBucketPolicy(
      nameOf('digitalocean:spacesBucket', this.vaultName),
      {
        region,
        bucket: this.bucket.name,
        policy: pulumi
          .all([this.bucket.name, pulumi.all(readerAddresses)])
          .apply(([bucket, addresses]) => JSON.stringify(readerPolicy(bucket, addresses))),
      },
      { parent: this },
    );
  }
}
