import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../../naming';
import { StoredSecret } from '../secrets/stored-secret';
import type { ValkeyArgs } from './arguments';

/** ElastiCache takes 16 to 128 characters; letters and digits alone need no escaping in a URL. */
export function generatedToken(name: string, parent: pulumi.Resource): random.RandomPassword {
  return new random.RandomPassword(nameOf('random', name, 'token'), { length: 64, special: false }, { parent });
}

/** Keeps `rediss://:token@host:port`. */
export function connectionSecret(
  name: string,
  args: ValkeyArgs & { replicaRegions?: string[] },
  to: { what: 'cache' | 'broker'; host: pulumi.Output<string>; token: random.RandomPassword },
  parent: pulumi.Resource,
): StoredSecret {
  return new StoredSecret(
    `${name}-url`,
    {
      region: args.region,
      value: pulumi.interpolate`rediss://:${to.token.result}@${to.host}:${args.port}`,
      description: `URL of the ${to.what} ${name}, token included`,
      recoveryDays: args.recoveryDays,
      replicaRegions: args.replicaRegions,
      protect: args.protect,
      tags: args.tags,
    },
    { parent },
  );
}
