import { type Fault, must } from '../../faults';

/** A fault unless Secrets Manager accepts it as the days in which a deleted secret can be restored: 0, or 7 to 30. */
export function recoveryWindow(path: string, days: number): Fault {
  return must(
    days === 0 || (Number.isInteger(days) && days >= 7 && days <= 30),
    path,
    `${days} must be 0 or a whole number from 7 to 30`,
  );
}
