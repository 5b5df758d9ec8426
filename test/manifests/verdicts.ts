import type { OfflinePlan } from '../../cli/offline/make-plan';
import { broken, contextOfPlan } from '../../cli/commands/print-verdicts';
import { evaluate } from '../../policies/evaluate';

/** The mandatory rules that a plan breaks, without exemptions: what the project ships needs none. */
export function violationsOf({ plan, resources }: OfflinePlan): string[] {
  return broken(evaluate(resources, contextOfPlan(plan), [])).map((verdict) => JSON.stringify(verdict));
}
