import type * as pulumi from '@pulumi/pulumi';
import type { AdoptedDatabase } from '../../../plan/types';

/**
 * How a database that was there before becomes the stack's own, in two updates:
 * 1. it is imported, and nothing of it is changed: whatever the program says of it is left aside;
 * 2. `imported: true`: from here on it is changed like any other, save for what would replace it.
 *
 * @param given the inputs that the program says
 * @param fixed those of them that replace the database, and so stay what they were
 */
export function adoption(
  adopted: AdoptedDatabase | undefined,
  given: object,
  fixed: string[],
): Pick<pulumi.CustomResourceOptions, 'import'> & { ignoreChanges: string[] } {
  if (!adopted) return { ignoreChanges: [] };
  if (adopted.imported) return { ignoreChanges: fixed };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { import: adopted.id, ignoreChanges: said.map(([key]) => key) };
}
