import * as pulumi from '@pulumi/pulumi';
import type { RawConfig } from '../config/raw';
import { packageNames, type PackageName } from './keys';

/** The providers' own configuration, by package and key without it: `aws:profile` is `profile` of `aws`. */
export type RawProviders = Partial<Record<PackageName, RawConfig>>;

/** See `RuntimeConfig` in `config/raw.ts`. */
type RuntimeConfig = typeof pulumi.runtime & { isConfigSecret(key: string): boolean };

/** The providers' configuration of the stack that runs, from the engine. */
export function readProviderConfig(): RawProviders {
  const { allConfig, isConfigSecret } = pulumi.runtime as RuntimeConfig;
  return byPackage(Object.entries(allConfig()).map(([key, text]) => [key, { text, secret: isConfigSecret(key) }]));
}

/** Picks out of all keys of a stack those of the providers. */
export function byPackage(entries: readonly (readonly [string, RawConfig[string]])[]): RawProviders {
  return Object.fromEntries(
    packageNames.flatMap((name) => {
      const own = entries.filter(([key]) => key.startsWith(`${name}:`));
      return own.length > 0
        ? [[name, Object.fromEntries(own.map(([key, value]) => [key.slice(name.length + 1), value]))]]
        : [];
    }),
  );
}
