import type * as gcp from '@pulumi/gcp';
import type { OffHoursPlan } from '../../../plan/types';

type Schedule = gcp.types.input.compute.RegionAutoscalerAutoscalingPolicyScalingSchedule;

const MINUTES_OF_A_DAY = 24 * 60;

/**
 * Working hours, in which a group has its usual least; outside of them its least is nothing, and what load asks for.
 * Hours that go past midnight belong to the day on which they begin.
 */
export function workingHours({ timezone, from, to, days }: OffHoursPlan, instances: number): Schedule {
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  const lasts = (ends - begins + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY || MINUTES_OF_A_DAY;
  return {
    name: 'working-hours',
    description: `${from} to ${to}`,
    // Cron's Sunday is 0.
    schedule: `${begins % 60} ${Math.floor(begins / 60)} * * ${days.map((day) => day % 7).join(',')}`,
    durationSec: lasts * 60,
    minRequiredReplicas: instances,
    timeZone: timezone,
  };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
