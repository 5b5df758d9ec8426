import type * as pulumi from '@pulumi/pulumi';
import type { DocumentDatabasePlan, Plan } from '../../plan/types';
import { DatabaseAlert } from './alert';
import type { AtlasClusterArgs } from './arguments';
import { AtlasCluster } from './cluster';
import { AtlasProject } from './project';

/** A region of the cloud that Atlas stands on. */
interface AtlasRegion {
  /** As the cloud names it. */
  name: string;
  /** Its short form in names. */
  code: string;
  /** Addresses that its network leaves from. */
  natAddresses: pulumi.Input<string>[];
}

/** What differs by the cloud that Atlas stands on. */
export interface AtlasPlace<R extends AtlasRegion> {
  /** Starts every name; with the cloud in it, where a stack may keep the database of another cloud beside. */
  name: string;
  cloudProvider: AtlasClusterArgs['cloudProvider'];
  regions: R[];
  /** The private way in from a region. */
  endpoint(region: R, project: AtlasProject): { service: NonNullable<AtlasClusterArgs['endpoints']>[number] };
  options: pulumi.ComponentResourceOptions;
}

/**
 * The document database of a plan on MongoDB Atlas, reached through a private endpoint in every region; a free M0 tenant
 * has none and lets in the addresses that the network leaves from.
 */
export function openAtlas<R extends AtlasRegion>(
  plan: Plan,
  database: DocumentDatabasePlan,
  { name, cloudProvider, regions, endpoint, options }: AtlasPlace<R>,
): AtlasCluster {
  const { safety, tags, alerts, alertEmails } = plan;
  const dedicated = database.tier !== 'M0';
  const project = new AtlasProject(
    `${name}-atlas`,
    {
      organizationId: database.organizationId,
      existingProjectId: database.existingProjectId,
      accessList: dedicated ? {} : addressesOf(regions),
      protect: safety.protectStores,
      tags,
    },
    options,
  );
  const endpoints = dedicated ? regions.map((region) => endpoint(region, project)) : [];
  const cluster = new AtlasCluster(
    `${name}-${database.name}`,
    {
      projectId: project.projectId,
      cloudProvider,
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
      endpoints: endpoints.map(({ service }) => service),
      tags,
    },
    options,
  );
  for (const alert of alerts) {
    if (alert.kind !== 'database-down' || alertEmails.length === 0) continue;
    new DatabaseAlert(
      `${name}-atlas-${alert.name}`,
      { projectId: project.projectId, minutes: alert.minutes, emails: alertEmails },
      options,
    );
  }
  return cluster;
}

/** Every address that a region leaves from, under a key that stays when others come or go. */
function addressesOf(regions: AtlasRegion[]): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    regions.flatMap(({ code, natAddresses }) => natAddresses.map((address, at) => [`${code}-${at}`, address])),
  );
}
