import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../../naming';
import type { SecretReference } from '../../platform';
import { ownSecret } from '../secrets/reference';
import { StoredSecret } from '../secrets/stored-secret';
import type { RelationalArgs } from './arguments';
import { urlOf } from './engine';
import { PasswordRotation, type RotatedDatabase, type RotationTarget } from './rotation/rotation';

/** MySQL takes 41 characters at most; 40 letters and digits are 238 bits. */
const PASSWORD_LENGTH = 40;
const PLACE = '{password}';

/** A host to make the secret of a URL for. */
export interface Address {
  host: pulumi.Output<string>;
  port: pulumi.Input<number>;
}

type Owned = Pick<
  RelationalArgs,
  | 'region'
  | 'engine'
  | 'name'
  | 'user'
  | 'passwordVersion'
  | 'rotationDays'
  | 'adopted'
  | 'recoveryDays'
  | 'replicaRegions'
  | 'logRetentionDays'
  | 'protect'
  | 'tags'
>;

/**
 * The password of a database and every secret that holds it: the password alone, a proxy's login, and one URL for each
 * address. It has one owner:
 * - with `rotationDays`, `PasswordRotation`: the program knows the password that the database is made with and no later
 *   one, and writes no secret's value;
 * - without, the program: counting `passwordVersion` up makes a new one, which the same update gives to the database and
 *   to every secret.
 * Going from a rotation back to the program makes a new password too, because the program does not know the last one.
 *
 * Cost: 0.40 USD a month for each secret and each copy of one in another region.
 */
export class DatabaseSecrets extends pulumi.ComponentResource {
  /** The password that the database is made with. Later ones of a rotation are not known here. */
  readonly password: pulumi.Output<string>;
  private readonly passwordSecret: StoredSecret;
  private readonly targets: RotationTarget[] = [];

  constructor(
    private readonly name: string,
    private readonly args: Owned,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('stackladder:aws:DatabaseSecrets', name, {}, opts);
    const owner: Record<string, string> = this.rotates
      ? { owner: 'rotation' }
      : { version: String(args.passwordVersion) };
    this.password = new random.RandomPassword(
      nameOf('random', name, 'password'),
      { length: PASSWORD_LENGTH, special: false, keepers: owner },
      { parent: this },
    ).result;
    this.passwordSecret = this.secret('password', 'Password', this.password);
    this.registerOutputs({});
  }

  get rotates(): boolean {
    return this.args.rotationDays !== undefined;
  }

  /** User and password as RDS Proxy wants them. */
  proxyLogin(): StoredSecret {
    const { user } = this.args;
    const text = (password: string) => JSON.stringify({ username: user, password });
    const secret = this.secret('login', 'Login', this.password.apply(text));
    this.targets.push({ secretArn: secret.arn, template: text(PLACE) });
    return secret;
  }

  /** Secrets of the password alone and of a URL for each address; called once, when all addresses are known. */
  connect<Label extends string>(
    addresses: Record<Label, Address>,
    database: RotatedDatabase,
  ): { password: SecretReference; urls: Record<Label, SecretReference> } {
    const made = Object.entries<Address>(addresses).map(
      ([label, address]) => [label, this.url(label, address)] as const,
    );
    const rotation = this.rotate(database);
    const reference = (secret: StoredSecret): SecretReference => {
      const own = ownSecret(secret);
      // Who reads a secret waits until the rotation has written it.
      return rotation ? { ...own, id: pulumi.all([own.id, rotation.inStep]).apply(([id]) => id) } : own;
    };
    return {
      password: reference(this.passwordSecret),
      urls: Object.fromEntries(made.map(([label, secret]) => [label, reference(secret)])) as Record<
        Label,
        SecretReference
      >,
    };
  }

  private url(label: string, { host, port }: Address): StoredSecret {
    const { engine, user, name } = this.args;
    const text = (password: string, to: { host: string; port: number }) =>
      urlOf(engine, { user, password, name, ...to });
    const address = pulumi.all([host, port] as const).apply(([to, at]) => ({ host: to, port: at }));
    const value = pulumi.all([this.password, address]).apply(([password, to]) => text(password, to));
    const secret = this.secret(`${label}-url`, `URL (${label})`, value);
    this.targets.push({ secretArn: secret.arn, template: address.apply((to) => text(PLACE, to)) });
    return secret;
  }

  private secret(part: string, what: string, value: pulumi.Output<string>): StoredSecret {
    const { region, name, recoveryDays, replicaRegions, protect, tags } = this.args;
    return new StoredSecret(
      `${this.name}-${part}`,
      {
        region,
        value: this.rotates ? undefined : value,
        description: `${what} of the database ${name}`,
        recoveryDays,
        replicaRegions,
        protect,
        tags,
      },
      { parent: this },
    );
  }

  private rotate(database: RotatedDatabase): PasswordRotation | undefined {
    const { region, rotationDays, logRetentionDays, tags } = this.args;
    // A database that is only being imported keeps the password it has: until the next update the secrets are empty.
    const importing = this.args.adopted?.imported === false;
    if (rotationDays === undefined || importing) return undefined;
    return new PasswordRotation(
      `${this.name}-rotation`,
      {
        region,
        database,
        passwordSecretArn: this.passwordSecret.arn,
        targets: this.targets,
        days: rotationDays,
        passwordLength: PASSWORD_LENGTH,
        logRetentionDays,
        tags,
      },
      { parent: this },
    );
  }
}
