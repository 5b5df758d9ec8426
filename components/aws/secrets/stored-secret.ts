import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { recoveryWindow } from './recovery-window';

export interface StoredSecretArgs {
  /** AWS region of the secret, e.g. `us-east-1`. Default: the provider's. A change replaces the secret. */
  region?: string;
  /**
   * What is kept, as text. Always handled as a secret, whether the caller marked it or not. A change adds a version.
   * Default: nothing, because somebody else writes it, e.g. a rotation.
   */
  value?: pulumi.Input<string>;
  /** Who reads it and what for; shown in the console. */
  description: string;
  /** Days in which a deleted secret can be restored: 7 to 30, or 0 to remove it at once (development only). */
  recoveryDays: number;
  /** Further regions that keep a copy which AWS holds in step. Default: none. Added and removed in place. */
  replicaRegions?: string[];
  /** Pulumi's `protect` on the secret: a plan that would delete it fails. */
  protect: boolean;
  tags?: Record<string, string>;
}

/**
 * A value in AWS Secrets Manager, encrypted with the account's own Secrets Manager key, for instances to read when
 * they start. The value is in Pulumi's state in encrypted form alone, and in no output.
 *
 * Cost: 0.40 USD a month for the secret and as much for each replica, and 0.05 USD per 10,000 reads. A group of ten
 * instances that reads three secrets at each start: 3 × 0.40 = 1.20 USD a month.
 *
 * ```ts
 * const key = new StoredSecret('pulse-prod-jwt', {
 *   value: config.requireSecret('jwt'), description: 'Signs the sessions of the API', recoveryDays: 30, protect: true,
 * });
 * ```
 */
export class StoredSecret extends pulumi.ComponentResource {
  /** ARN of the secret. Known once its value is stored, so who waits for it never finds an empty secret. */
  readonly arn: pulumi.Output<string>;
  /**
   * What is kept. An output that stays secret, for a cluster that keeps a copy; instances read it by the ARN. Undefined
   * where somebody else writes it.
   */
  readonly value?: pulumi.Output<string>;
  readonly secret: aws.secretsmanager.Secret;
  readonly version?: aws.secretsmanager.SecretVersion;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: StoredSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('StoredSecret', name, faultsOf(args));
    super('stackladder:aws:StoredSecret', name, {}, opts);
    this.secret = this.createSecret(name, args);
    if (args.value !== undefined) {
      this.value = pulumi.secret(args.value);
      this.version = this.storeValue(name, args, this.value);
    }
    // Taken from the version, where it is a plain input: users wait for the value, and a new value changes no ARN.
    this.arn = this.version?.secretId ?? this.secret.arn;
    this.registerOutputs({ arn: this.arn });
  }

  private createSecret(name: string, args: StoredSecretArgs): aws.secretsmanager.Secret {
    return new aws.secretsmanager.Secret(
      nameOf('aws:secretsmanager/secret', name),
      {
        region: args.region,
        description: args.description,
        recoveryWindowInDays: args.recoveryDays,
        replicas: args.replicaRegions?.map((region) => ({ region })),
        tags: args.tags,
      },
      { parent: this, protect: args.protect },
    );
  }

  private storeValue(
    name: string,
    args: StoredSecretArgs,
    secretString: pulumi.Output<string>,
  ): aws.secretsmanager.SecretVersion {
    return new aws.secretsmanager.SecretVersion(
      nameOf('aws:secretsmanager/secret', name),
      { region: args.region, secretId: this.secret.arn, secretString },
      { parent: this },
    );
  }
}

/**
 * The ARN of a secret's copy in another region: the same but for the region.
 *
 * @throws Error for what is no Secrets Manager ARN
 */
export function replicaArn(arn: string, region: string): string {
  const parts = arn.split(':');
  if (parts.length < 7 || parts[2] !== 'secretsmanager') throw new Error(`${arn} is not the ARN of a secret`);
  parts[3] = region;
  return parts.join(':');
}

function faultsOf(args: StoredSecretArgs) {
  const replicas = args.replicaRegions ?? [];
  return [
    recoveryWindow('recoveryDays', args.recoveryDays),
    must(args.description.trim() !== '', 'description', 'must say what the secret is for'),
    must(
      args.region === undefined || !replicas.includes(args.region),
      'replicaRegions',
      `${args.region} has the secret itself`,
    ),
    ...noTwice('replicaRegions', replicas),
  ];
}
