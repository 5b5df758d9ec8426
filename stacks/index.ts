import * as pulumi from '@pulumi/pulumi';
import { makePlan } from '../plan/make';
import { systems } from '../systems';
import { readPulumiConfig } from './config/raw';
import { parseSettings } from './config/schema';
import { dropLeakTraces } from './leak-traces';
import { bringUp } from './program';
import { reachedPhase } from './reached';

dropLeakTraces();

/** The Pulumi program: configuration, plan, platform, components, resources, in that order and no other. */
export = async (): Promise<Record<string, unknown>> => {
  const settings = parseSettings(readPulumiConfig(), systems, pulumi.getStack());
  const plan = makePlan(systems[settings.system]!, settings, await reachedPhase());
  const secrets = new pulumi.Config().getSecretObject<Record<string, string>>('secrets');
  return bringUp(plan, (name) => pulumi.secret(pulumi.output(secrets).apply((all) => all?.[name] ?? '')));
};
