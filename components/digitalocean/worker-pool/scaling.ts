import type { WorkerPlan } from '../../../plan/types';
import { LONGEST_DRAIN } from '../droplet-pool/argument-faults';

/** Percent of CPU where a guide names none: above it workers take job after job, below it they wait for some. */
const BUSY_PERCENT = 50;

/**
 * The CPU that a pool of workers aims at, for want of the queue's depth. Undefined where the pool must keep its number: a
 * droplet has 60 seconds to shut down, and a job that takes longer and may not be given back would be cut.
 */
export function cpuTargetOf({ scaling, spot, drainSeconds }: Pick<WorkerPlan, 'scaling' | 'spot' | 'drainSeconds'>) {
  if (!spot && drainSeconds > LONGEST_DRAIN) return undefined;
  const rule = scaling.kind === 'rules' ? scaling.out.find(({ signal }) => signal === 'cpu') : undefined;
  return rule?.signal === 'cpu' ? rule.percent : BUSY_PERCENT;
}
