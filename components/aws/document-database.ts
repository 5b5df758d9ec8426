import type * as pulumi from '@pulumi/pulumi';
import type { DocumentDatabasePlan, Plan } from '../../plan/types';
import { AtlasCluster } from '../atlas/cluster';
import { DatabaseAlert } from '../atlas/alert';
import { AtlasProject } from '../atlas/project';
import { AtlasEndpoint } from './atlas-endpoint/atlas-endpoint';
import type { AwsRegion } from './region';

/**
 * MongoDB Atlas on AWS, reached through a private endpoint in every region; a free M0 tenant has none and lets in the
 * addresses that the network leaves from.
 */
export function openDocumentDatabase(
  plan: Plan,
  database: DocumentDatabasePlan,
  regions: AwsRegion[],
  options: pulumi.ComponentResourceOptions,
): AtlasCluster {
  const { prefix, safety, tags } = plan;
  const dedicated = database.tier !== 'M0';
  const project = new AtlasProject(
    `${prefix}-atlas`,
    {
      organizationId: database.organizationId,
      existingProjectId: database.existingProjectId,
      accessList: dedicated ? {} : natAddresses(regions),
      protect: safety.protectStores,
      tags,
    },
    options,
  );
  const endpoints = dedicated
    ? regions.map(
        (region) =>
          new AtlasEndpoint(
            `${prefix}-atlas-endpoint-${region.code}`,
            {
              region: region.name,
              projectId: project.projectId,
              vpcId: region.network.vpcId,
              subnetIds: region.network.dataSubnetIds,
              clientSecurityGroupIds: { services: region.clients.id },
              // Services of the other regions come through the peering, from their own address range.
              clientCidrs: regions.filter((other) => other !== region).map((other) => other.network.cidr),
              tags,
            },
            options,
          ),
      )
    : [];
  const cluster = new AtlasCluster(
    `${prefix}-${database.name}`,
    {
      projectId: project.projectId,
      cloudProvider: 'AWS',
      regions: regions.map((region) => region.name),
      tier: database.tier,
      maxTier: database.maxTier,
      electableNodes: database.electableNodes,
      readOnlyNodesPerRegion: database.readOnlyNodesPerRegion,
      diskGb: database.diskGb,
      continuousBackup: database.continuousBackup,
      mongoVersion: database.mongoVersion,
      database: database.name,
      terminationProtection: safety.deletionProtection,
      protect: safety.protectStores,
      endpoints: endpoints.map((endpoint) => endpoint.service),
      tags,
    },
    options,
  );
  for (const alert of plan.alerts) {
    if (alert.kind !== 'database-down' || plan.alertEmails.length === 0) continue;
    new DatabaseAlert(
      `${prefix}-atlas-${alert.name}`,
      { projectId: project.projectId, minutes: alert.minutes, emails: plan.alertEmails },
      options,
    );
  }
  return cluster;
}

/** Every address that a region leaves from, under a key that stays when others come or go. */
function natAddresses(regions: AwsRegion[]): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    regions.flatMap((region) => region.network.natAddresses.map((address, at) => [`${region.code}-${at}`, address])),
  );
}
