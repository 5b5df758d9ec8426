import type * as pulumi from '@pulumi/pulumi';
import type { AdoptedDatabase } from '../../../plan/types';

/**
 * How a database that was there before becomes the stack's own, in two updates:
 * 1. it is imported, and nothing of it is changed, whatever the program says or does not say of it. The secrets that are
 *    made beside it hold a password that is not yet the database's;
 * 2. `imported: true`: from here on it is changed like any other, its password first and its port where
 *    it is not the plan's, save for what would replace it.
 *
 * It must stand in a network that the stack uses (`aws.network`), and `name` and `user` of the plan must be its own.
 *
 * @param fixed the inputs of which another value would be another database, and which so stay what they were
 */
export function adoption(
  adopted: AdoptedDatabase | undefined,
  fixed: string[],
): Pick<pulumi.CustomResourceOptions, 'import'> & { ignoreChanges: string[] } {
  if (!adopted) return { ignoreChanges: [] };
  return adopted.imported ? { ignoreChanges: fixed } : { import: adopted.id, ignoreChanges: ['*'] };
}
