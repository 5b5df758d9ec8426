import type { RangeNeeds } from '../systems/system';
import type { Capacity } from './types';
import type { PhaseName } from './vocabulary';

/** A stack's own word on how many. */
export interface SizeOverrides {
  minSize?: number;
  maxSize?: number;
  desiredCapacity?: number;
}

/** The range of a phase: the phase's own, or the one that holds at every phase. */
export function rangeAt(range: RangeNeeds, phase: PhaseName): { min: number; max: number } {
  return 'small' in range ? range[phase] : range;
}

/**
 * How many of a group there are. A range that holds at every phase starts at the phase's count; one that the guide tells by
 * phase starts at its own lower end.
 */
export function capacityOf(
  range: RangeNeeds,
  phase: { name: PhaseName; appInstances: { from: number } },
  own: SizeOverrides,
): Capacity {
  const { min: least, max: most } = rangeAt(range, phase.name);
  const min = own.minSize ?? least;
  const max = own.maxSize ?? Math.max(most, min);
  const desired = own.desiredCapacity ?? ('small' in range ? least : phase.appInstances.from);
  const steady = !('small' in range) && own.minSize === undefined;
  return { min, max, desired: Math.min(Math.max(desired, min), max), steady };
}
