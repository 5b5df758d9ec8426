import { join } from 'node:path';

export const root = join(__dirname, '..');

/** The stacks' files that stand beside the program. */
const beside = ['dev', 'prod'];

/** Those that are there to be copied, of the other systems. */
export const furtherStacks = ['sv-sdk-prod', 'mercenary-prod', 'mercenary-dev'] as const;

/** The file of an example stack. */
export function exampleFile(stack: string): string {
  return join(root, beside.includes(stack) ? '' : 'examples/stacks', `Pulumi.${stack}.yaml`);
}
