import type * as pulumi from '@pulumi/pulumi';
import type { DocumentDatabasePlan } from '../../plan/types';
import { DatabaseAlert } from '../atlas/alert';
import { AtlasCluster } from '../atlas/cluster';
import { AtlasProject } from '../atlas/project';
import { AtlasEndpoint } from './atlas-endpoint/atlas-endpoint';
import type { GcpRegion } from './region';
import type { GcpStack } from './stack';

/**
 * MongoDB Atlas on Google Cloud, reached through a private endpoint in every region; a free M0 tenant has none and lets
 * in the addresses that the network leaves from. The names say the cloud: Atlas's components are the same on every one,
 * and a stack may keep those of a cloud that it has left.
 */
export function openDocumentDatabase(
  stack: GcpStack,
  database: DocumentDatabasePlan,
  regions: GcpRegion[],
): AtlasCluster {
  const { prefix, safety, tags, alerts, alertEmails } = stack.plan;
  const own = `${prefix}-gcp`;
  const dedicated = database.tier !== 'M0';
  const project = new AtlasProject(
    `${own}-atlas`,
    {
      organizationId: database.organizationId,
      existingProjectId: database.existingProjectId,
      accessList: dedicated ? {} : natAddresses(regions),
      protect: safety.protectStores,
      tags,
    },
    stack.options,
  );
  const endpoints = dedicated ? regions.map((region) => endpointOf(own, stack, region, project)) : [];
  const cluster = new AtlasCluster(
    `${own}-${database.name}`,
    {
      projectId: project.projectId,
      cloudProvider: 'GCP',
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
    stack.options,
  );
  for (const alert of alerts) {
    if (alert.kind !== 'database-down' || alertEmails.length === 0) continue;
    new DatabaseAlert(
      `${own}-atlas-${alert.name}`,
      { projectId: project.projectId, minutes: alert.minutes, emails: alertEmails },
      stack.options,
    );
  }
  return cluster;
}

function endpointOf(own: string, stack: GcpStack, region: GcpRegion, project: AtlasProject): AtlasEndpoint {
  return new AtlasEndpoint(
    `${own}-atlas-${region.code}`,
    {
      googleProjectId: stack.projectId,
      region: region.name,
      projectId: project.projectId,
      network: stack.network,
      regionalNetwork: region.regionalNetwork,
      labels: region.labels,
    },
    stack.options,
  );
}

/** Every address that a region leaves from, under a key that stays when others come or go. */
function natAddresses(regions: GcpRegion[]): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    regions.flatMap((region) =>
      region.regionalNetwork.natAddresses.map((address, at) => [`${region.code}-${at}`, address]),
    ),
  );
}
