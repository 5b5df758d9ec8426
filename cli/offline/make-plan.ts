import * as pulumi from '@pulumi/pulumi';
import type { ConfigurationSecrets } from '../../components/platform';
import type { Memory } from '../../plan/memory';
import type { Plan } from '../../plan/types';
import type { CloudName, Compute, Environment, PhaseName } from '../../plan/vocabulary';
import { placeholderConfig } from '../../stacks/config/placeholders';
import type { RawConfig } from '../../stacks/config/raw';
import type { Settings } from '../../stacks/config/settings';
import { planStack } from '../../stacks/plan-stack';
import { bringUp } from '../../stacks/program';
import type { RawProviders } from '../../stacks/providers/raw';
import { providerSettings } from '../../stacks/providers/settings';
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
  /** Configuration that wins over the placeholders; the flags win over it. */
  config?: RawConfig;
  /** The providers' own configuration. */
  providers?: RawProviders;
  /** Whether placeholders stand for what neither flags nor configuration say. Default: true. */
  placeholders?: boolean;
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
  const assumed = flags.placeholders === false ? {} : placeholderConfig({ ...flags, ...known });
  const raw = { ...assumed, ...flags.config };
  for (const key of ['system', 'phase', 'cloud', 'environment', 'compute'] as const) {
    const value = flags[key];
    if (value !== undefined) raw[key] = { text: value, secret: false };
  }
  const journey = planStack({
    raw,
    providers: flags.providers,
    systems,
    memoryOf: (settings) => flags.memory ?? reachedOn(settings, flags.reached),
  });
  const recording = await record(() => bringUp(journey, marked, providerSettings(flags.providers ?? {})), {
    stack: journey.plan.environment,
    functions: functionAnswers,
  });
  return { plan: journey.plan, ...recording };
}

/**
 * What a stack would remember that is where the flags say and has reached a phase before. Only the stack itself knows what
 * it keeps on clouds that it has left: here that is what its system has at the phase, in the regions that are named.
 */
function reachedOn(settings: Settings, reached: PhaseName | undefined): Memory {
  const { cloud, regions, keep, accounts } = settings;
  const kept = keep.map((left) => {
    const named = accounts[left].regions ?? systems[settings.system]?.regions[left] ?? [];
    return [left, { phase: reached ?? settings.phase, regions: named }] as const;
  });
  const here: Memory = reached ? { [cloud]: { phase: reached, regions: regions ?? [] } } : {};
  return { ...Object.fromEntries(kept), ...here };
}

/** Secrets by their names, in place of values. */
const marked: ConfigurationSecrets = {
  own: (name) => pulumi.secret(`<secret:${name}>`),
  single: (key) => pulumi.secret(`<secret:${key}>`),
};
