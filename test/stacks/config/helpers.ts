import { join } from 'node:path';
import { readStackFile } from '../../../cli/offline/stack-file';
import { ConfigurationError, type Fault } from '../../../stacks/config/fault';
import type { RawConfig } from '../../../stacks/config/raw';
import { parseSettings } from '../../../stacks/config/schema';
import { systems } from '../../../systems';

export const root = join(__dirname, '..', '..', '..');

/** The example configuration of prod, changed as a stack's file would be: a list or an object becomes JSON text. */
export function prodWith(changes: Record<string, unknown>, secretKeys: readonly string[] = []): RawConfig {
  const raw = readStackFile(join(root, 'Pulumi.prod.yaml'));
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete raw[key];
    else
      raw[key] = { text: typeof value === 'string' ? value : JSON.stringify(value), secret: secretKeys.includes(key) };
  }
  return raw;
}

/** The error of a wrong configuration; fails where there is none, or another error. */
export function errorOf(raw: RawConfig, stack?: string): ConfigurationError {
  try {
    parseSettings(raw, systems, stack);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

export function faultsOf(raw: RawConfig): readonly Fault[] {
  return errorOf(raw).faults;
}
