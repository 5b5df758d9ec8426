import type { MaintenancePlan } from '../../../plan/types';

const MINUTES_OF_A_DAY = 1_440;
const BACKUP_MINUTES = 30;
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function minutesOf(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return hour! * 60 + minute!;
}

function clockOf(minutes: number): string {
  const within = ((minutes % MINUTES_OF_A_DAY) + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

/** Half an hour from when the daily copy is to be made, as RDS writes it: `03:00-03:30`. */
export function backupWindow(startsAt: string): string {
  return `${startsAt}-${clockOf(minutesOf(startsAt) + BACKUP_MINUTES)}`;
}

/** As RDS writes it: `sun:04:00-sun:05:00`. */
export function maintenanceWindow({ day, startsAt, hours }: MaintenancePlan): string {
  const end = minutesOf(startsAt) + hours * 60;
  const name = (of: number) => days[(of - 1) % 7] ?? 'sun';
  return `${name(day)}:${startsAt}-${name(day + Math.floor(end / MINUTES_OF_A_DAY))}:${clockOf(end)}`;
}

/** Whether the two have a minute in common on any day; RDS refuses them then. */
export function windowsMeet(backup: string, maintenance: string): boolean {
  const [from, to] = backup.split('-').map(minutesOf) as [number, number];
  const [start, end] = maintenance.split('-').map((moment) => minutesOf(moment.slice(4))) as [number, number];
  const span = (a: number, b: number) => (b - a + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY;
  // A window of whole days is every minute of each.
  const length = (a: number, b: number) => span(a, b) || MINUTES_OF_A_DAY;
  return span(from, start) < length(from, to) || span(start, from) < length(start, end);
}
