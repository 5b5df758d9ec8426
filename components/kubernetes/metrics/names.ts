import { nameOf } from '../../naming';

/** The numbers that autoscalers ask `external.metrics.k8s.io` for. Whoever serves them, these are their names and labels. */
export const signals = {
  /** Jobs that wait, by `queue`. */
  depth: 'queue_depth',
  /** Seconds that the oldest job has waited, by `queue`. Where the library keeps each job's time. */
  wait: 'queue_wait_seconds',
  /** What a `service` should do: 2 is more pods, 0.5 is fewer, 1 is none of the two. */
  service: 'scaling_signal',
  /** The same of a `worker`. */
  worker: 'worker_signal',
} as const;

/** What measures and serves them, in the namespace of the system. */
export const parts = {
  prometheus: nameOf('kubernetes', 'metrics', 'prometheus'),
  adapter: nameOf('kubernetes', 'metrics', 'adapter'),
  queues: nameOf('kubernetes', 'metrics', 'queues'),
  signals: nameOf('kubernetes', 'metrics', 'signals'),
  cache: nameOf('kubernetes', 'metrics', 'cache'),
};
