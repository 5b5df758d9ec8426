import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../../naming';
import { StoredSecret } from '../secrets/stored-secret';

export interface SigningKeyArgs {
  /** Days in which a destroyed version of the key can be brought back, or 0 for none. */
  recoveryDays: number;
  labels?: Record<string, string>;
}

/** Bytes of a key, which Cloud CDN fixes. */
const keyBytes = 16;

/**
 * The key that signs URLs of private content: made here, kept in Secret Manager, given to the CDN. It goes with the
 * delivery, whatever protects the stores: it opens nothing by itself, a URL signed with it lives for minutes, and the
 * next delivery has another.
 *
 * Cost: 0.06 USD a month.
 *
 * ```ts
 * const key = new SigningKey('pulse-prod-content', { recoveryDays: 30 });
 * ```
 */
export class SigningKey extends pulumi.ComponentResource {
  /** The key as Cloud CDN takes it. A secret. */
  readonly value: pulumi.Output<string>;
  readonly secret: StoredSecret;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: SigningKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:gcp:SigningKey', name, {}, opts);
    // As many characters as the key has bytes, each of 90 kinds or so: 103 bits that nobody can guess.
    const text = new random.RandomPassword(nameOf('random', name, 'key'), { length: keyBytes }, { parent: this });
    this.value = text.result.apply(keyOf);
    this.secret = new StoredSecret(
      `${name}-signing-key`,
      {
        ...args,
        value: this.value,
        description: `Signs the URLs of private content of ${name}`,
        deletionProtection: false,
        protect: false,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** As Cloud CDN takes a key: base64url with its padding. */
export function keyOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
