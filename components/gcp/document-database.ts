import type { DocumentDatabasePlan } from '../../plan/types';
import type { AtlasCluster } from '../atlas/cluster';
import { openAtlas } from '../atlas/database';
import { AtlasEndpoint } from './atlas-endpoint/atlas-endpoint';
import type { GcpRegion } from './region';
import type { GcpStack } from './stack';

/**
 * MongoDB Atlas on Google Cloud, with a Private Service Connect endpoint in every region. The names say the cloud:
 * Atlas's components are the same on every one, and a stack may keep those of a cloud that it has left.
 */
export function openDocumentDatabase(
  stack: GcpStack,
  database: DocumentDatabasePlan,
  regions: GcpRegion[],
): AtlasCluster {
  const own = `${stack.plan.prefix}-gcp`;
  return openAtlas(stack.plan, database, {
    name: own,
    cloudProvider: 'GCP',
    regions: regions.map(({ name, code, regionalNetwork, labels }) => ({
      name,
      code,
      labels,
      regionalNetwork,
      natAddresses: regionalNetwork.natAddresses,
    })),
    endpoint: ({ name, code, labels, regionalNetwork }, project) =>
      new AtlasEndpoint(
        `${own}-atlas-${code}`,
        {
          googleProjectId: stack.projectId,
          region: name,
          projectId: project.projectId,
          network: stack.network,
          regionalNetwork,
          labels,
        },
        stack.options,
      ),
    options: stack.options,
  });
}
