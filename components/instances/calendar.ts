const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * A cron line of five fields, UTC, as systemd's `OnCalendar` (systemd.time(7)). Cron takes a day when the day of the month or
 * that of the week is right where both are given, and systemd when both are, so that makes two entries.
 *
 * @throws Error for a line that is not five fields
 */
export function onCalendar(cron: string): string[] {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) throw new Error(`"${cron}" must have the five fields of cron`);
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [string, string, string, string, string];
  const time = `${steps(hour, 0)}:${steps(minute, 0)}:00 UTC`;
  const months = steps(named(month, MONTHS, 1), 1);
  const monthly = `*-${months}-${steps(dayOfMonth, 1)} ${time}`;
  const weekly = `${weekdays(dayOfWeek)} *-${months}-* ${time}`;
  if (dayOfWeek === '*') return [monthly];
  return dayOfMonth === '*' ? [weekly] : [monthly, weekly];
}

/** Cron's ranges and steps as systemd writes them: `*` + `/15` counts from the first value, `1-5` is `1..5`. */
function steps(field: string, first: number): string {
  return field
    .split(',')
    .map((part) => part.replace(/^\*\//, `${first}/`).replace(/^(\d+)-(\d+)/, '$1..$2'))
    .join(',');
}

function named(field: string, names: string[], first: number): string {
  return field.replace(/[a-z]{3}/gi, (name) => String(names.indexOf(name.toUpperCase()) + first));
}

function weekdays(field: string): string {
  const upper = DAYS.slice(0, 7).map((day) => day.toUpperCase());
  return [...new Set(named(field, upper, 0).split(',').flatMap(daysOf))].join(',');
}

/** Each day of a part such as `5`, `1-5` or `1-5/2`: systemd has no steps of weekdays. */
function daysOf(part: string): string[] {
  const [range = '', step = '1'] = part.split('/');
  const [from = 0, to] = range === '*' ? [0, 6] : range.split('-').map(Number);
  const last = to ?? (part.includes('/') ? 6 : from);
  const days = [];
  for (let day = from; day <= last; day += Number(step)) days.push(DAYS[day]!);
  return days;
}
