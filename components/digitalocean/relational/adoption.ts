import type * as pulumi from '@pulumi/pulumi';
import type { AdoptedDatabase } from '../../../plan/types';

/** What a cluster keeps for life; its region too, for its network cannot follow it to another. */
const fixed = ['engine', 'name', 'privateNetworkUuid', 'projectId', 'region'];
/** What an import must find as it is, or it would be refused; from the next update on the plan's own values count. */
const asFound = ['maintenanceWindows', 'nodeCount', 'size', 'storageAutoscale', 'tags', 'version'];
/** Grows by itself; nobody sets it back. */
const grown = 'storageSizeMib';

/**
 * How the engine treats the cluster: storage has one owner, DigitalOcean. One that was there before is taken over as it
 * is, and after that is changed by the plan like any other, save for what would replace it.
 */
export function lifeOf(adopted: AdoptedDatabase | undefined): pulumi.CustomResourceOptions {
  if (!adopted) return { ignoreChanges: [grown] };
  if (adopted.imported) return { ignoreChanges: [...fixed, grown] };
  return { import: adopted.id, ignoreChanges: [...fixed, ...asFound, grown] };
}
