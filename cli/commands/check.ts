import { Command } from 'commander';
import type { Plan } from '../../plan/types';
import { evaluate } from '../../policies/evaluate';
import { exemptionsFile, readExemptions } from '../../policies/exemptions';
import { rules } from '../../policies/rules';
import type { PlanFlags } from '../offline/make-plan';
import type { RecordedResource } from '../offline/recorder';
import { flagsOf, planOptions } from './plan';
import { broken, contextOfPlan, printVerdicts, verdictsAsJson } from './print-verdicts';

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
        json ? `${JSON.stringify(verdictsAsJson(plan, verdicts), null, 2)}\n` : printVerdicts(plan, verdicts),
      );
      if (broken(verdicts).length > 0) process.exitCode = BROKEN_RULE;
    });
}
