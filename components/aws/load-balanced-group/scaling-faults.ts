import type { OffHoursPlan } from '../../../plan/types';
import { type Fault, must, wholeNumber } from '../../faults';
import type { Rules } from '../scaling/rules';

/** CloudWatch looks back a day at most, and a warm-up has an end. */
const MINUTES_OF_A_DAY = 1_440;
const LONGEST_COOLDOWN = 86_400;

export function rulesFaults(path: string, rules: Rules | undefined): Fault[] {
  if (!rules) return [];
  const { out, cooldownSeconds } = rules;
  return [
    must(out.length > 0, `${path}.out`, 'a group that never grows needs no rules'),
    wholeNumber(`${path}.cooldownSeconds`, cooldownSeconds, 0, LONGEST_COOLDOWN),
    ...[...out, ...rules.in].map((condition) =>
      wholeNumber(`${path} (${condition.signal}).minutes`, condition.minutes, 1, MINUTES_OF_A_DAY),
    ),
  ];
}

export function offHoursFaults(hours: OffHoursPlan | undefined): Fault[] {
  if (!hours) return [];
  const time = (key: 'from' | 'to') =>
    must(/^([01]\d|2[0-3]):[0-5]\d$/.test(hours[key]), `offHours.${key}`, `"${hours[key]}" must look like 07:30`);
  return [
    time('from'),
    time('to'),
    must(hours.days.length > 0, 'offHours.days', 'one day of work is needed at least'),
    ...hours.days.map((day) => wholeNumber('offHours.days', day, 1, 7)),
  ];
}
