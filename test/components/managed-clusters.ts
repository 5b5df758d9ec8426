import * as pulumi from '@pulumi/pulumi';
import { functionAnswers } from '../../cli/offline/function-answers';
import { record, type Recording } from '../../cli/offline/recorder';
import { makePlan } from '../../plan/make';
import type { Plan } from '../../plan/types';
import type { CloudName, Environment, PhaseName } from '../../plan/vocabulary';
import { placeholderConfig } from '../../stacks/config/placeholders';
import { parseSettings } from '../settings';
import { bringUp } from '../../stacks/program';
import { systems } from '../../systems';
import { pulse } from '../../systems/pulse';

/** Sections of configuration, merged over the placeholders. */
type Sections = Partial<Record<'aws' | 'gcp' | 'digitalocean' | 'kubernetes', Record<string, unknown>>>;

/** Pulse with its services in a cluster of a cloud's own. */
export function clusterPlan(cloud: CloudName, phase: PhaseName, environment: Environment, more: Sections = {}): Plan {
  const config = placeholderConfig({ system: 'pulse', cloud, phase, environment, compute: 'kubernetes' });
  for (const [key, section] of Object.entries(more)) {
    const given = JSON.parse(config[key]?.text ?? '{}') as Record<string, unknown>;
    config[key] = { text: JSON.stringify({ ...given, ...section }), secret: false };
  }
  return makePlan(pulse, parseSettings(config, systems));
}

/** The whole stack of a plan, offline. */
export function bringUpOffline(plan: Plan): Promise<Recording> {
  const secrets = {
    own: (name: string) => pulumi.secret(`canary-${name}`),
    single: (key: string) => pulumi.secret(`canary-${key}`),
  };
  return record(() => bringUp({ plan, kept: [], memory: {} }, secrets), { functions: functionAnswers });
}
