import * as pulumi from '@pulumi/pulumi';
import type { ConfigurationSecrets } from '../components/platform';

/** The secrets of the stack's configuration. Their values come from the engine and stay secret on their way. */
export function pulumiSecrets(): ConfigurationSecrets {
  const config = new pulumi.Config();
  const own = config.getSecretObject<Record<string, string>>('secrets');
  return {
    own: (name) => pulumi.secret(pulumi.output(own).apply((all) => all?.[name] ?? '')),
    single: (key) => config.requireSecret(key),
  };
}
