import type { Draft } from '../draft';
import { removeCommand } from '../path';

/** Hours of work end after they begin, and prod has none. */
export function checkOffHours(draft: Draft): void {
  const hours = draft.get('offHours');
  const { offHours: given } = draft.given;
  if (given === undefined || given === false) return;
  if (draft.get('environment') === 'prod') {
    const problem = 'is given, and prod never stops';
    const allowed = 'nothing in prod, where the groups follow the load alone, or false';
    draft.findInstead({ path: ['offHours'], problem, allowed, mend: removeCommand(['offHours']) });
    return;
  }
  if (!hours) return;
  const path = ['offHours', 'to'];
  // Both are HH:MM, which texts compare as times do.
  if (hours.to > hours.from || draft.isFaulty('offHours', 'from') || draft.isFaulty(...path)) return;
  const told = draft.secretKeys.has('offHours') ? '' : `, which is ${hours.from}`;
  const mend = 'give a time after it; a night shift is two stacks, or false';
  draft.find({ path, problem: `is not after from${told}`, mend });
}
