/**
 * How a group changes its size, as a guide writes it: out when any condition has held for its minutes, in only when all
 * of the other list have. A cloud that cannot say it takes the documented next best and names it.
 */
export interface ScalingRules {
  out: ScalingCondition[];
  in: ScalingCondition[];
  /** Seconds between two changes. */
  cooldownSeconds: number;
}

/** One condition on the average of a service's instances; `minutes` is how long it must last. */
export type ScalingCondition =
  | { signal: 'cpu' | 'memory'; percent: number; minutes: number }
  /** Requests in a minute that one instance answers. */
  | { signal: 'requests-per-minute'; requests: number; minutes: number }
  /** Requests that one instance has taken and not yet answered: rate x mean response time (Little's law). */
  | { signal: 'requests-in-flight'; requests: number; minutes: number }
  /** Response time; undefined percentile: the mean. */
  | { signal: 'latency'; percentile?: number; millis: number; minutes: number };

/** How a group of workers changes its size with what waits for it. */
export type QueueScaling =
  /** As many workers as bring the depth of the queue to the target: the guide's HPA on an external metric. */
  | { kind: 'target'; jobs: number; cooldownSeconds: number }
  | { kind: 'rules'; out: QueueCondition[]; in: QueueCondition[]; cooldownSeconds: number };

export type QueueCondition =
  /** Jobs that wait, for each worker there is. */
  | { signal: 'depth-per-worker'; jobs: number; minutes: number }
  /** How long the oldest job has waited. */
  | { signal: 'wait'; seconds: number; minutes: number }
  | { signal: 'cpu'; percent: number; minutes: number };

/** Out of working hours: the groups stop, and databases with them where they can. Never in prod. */
export interface OffHoursPlan {
  /** IANA name, e.g. `Europe/Berlin`. */
  timezone: string;
  /** `HH:MM`, when work begins and when it ends. */
  from: string;
  to: string;
  /** Days of work: 1 Monday to 7 Sunday. */
  days: number[];
}
