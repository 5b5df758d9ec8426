import * as pulumi from '@pulumi/pulumi';
import { systems } from '../systems';
import { readPulumiConfig } from './config/raw';
import { dropLeakTraces } from './leak-traces';
import { ownMemory } from './memory';
import { planStack } from './plan-stack';
import { bringUp } from './program';
import { pulumiSecrets } from './secrets';

dropLeakTraces();

/** The Pulumi program: configuration, plan, platform, components, resources, in that order and no other. */
export = async (): Promise<Record<string, unknown>> => {
  const memory = await ownMemory();
  const journey = planStack({ raw: readPulumiConfig(), systems, memoryOf: () => memory, stack: pulumi.getStack() });
  return bringUp(journey, pulumiSecrets());
};
