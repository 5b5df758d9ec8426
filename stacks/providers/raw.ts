import { keysOf, readEntries, type RawConfig, type RawEntry } from '../config/raw';
import { packageNames, type PackageName } from './keys';

/** The providers' own configuration, by package and key without it: `aws:profile` is `profile` of `aws`. */
export type RawProviders = Partial<Record<PackageName, RawConfig>>;

/** The providers' configuration of the stack that runs, from the engine. */
export function readProviderConfig(): RawProviders {
  return byPackage(readEntries());
}

/** Picks out of all keys of a stack those of the providers. */
export function byPackage(entries: readonly RawEntry[]): RawProviders {
  return Object.fromEntries(packageNames.map((name) => [name, keysOf(name, entries)]));
}
