import type { AlertCondition, AlertPlan } from '../plan/types';

/** Minutes that a value must stay above a threshold before somebody is told, where a guide does not say. */
const MINUTES = 5;

/** A row of an alert table with a threshold that warns and one that is critical. */
export function levels(
  name: string,
  of: string,
  thresholds: { warning: number; critical: number },
  condition: (threshold: number) => AlertCondition,
): AlertPlan[] {
  return (['warning', 'critical'] as const).map((severity) => ({
    ...condition(thresholds[severity]),
    name: `${name}${severity === 'warning' ? 'Warning' : 'Critical'}`,
    minutes: MINUTES,
    severity,
    summary: `${of}: ${severity} threshold of ${thresholds[severity]} passed`,
  }));
}
