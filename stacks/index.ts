import * as pulumi from '@pulumi/pulumi';
import { systems } from '../systems';
import { readPulumiConfig } from './config/raw';
import { dropLeakTraces } from './leak-traces';
import { ownMemory } from './memory';
import { planStack } from './plan-stack';
import { bringUp } from './program';
import { readProviderConfig } from './providers/raw';
import { providerSettings } from './providers/settings';
import { pulumiSecrets } from './secrets';

dropLeakTraces();

/** The Pulumi program: configuration, plan, platform, components, resources, in that order and no other. */
export = async (): Promise<Record<string, unknown>> => {
  const memory = await ownMemory();
  const providers = readProviderConfig();
  const raw = readPulumiConfig();
  const journey = planStack({ raw, providers, systems, memoryOf: () => memory, stack: pulumi.getStack() });
  return bringUp(journey, pulumiSecrets(), providerSettings(providers));
};
