import type { Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import type { Memory, StoresMemory } from './memory';

/**
 * Every store is called after its system and its environment. Another word for either is not a change of a stack but
 * another stack: all of it would be made anew and empty, and what there is deleted where nothing protects it.
 */
export function checkIdentity(settings: Settings, memory: Memory): Fault[] {
  const stores = Object.values(memory);
  return (['system', 'environment'] as const).flatMap((key) => {
    const was = stores.map((one: StoresMemory) => one[key]).find((value) => value !== undefined);
    return was === undefined || was === settings[key] ? [] : [fault(key, settings[key], was)];
  });
}

function fault(key: 'system' | 'environment', value: string, was: string): Fault {
  return {
    key,
    value,
    problem: `would delete every store of this stack, which is of ${was}, and make new, empty ones: their names hold the ${key}`,
    allowed: was,
    mend: `pulumi config set ${key} ${was}; ${value} gets a stack of its own (pulumi stack init), or this one once pulumi destroy has emptied it`,
  };
}
