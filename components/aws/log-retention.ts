import { must, type Fault } from '../faults';

/** The retentions that CloudWatch Logs knows, in days (its API reference, PutRetentionPolicy). 0 would keep logs for ever. */
const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** A fault unless CloudWatch Logs can keep a log for that many days. */
export function logRetention(path: string, value: number): Fault {
  return must(days.includes(value), path, `${value} days must be one of ${days.join(', ')}`);
}
