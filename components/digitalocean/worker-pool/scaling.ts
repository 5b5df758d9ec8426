import type { QueueScaling } from '../../../plan/types';

/** Percent of CPU where a guide names none: above it workers take job after job, below it they wait for some. */
const BUSY_PERCENT = 50;

/** The CPU that a pool of workers aims at, for want of the queue's depth: the guide's own where it has one. */
export function cpuTargetOf(scaling: QueueScaling): number {
  const rule = scaling.kind === 'rules' ? scaling.out.find(({ signal }) => signal === 'cpu') : undefined;
  return rule?.signal === 'cpu' ? rule.percent : BUSY_PERCENT;
}
