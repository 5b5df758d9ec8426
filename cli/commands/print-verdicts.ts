import type { Plan } from '../../plan/types';
import type { Context } from '../../policies/context';
import { messageOf, type Verdict } from '../../policies/evaluate';

/** What the plan itself says of its strictness and sizes. */
export function contextOfPlan(plan: Plan): Context {
  return {
    environment: plan.environment,
    phase: plan.phase,
    system: plan.system,
    regions: plan.regions.map((region) => region.name),
  };
}

/** Counts first, then what is broken, what is advised, what is waived and why. */
export function printVerdicts(plan: Plan, verdicts: readonly Verdict[]): string {
  const sections: [string, Verdict[]][] = [
    ['broken', broken(verdicts)],
    ['advice', verdicts.filter((verdict) => verdict.state === 'fail' && verdict.severity === 'advisory')],
    ['waived', verdicts.filter((verdict) => verdict.state === 'waived')],
  ];
  const { passed, failed, unknown, waived } = count(verdicts);
  const lines = [
    `${plan.title}: ${plan.phase}, ${plan.environment}, on ${plan.cloud}`,
    `${passed} passed, ${failed} failed, ${unknown} not known before the cloud answers, ${waived} waived`,
  ];
  for (const [title, found] of sections) {
    if (found.length > 0) lines.push('', `${title}:`);
    for (const verdict of found) {
      lines.push(`  ${messageOf(verdict)}${verdict.reason === undefined ? '' : ` Waived: ${verdict.reason}`}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The same for other tools. */
export function verdictsAsJson(plan: Plan, verdicts: readonly Verdict[]) {
  const { system, phase, environment, cloud } = plan;
  return { system, phase, environment, cloud, ...count(verdicts), verdicts };
}

/** Failures that stop a change. */
export function broken(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => verdict.state === 'fail' && verdict.severity === 'mandatory');
}

function count(verdicts: readonly Verdict[]) {
  const of = (state: Verdict['state']) => verdicts.filter((verdict) => verdict.state === state).length;
  return { passed: of('pass'), failed: of('fail'), unknown: of('unknown'), waived: of('waived') };
}
