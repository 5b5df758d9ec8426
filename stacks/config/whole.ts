import { z } from 'zod';
import { note } from './note';

/** Where the value is from when a number of the plan's is not overridden. */
export const byPhase = "the phase's";
export const bySystem = "the system's";

/** A whole number that may be left out. */
export function whole(least: number, most: number, says: string, otherwise: string) {
  return note(z.int().min(least).max(most).optional(), { says, otherwise });
}
