import type { OffHoursPlan } from '../../../plan/types';

/** When pods are taken away and brought back, as cron has it: five fields, in the plan's own time zone. */
export interface Schedules {
  timeZone: string;
  wake: string;
  rest: string;
}

/** Awake from `from` to `to` on the days of work, and at rest else. Cron's week begins with Sunday as 0. */
export function schedulesOf({ timezone, from, to, days }: OffHoursPlan): Schedules {
  const at = (time: string): string => {
    const [hours, minutes] = time.split(':').map(Number);
    const week = [...new Set(days)].map((day) => day % 7).sort((a, b) => a - b);
    return `${minutes} ${hours} * * ${week.join(',')}`;
  };
  return { timeZone: timezone, wake: at(from), rest: at(to) };
}
