import * as pulumi from '@pulumi/pulumi';
import { planJourney } from '../plan/move';
import { systems } from '../systems';
import { readPulumiConfig } from './config/raw';
import { parseSettings } from './config/schema';
import { dropLeakTraces } from './leak-traces';
import { ownMemory } from './memory';
import { bringUp } from './program';
import { pulumiSecrets } from './secrets';

dropLeakTraces();

/** The Pulumi program: configuration, plan, platform, components, resources, in that order and no other. */
export = async (): Promise<Record<string, unknown>> => {
  const settings = parseSettings(readPulumiConfig(), systems, pulumi.getStack());
  const journey = planJourney(systems[settings.system]!, settings, await ownMemory());
  return bringUp(journey, pulumiSecrets());
};
