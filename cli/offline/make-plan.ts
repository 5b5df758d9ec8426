import * as pulumi from '@pulumi/pulumi';
import type { ConfigurationSecrets } from '../../components/platform';
import type { Memory } from '../../plan/memory';
import { planJourney } from '../../plan/move';
import type { Plan } from '../../plan/types';
import type { CloudName, Compute, Environment, PhaseName } from '../../plan/vocabulary';
import { placeholderConfig } from '../../stacks/config/placeholders';
import type { RawConfig } from '../../stacks/config/raw';
import { parseSettings } from '../../stacks/config/schema';
import type { Settings } from '../../stacks/config/settings';
import { bringUp } from '../../stacks/program';
import { systems } from '../../systems';
import { functionAnswers } from './function-answers';
import { record, type Recording } from './recorder';

/** What the flags of `ladder plan` and `ladder check` say. */
export interface PlanFlags {
  system: string;
  phase: PhaseName;
  cloud: CloudName;
  environment: Environment;
  compute?: Compute;
  /** The highest phase that the stores have reached before. */
  reached?: PhaseName;
  /** All that the stack remembers, instead of `reached`. */
  memory?: Memory;
  /** Configuration of a real stack; what it sets wins over the placeholders, and the flags win over it. */
  config?: RawConfig;
}

export interface OfflinePlan extends Recording {
  plan: Plan;
}

/**
 * Works a plan out and registers everything it would create, with no engine and no provider.
 * @throws ConfigurationError where flags or configuration are wrong
 */
export async function makeOfflinePlan(flags: PlanFlags): Promise<OfflinePlan> {
  // A placeholder of a zone goes with the domain that is configured.
  const known = { domain: flags.config?.domain?.text, cloudflare: flags.config?.cloudflare !== undefined };
  const raw = { ...placeholderConfig({ ...flags, ...known }), ...flags.config };
  for (const key of ['system', 'phase', 'cloud', 'environment', 'compute'] as const) {
    const value = flags[key];
    if (value !== undefined) raw[key] = { text: value, secret: false };
  }
  const settings = parseSettings(raw, systems);
  const memory = flags.memory ?? reachedOn(settings, flags.reached);
  const journey = planJourney(systems[settings.system]!, settings, memory);
  const recording = await record(() => bringUp(journey, marked), {
    stack: settings.environment,
    functions: functionAnswers,
  });
  return { plan: journey.plan, ...recording };
}

/** A stack that is where the flags say, and has reached a phase there before. */
function reachedOn({ cloud, regions }: Settings, phase: PhaseName | undefined): Memory {
  return phase ? { [cloud]: { phase, regions: regions ?? [] } } : {};
}

/** Secrets by their names, in place of values. */
const marked: ConfigurationSecrets = {
  own: (name) => pulumi.secret(`<secret:${name}>`),
  single: (key) => pulumi.secret(`<secret:${key}>`),
};
