import { mercenary } from './mercenary';
import { pulse } from './pulse';
import { svSdk } from './sv-sdk';
import type { System } from './system';

/** Every system on board, by name. A new one is added here and in a file of its own, nowhere else. */
export const systems: Record<string, System> = { pulse, mercenary, 'sv-sdk': svSdk };
