import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface StoredSecretArgs {
  /** What is kept, as text. Always handled as a secret, whether the caller marked it or not. A change adds a version. */
  value: pulumi.Input<string>;
  /** Who reads it and what for; kept as an annotation. */
  description: string;
  /** Days in which a version that was destroyed can be brought back: 1 to 1000, or 0 for none. */
  recoveryDays: number;
  /** Google's own refusal to delete the secret. */
  deletionProtection: boolean;
  /** Pulumi's `protect` on the secret: a plan that would delete it fails. */
  protect: boolean;
  labels?: Record<string, string>;
}

/**
 * A value in Secret Manager, encrypted with Google's keys, for instances to read when they start. The value is in
 * Pulumi's state in encrypted form alone, and in no output.
 *
 * Replication is Google's (`automatic`). A list of regions of one's own cannot be changed on a secret that is there, so
 * a stack that grows into a second region would have to replace every secret that it has.
 *
 * Cost: 0.06 USD a month for each version that is not destroyed, and 0.03 per 10,000 reads. Three secrets of one
 * version: 3 × 0.06 = 0.18 USD a month.
 *
 * ```ts
 * const key = new StoredSecret('pulse-prod-jwt', {
 *   value: config.requireSecret('jwt'), description: 'Signs the sessions of the API', recoveryDays: 30,
 *   deletionProtection: true, protect: true,
 * });
 * ```
 */
export class StoredSecret extends pulumi.ComponentResource {
  /** `projects/…/secrets/…`. Known once its value is stored, so who waits for it never finds an empty secret. */
  readonly id: pulumi.Output<string>;
  /** What is kept. An output that stays secret, for a cluster that keeps a copy; instances read it by the id. */
  readonly value: pulumi.Output<string>;
  readonly secret: gcp.secretmanager.Secret;
  readonly version: gcp.secretmanager.SecretVersion;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: StoredSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('StoredSecret', name, faultsOf(args));
    super('stackladder:gcp:StoredSecret', name, {}, opts);
    this.value = pulumi.secret(args.value);
    this.secret = this.createSecret(name, args);
    this.version = this.storeValue(name);
    // Taken from the version, where it is a plain input: users wait for the value, and a new value changes no id.
    this.id = this.version.secret;
    this.registerOutputs({ id: this.id });
  }

  private createSecret(name: string, args: StoredSecretArgs): gcp.secretmanager.Secret {
    const days = args.recoveryDays;
    return new gcp.secretmanager.Secret(
      nameOf('gcp:secretmanager/secret', name),
      {
        secretId: nameOf('gcp:secretmanager/secret', name),
        replication: { auto: {} },
        versionDestroyTtl: days > 0 ? `${days * 86_400}s` : undefined,
        deletionProtection: args.deletionProtection,
        annotations: { description: args.description },
        labels: args.labels,
      },
      { parent: this, protect: args.protect },
    );
  }

  /** A new value is a new version, and the old one is destroyed after it: readers ask for the latest. */
  private storeValue(name: string): gcp.secretmanager.SecretVersion {
    return new gcp.secretmanager.SecretVersion(
      nameOf('gcp:secretmanager/secret', name),
      { secret: this.secret.id, secretData: this.value },
      { parent: this },
    );
  }
}

function faultsOf({ recoveryDays: days, description }: StoredSecretArgs) {
  return [
    must(
      Number.isInteger(days) && days >= 0 && days <= 1000,
      'recoveryDays',
      `${days} must be a whole number from 0 to 1000`,
    ),
    must(description.trim() !== '', 'description', 'must say what the secret is for'),
  ];
}
