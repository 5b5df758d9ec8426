import { Command, Option } from 'commander';
import { clouds, computes, environments, phases } from '../../plan/vocabulary';
import { systems } from '../../systems';
import { makeOfflinePlan, type PlanFlags } from '../offline/make-plan';
import { readStackFile } from '../offline/stack-file';
import { printPlan } from './print-plan';

/** The flags that name a plan, the same for every command that works on one. */
export function planOptions(command: Command): Command {
  return command
    .addOption(new Option('--system <name>', `one of: ${Object.keys(systems).join(', ')}`))
    .addOption(new Option('--phase <name>', `one of: ${phases.join(', ')}`))
    .addOption(new Option('--cloud <name>', `one of: ${clouds.join(', ')}`))
    .addOption(new Option('--environment <name>', `one of: ${environments.join(', ')}`))
    .addOption(new Option('--compute <kind>', `one of: ${computes.join(', ')}`))
    .addOption(
      new Option('--reached <phase>', 'the highest phase that the stores have reached before').choices([...phases]),
    )
    .addOption(new Option('--config <file>', "a stack's file, e.g. Pulumi.prod.yaml, instead of placeholders"));
}

/** `ladder plan`: everything a stack would create, with no engine and no account. */
export function planCommand(): Command {
  return planOptions(new Command('plan').description('everything that a stack would create, offline'))
    .option('--json', 'one JSON object on standard output')
    .action(async (options: Partial<PlanFlags> & { json?: boolean; config?: string }) => {
      const { plan, resources, outputs } = await makeOfflinePlan(flagsOf(options));
      const shown = {
        system: plan.system,
        phase: plan.phase,
        cloud: plan.cloud,
        compute: plan.compute,
        environment: plan.environment,
        resources: resources.map(({ type, name, urn, parent, inputs, protect, ignoreChanges }) => ({
          type,
          name,
          urn,
          parent,
          inputs,
          protect,
          ignoreChanges,
        })),
        outputs,
      };
      process.stdout.write(options.json ? `${JSON.stringify(shown, null, 2)}\n` : printPlan(plan, resources));
    });
}

export function flagsOf(options: Omit<Partial<PlanFlags>, 'config'> & { config?: string }): PlanFlags {
  const { config, ...flags } = options;
  // What is missing or wrong is said by the schema, together with everything else that is.
  if (config === undefined) return flags as PlanFlags;
  // A real stack's file has to be whole: what is missing in it is missing to `pulumi up` too.
  return { ...(flags as PlanFlags), ...readStackFile(config), placeholders: false };
}
