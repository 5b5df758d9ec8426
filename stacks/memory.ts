import * as pulumi from '@pulumi/pulumi';
import type { Memory } from '../plan/memory';
import { clouds, phases } from '../plan/vocabulary';

/**
 * What this stack remembers of its stores, as its last update left it in the output `stores`; empty on a new stack.
 * The stack reads its own outputs, so nobody has to remember anything, on any backend.
 */
export async function ownMemory(): Promise<Memory> {
  const name = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join('/');
  const self = new pulumi.StackReference('self', { name });
  const read = async (output: string): Promise<unknown> => (await self.getOutputDetails(output)).value;
  return ((await read('stores')) as Memory | undefined) ?? (await beforeMoves(read));
}

/** A stack that was last updated before stacks could move remembers its phase and its cloud. */
async function beforeMoves(read: (output: string) => Promise<unknown>): Promise<Memory> {
  const [reached, cloud, regions] = [await read('reached'), await read('cloud'), await read('regions')];
  const phase = phases.find((name) => name === reached);
  const on = clouds.find((name) => name === cloud);
  return phase && on ? { [on]: { phase, regions: Array.isArray(regions) ? regions : [] } } : {};
}
