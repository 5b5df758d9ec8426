import { environments, phases, type CloudName, type Compute } from '../../plan/vocabulary';
import { systems } from '../../systems';
import type { PlanFlags } from '../../cli/offline/make-plan';

/** Every supported combination: system x phase x environment x cloud x compute. */
export const combinations: (PlanFlags & { compute: Compute })[] = Object.values(systems).flatMap((system) =>
  Object.entries(system.runsOn).flatMap(([cloud, computes]) =>
    computes.flatMap((compute: Compute) =>
      environments.flatMap((environment) =>
        phases.map((phase) => ({ system: system.name, phase, environment, cloud: cloud as CloudName, compute })),
      ),
    ),
  ),
);

/** A combination in words, for the name of a test and of a file. */
export function wordsOf({ system, cloud, compute, environment, phase }: PlanFlags): string {
  return [system, cloud, compute, environment, phase].join('-');
}
