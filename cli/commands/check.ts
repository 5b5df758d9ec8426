import { Command } from 'commander';
import type { Plan } from '../../plan/types';
import type { Context } from '../../policies/context';
import { evaluate, messageOf, type Verdict } from '../../policies/evaluate';
import { exemptionsFile, readExemptions } from '../../policies/exemptions';
import { rules } from '../../policies/rules';
import type { PlanFlags } from '../offline/make-plan';
import type { RecordedResource } from '../offline/recorder';
import { flagsOf, planOptions } from './plan';

/** A broken mandatory rule ends the command with 1; wrong use ends it with 2, as everywhere in `ladder`. */
const BROKEN_RULE = 1;

type MakePlan = (flags: PlanFlags) => Promise<{ plan: Plan; resources: RecordedResource[] }>;

/** `ladder check`: the policies' verdict on a plan, with no engine and no account. */
export function checkCommand(makePlan: MakePlan): Command {
  return planOptions(new Command('check').description("the policies' verdict on a plan, offline"))
    .option('--json', 'one JSON object on standard output')
    .action(async (options: Partial<PlanFlags> & { json?: boolean; config?: string }) => {
      const { json, ...flags } = options;
      const { plan, resources } = await makePlan(flagsOf(flags));
      const exemptions = readExemptions(exemptionsFile, rules);
      const verdicts = evaluate(resources, contextOfPlan(plan), exemptions);
      process.stdout.write(
        json ? `${JSON.stringify(asJson(plan, verdicts), null, 2)}\n` : printVerdicts(plan, verdicts),
      );
      if (broken(verdicts).length > 0) process.exitCode = BROKEN_RULE;
    });
}

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

function asJson(plan: Plan, verdicts: readonly Verdict[]) {
  const { system, phase, environment, cloud } = plan;
  return { system, phase, environment, cloud, ...count(verdicts), verdicts };
}

function broken(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => verdict.state === 'fail' && verdict.severity === 'mandatory');
}

function count(verdicts: readonly Verdict[]) {
  const of = (state: Verdict['state']) => verdicts.filter((verdict) => verdict.state === state).length;
  return { passed: of('pass'), failed: of('fail'), unknown: of('unknown'), waived: of('waived') };
}
