import type { Settings } from '../stacks/config/settings';
import type { Phase } from '../stacks/phase';
import type { CacheNeeds, DocumentDatabaseNeeds } from '../systems/system';
import { higherTier } from './atlas-tiers';
import { mongodbPort } from './database-ports';
import { regionsOn } from './regions';
import { sizeOf } from './sizes';
import type { CachePlan, DocumentDatabasePlan } from './types';
import type { DocumentHost } from './vocabulary';

/** Days that a cache's nightly snapshot is kept. It is a convenience (a warm start), not a backup of record. */
const SNAPSHOT_DAYS = { dev: 1, staging: 3, prod: 7 } as const;

/** What differs by who runs the database. */
interface HostRules {
  /** The tier that compute autoscaling may reach, given the one that the system wants. */
  ceiling(tier: string, wanted: string | undefined): string | undefined;
  /** Two in every further region, so that a region which answers its own reads can lose one. */
  readOnlyNodes(tier: string): number;
  continuousBackup(tier: string): boolean;
  /** Whether storage is chosen apart from the tier. */
  ownDisk(tier: string): boolean;
}

const dedicated = (tier: string): boolean => tier !== 'M0';

const hostRules: Record<DocumentHost, HostRules> = {
  atlas: {
    ceiling: (tier, wanted) => (dedicated(tier) && wanted ? higherTier(wanted, tier) : undefined),
    readOnlyNodes: (tier) => (dedicated(tier) ? 2 : 0),
    continuousBackup: dedicated,
    ownDisk: dedicated,
  },
  // Backups of the last seven days, with any moment of them, come with every cluster; its nodes stand in one region.
  digitalocean: {
    ceiling: () => undefined,
    readOnlyNodes: () => 0,
    continuousBackup: () => true,
    ownDisk: () => true,
  },
  // Backups need an object store, which a plain cluster has none of: the component says what it does without.
  operator: {
    ceiling: () => undefined,
    readOnlyNodes: () => 0,
    continuousBackup: () => false,
    ownDisk: () => true,
  },
};

/**
 * The document database of a stack. `phase` is the highest one reached: a store never goes back down.
 * The tier follows the environment, because the guides say so; the ceiling of compute autoscaling follows the phase.
 */
export function planDocumentDatabase(
  needs: DocumentDatabaseNeeds,
  phase: Phase,
  settings: Settings,
): DocumentDatabasePlan {
  const { environment, cloud, overrides } = settings;
  const host = needs.hosts[cloud];
  const tiers = host && needs.tierByEnvironment[host];
  if (!host || !tiers) throw new Error(`${settings.system} names no host of its documents on ${cloud}`);
  const rules = hostRules[host];
  const existing = settings.given.databaseUrl || settings.accounts[cloud].databaseSecretId !== undefined;
  const tier = overrides.database.tier ?? tiers[environment];
  const highest = environment === 'prod' ? needs.maxTierByPhase[host]?.[phase.name] : tiers.prod;
  return {
    name: needs.name,
    host,
    tier,
    maxTier: rules.ceiling(tier, overrides.database.maxTier ?? highest),
    electableNodes: needs.electableNodes[host]?.[environment] ?? 3,
    readOnlyNodesPerRegion: regionsOn(cloud, phase.regions) > 1 ? rules.readOnlyNodes(tier) : 0,
    diskGb: rules.ownDisk(tier) ? overrides.database.diskGb : undefined,
    continuousBackup: rules.continuousBackup(tier),
    mongoVersion: needs.mongoVersion,
    organizationId: settings.atlasOrganizationId ?? '',
    existing,
    port: (existing && settings.databasePort) || mongodbPort,
    existingProjectId: settings.atlasProjectId,
    indexes: needs.indexes,
  };
}

/** The cache of a stack, in cluster mode at every phase; shards and replicas are the phase's, never fewer than reached. */
export function planCache(needs: CacheNeeds, phase: Phase, settings: Settings): CachePlan {
  const overrides = settings.overrides.cache;
  const sizes = needs.nodeTypes[settings.cloud];
  const nodeType = overrides.nodeType ?? (sizes && sizeOf(sizes, phase.name, settings.environment));
  if (!nodeType) throw new Error(`${settings.system} names no cache node for ${settings.cloud}`);
  return {
    engineVersion: needs.engineVersion,
    nodeType,
    shards: overrides.shards ?? phase.cache.shards,
    replicasPerShard: overrides.replicasPerShard ?? phase.cache.replicasPerShard,
    port: needs.port,
    evictionPolicy: needs.evictionPolicy,
    snapshotRetentionDays: overrides.snapshotRetentionDays ?? SNAPSHOT_DAYS[settings.environment],
  };
}
