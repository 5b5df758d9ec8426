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

/** A key with its namespace, and its value. */
export type RawEntry = readonly [key: string, value: RawConfig[string]];

/**
 * The SDK knows which keys are secret but leaves the function out of its declarations. `Config.getSecret` would not do:
 * it calls everything that it reads a secret.
 */
type RuntimeConfig = typeof pulumi.runtime & { isConfigSecret(key: string): boolean };

/** The configuration of the stack that runs, from the engine. */
export function readPulumiConfig(): RawConfig {
  return keysOf(NAMESPACE, readEntries());
}

/** All keys that the engine has for the stack that runs, of every namespace. */
export function readEntries(): RawEntry[] {
  const { allConfig, isConfigSecret } = pulumi.runtime as RuntimeConfig;
  return Object.entries(allConfig()).map(([key, text]) => [key, { text, secret: isConfigSecret(key) }]);
}

/** Those of one namespace, without it. */
export function keysOf(namespace: string, entries: readonly RawEntry[]): RawConfig {
  const own = entries.filter(([key]) => key.startsWith(`${namespace}:`));
  // Not by assignment: a key named __proto__ would be lost.
  return Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length + 1), value]));
}
