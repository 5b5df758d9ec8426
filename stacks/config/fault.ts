import { inspect } from 'node:util';

/** One thing that is wrong with a stack's configuration, told so that it can be mended without reading code. */
export interface Fault {
  /** Path of the key without the namespace, e.g. `overrides.services.api.maxSize` or `regions[1]`. */
  key: string;
  /** What was given, shortened; undefined where nothing was. Of a secret, only that it is one. */
  value?: string;
  /** What is wrong: a sentence that goes on after the key and its value, e.g. `is below minSize, which is 4`. */
  problem: string;
  /** What the key may be, in words. */
  allowed: string;
  /** How to mend it: a command, or a sentence. */
  mend: string;
  /** The valid value, key or name that was probably meant. */
  nearest?: string;
}

/** Every fault of a configuration in one message. Thrown before the first resource. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** By this mark Pulumi knows an error that is the user's to mend, and shows its message without a stack trace. */
  readonly __pulumiRunError = true;

  constructor(
    readonly faults: readonly Fault[],
    stack?: string,
  ) {
    super([headline(faults.length, stack), ...faults.map(describe)].join('\n\n'));
  }

  /** What Pulumi traces of an error besides. Inspected in full, with what hangs on it by then, it takes 15 seconds. */
  [inspect.custom](): string {
    return this.message;
  }
}

/**
 * What a body gives; undefined where it finds faults, which join those that were found before. A key is told of once: what
 * was found first is what the rest comes from.
 */
export function collecting<T>(faults: Fault[], body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const told = new Set(faults.map(({ key }) => key));
    faults.push(...error.faults.filter(({ key }) => !told.has(key)));
    return undefined;
  }
}

function headline(count: number, stack?: string): string {
  const faults = count === 1 ? '1 fault' : `${count} faults`;
  return `${faults} in the configuration of ${stack ? `stack ${stack}` : 'the stack'}: nothing was created.`;
}

function describe(fault: Fault, at: number): string {
  const value = fault.value === undefined ? '' : ` = ${fault.value}`;
  const lines = [`${at + 1}. ${fault.key}${value} ${fault.problem}.`, `   Allowed: ${fault.allowed}.`];
  if (fault.nearest !== undefined) lines.push(`   Nearest: ${fault.nearest}`);
  lines.push(`   Mend: ${fault.mend}`);
  return lines.join('\n');
}
