import type * as pulumi from '@pulumi/pulumi';
import { passwordVariable } from '../../instances/pooler';
import type { CompleteWorkload } from './arguments';

/** What instances fetch: the container's own secrets, and the passwords of pooled databases in the place of their URLs. */
export function instanceSecrets({ secrets, pooled }: CompleteWorkload): Record<string, pulumi.Input<string>> {
  const pooledVariables = pooled?.databases ?? [];
  const own = Object.entries(secrets).filter(([key]) => !pooledVariables.some(({ variable }) => variable === key));
  const passwords = pooledVariables.map(({ variable, passwordId }) => [passwordVariable(variable), passwordId]);
  return Object.fromEntries([...own, ...passwords]);
}
