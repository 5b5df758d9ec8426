import { type Fault, must, noTwice, wholeNumber } from './faults';

/** What to watch; `summary` opens the message. Minutes are how long it must last. */
export type Alarm = {
  name: string;
  minutes: number;
  summary?: string;
  /** Undefined: a guide that knows one level; treated as critical. */
  severity?: Severity;
} & AlarmCondition;

export type Severity = 'warning' | 'critical';

export type AlarmCondition =
  | { kind: 'error-rate'; percent: number }
  | { kind: 'latency'; percentile: number; seconds: number }
  | { kind: 'cpu' | 'memory' | 'disk-free'; percent: number }
  | { kind: 'database-down' }
  | { kind: 'database-cpu' | 'database-disk-free'; percent: number }
  | { kind: 'replication-lag'; millis: number }
  | { kind: 'cache-memory'; percent: number }
  | { kind: 'queue-depth'; queue: string; jobs: number };

/** The alarms of some kinds. */
export type AlarmOf<Kind extends Alarm['kind']> = Alarm & { kind: Kind };

/** Narrows alarms to kinds: each component watches what it can see. */
export function alarmsOf<Kind extends Alarm['kind']>(alarms: Alarm[], kinds: readonly Kind[]): AlarmOf<Kind>[] {
  return alarms.filter((alarm): alarm is AlarmOf<Kind> => (kinds as readonly string[]).includes(alarm.kind));
}

export function severityOf({ severity }: { severity?: Severity }): Severity {
  return severity ?? 'critical';
}

/** CloudWatch and Cloud Monitoring look back a day at most. */
const MINUTES_OF_A_DAY = 1_440;

/** Everything that is wrong with alarms; which percentiles there are is the cloud's own. */
export function alarmFaults(alarms: Alarm[], percentileFault: (path: string, percentile: number) => Fault): Fault[] {
  return [
    ...alarms.flatMap((alarm, at) => {
      const path = `alarms[${at}]`;
      const faults = [wholeNumber(`${path}.minutes`, alarm.minutes, 1, MINUTES_OF_A_DAY)];
      if ('percent' in alarm) {
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
      if (alarm.kind === 'replication-lag') {
        faults.push(must(alarm.millis > 0, `${path}.millis`, `${alarm.millis} must be above 0`));
      }
      if (alarm.kind === 'queue-depth') {
        faults.push(must(alarm.jobs >= 0, `${path}.jobs`, `${alarm.jobs} must not be below 0`));
      }
      return faults;
    }),
    ...noTwice(
      'alarms',
      alarms.map((alarm) => alarm.name),
    ),
  ];
}
