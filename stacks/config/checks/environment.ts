import type { Draft } from '../draft';
import { carriesSecret, soundsSecret } from '../shown';
import type { Finding } from '../translate';

/** Plain environment variables carry no secrets, and no variable is set twice. */
export function checkEnvironment(draft: Draft): void {
  const secrets = Object.keys(draft.get('secrets') ?? {});
  for (const [service, { environment = {} }] of Object.entries(draft.get('overrides')?.services ?? {})) {
    const connections = Object.values(draft.system?.services.find(({ name }) => name === service)?.connections ?? {});
    for (const [name, value] of Object.entries(environment)) {
      const path = ['overrides', 'services', service, 'environment', name];
      const found = plainFault(draft, name, value) ?? takenFault(name, secrets, connections);
      if (found) draft.find({ path, ...found });
    }
  }
  const connections = (draft.system?.services ?? []).flatMap((service) => Object.values(service.connections));
  for (const name of secrets) {
    const found = takenFault(name, [], connections);
    if (found) draft.find({ path: ['secrets', name], ...found });
  }
}

function plainFault(draft: Draft, name: string, value: string): Omit<Finding, 'path'> | undefined {
  const sealed = draft.secretKeys.has('overrides');
  if (value === '' || !(sealed || soundsSecret(name) || carriesSecret(value))) return undefined;
  return {
    problem: sealed
      ? 'is a secret, and environment variables of a service are written in plain text'
      : 'looks like a secret in plain text',
    allowed: 'plain values; a password, a token or a key belongs into `secrets`',
    mend: `pulumi config set --secret --path secrets.${name}, and take it out of environment`,
    fromNames: true,
  };
}

function takenFault(name: string, secrets: readonly string[], connections: readonly (string | undefined)[]) {
  const by = secrets.includes(name)
    ? 'by `secrets`'
    : connections.includes(name)
      ? "by the store's connection"
      : undefined;
  if (!by) return undefined;
  return {
    problem: `is already set ${by}`,
    allowed: 'a variable that nothing else sets',
    mend: 'take it out, or give it another name',
    fromNames: true,
  };
}
