import type { Settings } from '../stacks/config/settings';
import type { System } from '../systems/system';
import type { OffHoursPlan } from './types';

/** When nobody works: as configuration says, or as the system has it for the environment. Never in prod. */
export function planOffHours(system: System, { environment, offHours }: Settings): OffHoursPlan | undefined {
  if (environment === 'prod' || offHours === false) return undefined;
  return offHours ?? system.offHours?.[environment];
}
