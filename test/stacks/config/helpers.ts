import { readStackFile } from '../../../cli/offline/stack-file';
import { ConfigurationError, type Fault } from '../../../stacks/config/fault';
import type { RawConfig } from '../../../stacks/config/raw';
import { planStack } from '../../../stacks/plan-stack';
import { systems } from '../../../systems';
import { exampleFile } from '../../examples';
import type { WrongCase } from './wrong-cases';

export { root } from '../../examples';

/** An example's configuration, changed as a stack's file would be: a list or an object becomes JSON text. */
export function exampleWith(
  stack: string,
  changes: Record<string, unknown>,
  secretKeys: readonly string[] = [],
): RawConfig {
  const raw = readStackFile(exampleFile(stack)).config;
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete raw[key];
    else
      raw[key] = { text: typeof value === 'string' ? value : JSON.stringify(value), secret: secretKeys.includes(key) };
  }
  return raw;
}

/** The example of prod, changed. */
export function prodWith(changes: Record<string, unknown>, secretKeys: readonly string[] = []): RawConfig {
  return exampleWith('prod', changes, secretKeys);
}

/** The configuration of a case. */
export function wrongConfig({ stack = 'prod', changes, secretKeys }: WrongCase): RawConfig {
  return exampleWith(stack, changes, secretKeys);
}

/** The error of a wrong configuration, of its own or of the plan that it makes; fails where there is none, or another error. */
export function errorOf(raw: RawConfig, stack?: string): ConfigurationError {
  try {
    planStack({ raw, systems, memoryOf: () => ({}), stack });
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

export function faultsOf(raw: RawConfig): readonly Fault[] {
  return errorOf(raw).faults;
}
