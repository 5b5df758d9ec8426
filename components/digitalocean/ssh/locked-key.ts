import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../../naming';
import { publicKey } from './public-key';

/**
 * An SSH key that opens nothing: random bytes in the form of a public key, whose private half nobody has or can find.
 * DigitalOcean wants a key on every droplet of a pool, and mails a root password where a droplet has none; this is for
 * who needs neither.
 *
 * Cost: none.
 */
export class LockedKey extends pulumi.ComponentResource {
  readonly fingerprint: pulumi.Output<string>;
  readonly key: digitalocean.SshKey;

  constructor(name: string, _args: Record<string, never> = {}, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:digitalocean:LockedKey', name, {}, opts);
    const bytes = new random.RandomId(nameOf('random', name), { byteLength: 32 }, { parent: this });
    this.key = new digitalocean.SshKey(
      nameOf('digitalocean', name),
      { publicKey: bytes.b64Std.apply((base64) => publicKey(base64, name)) },
      { parent: this },
    );
    this.fingerprint = this.key.fingerprint;
    this.registerOutputs({ fingerprint: this.fingerprint });
  }
}
