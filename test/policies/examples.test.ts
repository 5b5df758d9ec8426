import { contextOfPlan } from '../../cli/commands/print-verdicts';
import { makeOfflinePlan, type PlanFlags } from '../../cli/offline/make-plan';
import { readStackFile } from '../../cli/offline/stack-file';
import { evaluate, messageOf } from '../../policies/evaluate';
import { exampleFile, furtherStacks } from '../examples';

test.each(['dev', 'prod', ...furtherStacks])('the example of %s breaks no rule that is mandatory', async (stack) => {
  const config = readStackFile(exampleFile(stack)).config;
  const said = Object.fromEntries(
    ['system', 'phase', 'cloud', 'environment', 'compute'].map((key) => [key, config[key]?.text]),
  );
  const { plan, resources } = await makeOfflinePlan({ ...said, config } as PlanFlags);
  const broken = evaluate(resources, contextOfPlan(plan)).filter(
    ({ state, severity }) => state === 'fail' && severity === 'mandatory',
  );
  expect(broken.map(messageOf)).toEqual([]);
});
