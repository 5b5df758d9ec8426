import type { Memory } from '../plan/memory';
import { planJourney, type Journey } from '../plan/move';
import type { Systems } from './config/draft';
import { collecting, ConfigurationError } from './config/fault';
import { isPlannable } from './config/plannable';
import type { RawConfig } from './config/raw';
import { checkedDraft, settingsOf } from './config/schema';
import type { Settings } from './config/settings';
import { providerFaults } from './providers/check';
import type { RawProviders } from './providers/raw';

/** A stack's configuration, and what is known of the stack besides. */
export interface GivenStack {
  raw: RawConfig;
  /** What the stack's providers are told beside it, in namespaces of their own. Default: nothing. */
  providers?: RawProviders;
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
export function planStack({ raw, providers = {}, systems, memoryOf, stack }: GivenStack): Journey {
  const draft = checkedDraft(raw, systems);
  const faults = draft.faults();
  const { system } = draft;
  let journey: Journey | undefined;
  if (system && isPlannable(draft)) {
    const settings = settingsOf(draft);
    journey = collecting(faults, () => planJourney(system, settings, memoryOf(settings)));
  }
  faults.push(...providerFaults(providers, journey ? [journey.plan, ...journey.kept] : []));
  if (journey && faults.length === 0) return journey;
  throw new ConfigurationError(faults, stack);
}
