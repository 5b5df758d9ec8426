import { type Fault, must, noTwice, wholeNumber } from './faults';

/** What to watch of a service; `summary` opens the message. Minutes are how long it must last. */
export type Alarm =
  | { name: string; kind: 'error-rate'; percent: number; minutes: number; summary?: string }
  | { name: string; kind: 'latency'; percentile: number; seconds: number; minutes: number; summary?: string }
  | { name: string; kind: 'database-down'; minutes: number; summary?: string };

/** CloudWatch and Cloud Monitoring look back a day at most. */
const MINUTES_OF_A_DAY = 1_440;

/** Everything that is wrong with alarms; which percentiles there are is the cloud's own. */
export function alarmFaults(alarms: Alarm[], percentileFault: (path: string, percentile: number) => Fault): Fault[] {
  return [
    ...alarms.flatMap((alarm, at) => {
      const path = `alarms[${at}]`;
      const faults = [wholeNumber(`${path}.minutes`, alarm.minutes, 1, MINUTES_OF_A_DAY)];
      if (alarm.kind === 'error-rate') {
        const { percent } = alarm;
        faults.push(must(percent >= 0 && percent < 100, `${path}.percent`, `${percent} must be from 0 to below 100`));
      }
      if (alarm.kind === 'latency') {
        const { percentile, seconds } = alarm;
        faults.push(
          percentileFault(`${path}.percentile`, percentile),
          must(seconds > 0, `${path}.seconds`, `${seconds} must be above 0`),
        );
      }
      return faults;
    }),
    ...noTwice(
      'alarms',
      alarms.map((alarm) => alarm.name),
    ),
  ];
}
