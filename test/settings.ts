import { ConfigurationError } from '../stacks/config/fault';
import type { Systems } from '../stacks/config/draft';
import type { RawConfig } from '../stacks/config/raw';
import { checkedDraft, settingsOf } from '../stacks/config/schema';
import type { Settings } from '../stacks/config/settings';

/**
 * The settings of a configuration by itself, with no plan of it.
 *
 * @throws ConfigurationError with every fault of the configuration, never only the first
 */
export function parseSettings(raw: RawConfig, systems: Systems): Settings {
  const draft = checkedDraft(raw, systems);
  const faults = draft.faults();
  if (faults.length > 0) throw new ConfigurationError(faults);
  return settingsOf(draft);
}
