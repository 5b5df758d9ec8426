import * as pulumi from '@pulumi/pulumi';
import type { ProviderSettings } from '../../components/platform';
import { providerKeys, type Kind, type PackageName } from './keys';
import type { RawProviders } from './raw';

/** A value as its kind has it; undefined where the text is none of that kind. */
export function valueOf(text: string, kind: Kind): unknown {
  if (kind === 'text') return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (kind === 'number') return typeof value === 'number' ? value : undefined;
  if (kind === 'flag') return typeof value === 'boolean' ? value : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** What each provider is made with, of its own configuration. What was encrypted stays a secret, in the state too. */
export function providerSettings(raw: RawProviders): ProviderSettings {
  return Object.fromEntries(
    Object.entries(raw).map(([name, given]) => {
      const { passed, decided } = providerKeys[name as PackageName];
      const kept = Object.entries(given).filter(([key]) => !Object.hasOwn(decided, key));
      const values = kept.map(([key, { text, secret }]) => {
        const value = valueOf(text, passed[key] ?? 'text');
        return [key, secret ? pulumi.secret(value) : value];
      });
      return [name, Object.fromEntries(values)];
    }),
  );
}
