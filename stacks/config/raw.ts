import * as pulumi from '@pulumi/pulumi';

/**
 * The namespace of every key, as in `stackladder:phase`. It is the project's name, so `pulumi config set phase large`
 * does without it.
 */
const NAMESPACE = 'stackladder';

/**
 * A stack's configuration as Pulumi hands it over, by key without the namespace: every value is text, and a list or an
 * object is JSON text. A secret inside a list or an object marks the whole key.
 */
export type RawConfig = Record<string, { text: string; secret: boolean }>;

/**
 * The SDK knows which keys are secret but leaves the function out of its declarations. `Config.getSecret` would not do:
 * it calls everything that it reads a secret.
 */
type RuntimeConfig = typeof pulumi.runtime & { isConfigSecret(key: string): boolean };

/** The configuration of the stack that runs, from the engine. */
export function readPulumiConfig(): RawConfig {
  const { allConfig, isConfigSecret } = pulumi.runtime as RuntimeConfig;
  const own = Object.entries(allConfig()).filter(([key]) => key.startsWith(`${NAMESPACE}:`));
  // Not by assignment: a key named __proto__ would be lost.
  return Object.fromEntries(
    own.map(([key, text]) => [key.slice(NAMESPACE.length + 1), { text, secret: isConfigSecret(key) }]),
  );
}
