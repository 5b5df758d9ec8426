import type { Memory } from '../plan/memory';
import { planJourney, type Journey } from '../plan/move';
import type { Systems } from './config/draft';
import { collecting, ConfigurationError } from './config/fault';
import { isPlannable } from './config/plannable';
import type { RawConfig } from './config/raw';
import { checkedDraft, settingsOf } from './config/schema';
import type { Settings } from './config/settings';

/** A stack's configuration, and what is known of the stack besides. */
export interface GivenStack {
  raw: RawConfig;
  systems: Systems;
  /** What the stack remembers of its stores, where that depends on the configuration too. */
  memoryOf: (settings: Settings) => Memory;
  /** The stack's name, for the message. */
  stack?: string;
}

/**
 * From a stack's configuration to its plan.
 *
 * @throws ConfigurationError with every fault: those of the keys, and those that only the plan or the stack's memory shows,
 *   as far as the plan can be made in spite of the first
 */
export function planStack({ raw, systems, memoryOf, stack }: GivenStack): Journey {
  const draft = checkedDraft(raw, systems);
  const faults = draft.faults();
  const { system } = draft;
  if (system && isPlannable(draft)) {
    const settings = settingsOf(draft);
    const journey = collecting(faults, () => planJourney(system, settings, memoryOf(settings)));
    if (journey && faults.length === 0) return journey;
  }
  throw new ConfigurationError(faults, stack);
}
