import { makeOfflinePlan, type OfflinePlan, type PlanFlags } from '../../cli/offline/make-plan';

const made = new Map<string, Promise<OfflinePlan>>();

/** An offline plan that the tests of a file share: the same flags are worked out once. Not to be changed by a test. */
export function sharedPlan(flags: PlanFlags): Promise<OfflinePlan> {
  const key = JSON.stringify(Object.entries(flags).sort(([a], [b]) => (a < b ? -1 : 1)));
  const plan = made.get(key) ?? makeOfflinePlan(flags);
  made.set(key, plan);
  return plan;
}
