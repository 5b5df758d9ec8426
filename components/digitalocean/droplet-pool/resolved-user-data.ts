import * as pulumi from '@pulumi/pulumi';
import { plainVariables } from '../../instances/plain-variables';
import type { DropletsArgs } from './droplets';
import { passwordSecrets, poolerOptions } from './pooled';
import { userData, type UserDataOptions } from './user-data';

/**
 * The first-boot document, when the places that it names are known. It waits for no secret's value.
 *
 * @throws Error, where Pulumi waits for the value, for a variable that is a secret; it shows the name alone
 */
export function userDataOf(
  args: DropletsArgs & { drainSeconds: number },
  own: Pick<UserDataOptions, 'proxy' | 'parts' | 'command'>,
): pulumi.Output<string> {
  const { image, drainSeconds, pooled } = args;
  return pulumi
    .all([
      plainVariables(args.environment),
      pulumi.all({ ...args.secrets, ...passwordSecrets(pooled) }),
      pulumi.output(args.registrySecret),
      poolerOptions(pooled),
    ])
    .apply(([environment, secrets, registrySecret, pooler]) =>
      userData({ ...own, image, environment, secrets, registrySecret, pooler, drainSeconds }),
    );
}
