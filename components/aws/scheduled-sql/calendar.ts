import type { OffHoursPlan } from '../../../plan/types';
import { cronOf } from '../relational/off-hours';

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
/** Minutes from the beginning of work until the instances are sure to be there. */
const AFTER_OPENING = 30;

/**
 * A cron line of five fields as EventBridge Scheduler writes it: a sixth field for the year, days of the week by their names
 * (its numbers begin with another day), and `?` for the one of the two days that says nothing.
 *
 * @throws Error where both days say something: Scheduler takes one
 */
export function schedulerCron(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) throw new Error(`"${cron}" must have the five fields of cron`);
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [string, string, string, string, string];
  if (dayOfMonth !== '*' && dayOfWeek !== '*') {
    throw new Error(`"${cron}" names a day of the month and one of the week: EventBridge Scheduler takes one of them`);
  }
  const weekdays = dayOfWeek.replace(/(?<!\/)\d/g, (day) => DAYS[Number(day)]!);
  const days = dayOfWeek === '*' ? [dayOfMonth, '?'] : ['?', weekdays];
  return `cron(${minute} ${hour} ${days[0]} ${month} ${days[1]} *)`;
}

/** Every morning, once there is an instance: what fell into the hours when there was none is made up for. */
export function morningCron({ from, days }: OffHoursPlan): string {
  const [hour = 0, minute = 0] = from.split(':').map(Number);
  const at = Math.min(hour * 60 + minute + AFTER_OPENING, 23 * 60 + 59);
  return cronOf(`${Math.floor(at / 60)}:${at % 60}`, days);
}
