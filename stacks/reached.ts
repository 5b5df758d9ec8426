import * as pulumi from '@pulumi/pulumi';
import { phases, type PhaseName } from '../plan/vocabulary';

/**
 * The highest phase that this stack's stores have reached, as its last update left it in the output `reached`;
 * undefined on a new stack. The stack reads its own outputs, so nobody has to remember anything, on any backend.
 */
export async function reachedPhase(): Promise<PhaseName | undefined> {
  const name = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join('/');
  const self = new pulumi.StackReference('self', { name });
  const { value } = await self.getOutputDetails('reached');
  return phases.find((phase) => phase === value);
}
