import type * as pulumi from '@pulumi/pulumi';
import type { DocumentDatabasePlan, Plan } from '../../plan/types';
import type { AtlasCluster } from '../atlas/cluster';
import { openAtlas } from '../atlas/database';
import { AtlasEndpoint } from './atlas-endpoint/atlas-endpoint';
import type { AwsRegion } from './region';

/** MongoDB Atlas on AWS, with a PrivateLink endpoint in every region. */
export function openDocumentDatabase(
  plan: Plan,
  database: DocumentDatabasePlan,
  regions: AwsRegion[],
  options: pulumi.ComponentResourceOptions,
): AtlasCluster {
  return openAtlas(plan, database, {
    name: plan.prefix,
    cloudProvider: 'AWS',
    regions: regions.map(({ name, code, network, clients }) => ({
      name,
      code,
      network,
      clients,
      natAddresses: network.natAddresses,
    })),
    endpoint: ({ name, code, network, clients }, project) =>
      new AtlasEndpoint(
        `${plan.prefix}-atlas-endpoint-${code}`,
        {
          region: name,
          projectId: project.projectId,
          vpcId: network.vpcId,
          subnetIds: network.dataSubnetIds,
          clientSecurityGroupIds: { services: clients.id },
          // Services of the other regions come through the peering, from their own address range.
          clientCidrs: regions.filter((other) => other.name !== name).map((other) => other.network.cidr),
          tags: plan.tags,
        },
        options,
      ),
    options,
  });
}
