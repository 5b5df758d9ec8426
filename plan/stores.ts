import type { Settings } from '../stacks/config/settings';
import type { Phase } from '../stacks/phase';
import type { CacheNeeds, DocumentDatabaseNeeds } from '../systems/system';
import { higherTier } from './atlas-tiers';
import type { CachePlan, DocumentDatabasePlan } from './types';

/** Days that a cache's nightly snapshot is kept. It is a convenience (a warm start), not a backup of record. */
const SNAPSHOT_DAYS = { dev: 1, staging: 3, prod: 7 } as const;

/**
 * The document database of a stack. `phase` is the highest one reached: a store never goes back down.
 * The tier follows the environment, because the guides say so; the ceiling of compute autoscaling follows the phase.
 */
export function planDocumentDatabase(
  needs: DocumentDatabaseNeeds,
  phase: Phase,
  settings: Settings,
): DocumentDatabasePlan {
  const { environment, overrides, existing } = settings;
  const tier = overrides.database.tier ?? needs.tierByEnvironment[environment];
  const ceiling = environment === 'prod' ? needs.maxTierByPhase[phase.name] : needs.tierByEnvironment.prod;
  const dedicated = tier !== 'M0';
  return {
    name: needs.name,
    tier,
    maxTier: dedicated ? higherTier(overrides.database.maxTier ?? ceiling, tier) : undefined,
    electableNodes: needs.electableNodes,
    // Two, so that a region which answers its own reads can lose one node.
    readOnlyNodesPerRegion: dedicated && phase.regions > 1 ? 2 : 0,
    diskGb: dedicated ? overrides.database.diskGb : undefined,
    continuousBackup: dedicated,
    mongoVersion: needs.mongoVersion,
    organizationId: settings.atlasOrganizationId ?? '',
    existingSecretId: existing.databaseSecretId,
    existingProjectId: existing.atlasProjectId,
    indexes: needs.indexes,
  };
}

/** The cache of a stack, in cluster mode at every phase; shards and replicas are the phase's, never fewer than reached. */
export function planCache(needs: CacheNeeds, phase: Phase, settings: Settings): CachePlan {
  const overrides = settings.overrides.cache;
  const nodeType = overrides.nodeType ?? needs.nodeTypes[settings.cloud]?.[phase.name];
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
