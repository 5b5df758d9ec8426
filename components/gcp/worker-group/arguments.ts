import { type Fault, must, noTwice, wholeNumber } from '../../faults';
import type { QueuePlan, QueueScaling } from '../../../plan/types';
import { type CompleteWorkload, type WorkloadArgs } from '../managed-group/arguments';
import { workloadFaults } from '../managed-group/argument-faults';
import type { QueueMetrics } from '../queue-metrics/queue-metrics';
import { longestShutdown, shutdownMargin } from './drain';

export interface WorkerGroupArgs extends WorkloadArgs {
  /** Starts the names of the queues' metrics: that of `metrics`. */
  prefix: string;
  /** What the workers' measurements are written to. */
  metrics: QueueMetrics;
  /** Every queue of the broker: whoever measures first in a minute measures all of them. */
  queues: QueuePlan[];
  /** Which of them this group takes jobs from. */
  queue: string;
  /** The variable of `secrets` that holds the broker's URL. */
  brokerVariable: string;
  scaling: QueueScaling;
  /**
   * On spare capacity that Google may take back with 30 seconds of notice, at a fraction of the price. A job that takes
   * longer is cut and must go back to its queue. A change rolls through the instances.
   */
  spot: boolean;
  /** Seconds that a running job may take before its instance is let go, 0 to 3555. On spot capacity 30 are all there are. */
  drainSeconds?: number;
}

export type CompleteWorkerArgs = WorkerGroupArgs & CompleteWorkload;

/** Metrics that one autoscaler reads (Compute Engine: autoscaling groups of instances). */
const MOST_METRICS = 5;

export function workerFaults(args: CompleteWorkerArgs): Fault[] {
  const { scaling, queues, queue, secrets, drainSeconds } = args;
  const read = scaling.kind === 'rules' ? scaling.out : [];
  const asked = read.filter(({ signal }) => signal !== 'cpu');
  return [
    ...workloadFaults(args),
    wholeNumber('drainSeconds', drainSeconds, 0, longestShutdown - shutdownMargin),
    must(
      queues.some(({ name }) => name === queue),
      'queue',
      `"${queue}" is none of the broker's: ${queues.map(({ name }) => name).join(', ') || 'it has none'}`,
    ),
    ...noTwice(
      'queues',
      queues.map(({ name }) => name),
    ),
    must(args.brokerVariable in secrets, 'brokerVariable', `${args.brokerVariable} is not in secrets`),
    wholeNumber('scaling.cooldownSeconds', scaling.cooldownSeconds, 0, 86_400),
    ...(scaling.kind === 'target' ? [must(scaling.jobs > 0, 'scaling.jobs', `${scaling.jobs} must be above 0`)] : []),
    ...(scaling.kind === 'rules'
      ? [
          must(read.length > 0, 'scaling.out', 'without a condition the group would never grow'),
          must(asked.length <= MOST_METRICS, 'scaling.out', `an autoscaler reads ${MOST_METRICS} metrics at the most`),
          ...waits(args),
        ]
      : []),
  ];
}

/** Only of a library that keeps each job's time is it known how long the oldest has waited. */
function waits({ scaling, queues, queue }: CompleteWorkerArgs): Fault[] {
  const found = queues.find(({ name }) => name === queue);
  if (scaling.kind !== 'rules' || !scaling.out.some(({ signal }) => signal === 'wait')) return [];
  const problem = `${found?.library ?? 'the library'} does not tell how long a job has waited`;
  return [must(found?.library === 'bullmq', 'scaling.out', problem)];
}
