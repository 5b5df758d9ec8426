import type { PhaseName } from '../plan/vocabulary';
import { enterprise } from './enterprise';
import { large } from './large';
import { medium } from './medium';
import type { Phase } from './phase';
import { small } from './small';

/** The ladder, by name. */
export const ladder: Record<PhaseName, Phase> = { small, medium, large, enterprise };
