import fc from 'fast-check';
import { atlasTiers, type AtlasTier } from '../../plan/atlas-tiers';
import { planCache } from '../../plan/stores';
import type { Plan } from '../../plan/types';
import { higherPhase, phases, type PhaseName } from '../../plan/vocabulary';
import { ladder } from '../../stacks/phases';
import { anyEnvironment, anyGiven, anyPhase, frozen, planOf, settingsOf } from './given';

/** Everything of a plan that a store is made from: were it to shrink, data would go. */
function storesOf({ documentDatabase, cache, objectStores, regions }: Plan): object {
  return {
    documentDatabase,
    cache,
    objectStores,
    places: regions.map(({ name, cidr, zones }) => ({ name, cidr, zones })),
  };
}

const sizeOf = (nodeType: string) => ['cache.t3.micro', 'cache.t3.small', 'cache.r6g.large'].indexOf(nodeType);
const rankOf = (tier: string | undefined) => (tier === undefined ? -1 : atlasTiers.indexOf(tier as AtlasTier));
const withoutReached = anyGiven.map((given) => ({ ...given, keys: { ...given.keys, reached: undefined } }));

test('stores have the shape of the highest phase that was reached', () => {
  fc.assert(
    fc.property(withoutReached, anyPhase, (given, reached) => {
      const highest = higherPhase(given.phase, reached);
      const plan = planOf(given, reached);
      expect(plan.storesPhase).toBe(highest);
      expect(storesOf(plan)).toEqual(storesOf(planOf({ ...given, phase: highest })));
    }),
  );
});

test('no store is ever smaller for a higher phase reached', () => {
  fc.assert(
    fc.property(withoutReached, anyPhase, anyPhase, (given, a, b) => {
      const [low, high] = (higherPhase(a, b) === a ? [b, a] : [a, b]) as [PhaseName, PhaseName];
      const [less, more] = [planOf(given, low), planOf(given, high)];
      expect(more.cache!.shards).toBeGreaterThanOrEqual(less.cache!.shards);
      expect(more.cache!.replicasPerShard).toBeGreaterThanOrEqual(less.cache!.replicasPerShard);
      expect(sizeOf(more.cache!.nodeType)).toBeGreaterThanOrEqual(sizeOf(less.cache!.nodeType));
      expect(sizeOf(less.cache!.nodeType)).toBeGreaterThanOrEqual(0);
      expect(rankOf(more.documentDatabase!.tier)).toBe(rankOf(less.documentDatabase!.tier));
      expect(rankOf(more.documentDatabase!.maxTier)).toBeGreaterThanOrEqual(rankOf(less.documentDatabase!.maxTier));
      expect(more.documentDatabase!.readOnlyNodesPerRegion).toBeGreaterThanOrEqual(
        less.documentDatabase!.readOnlyNodesPerRegion,
      );
      expect(more.objectStores).toEqual(less.objectStores);
      // Subnets of stores come and never go, in the same place.
      for (const [at, region] of less.regions.entries()) {
        expect(more.regions[at]).toMatchObject({ name: region.name, cidr: region.cidr });
        expect(more.regions[at]!.zones.slice(0, region.zones.length)).toEqual(region.zones);
      }
    }),
  );
});

test('what services are made of follows the phase, whatever was reached', () => {
  const servicesOf = ({ services, network, alerts }: Plan) => ({ services, nat: network.natGateways, alerts });
  fc.assert(
    fc.property(withoutReached, anyPhase, (given, reached) => {
      expect(servicesOf(planOf(given, reached))).toEqual(servicesOf(planOf(given)));
    }),
  );
});

test('what configuration says was reached wins over what the stack remembers', () => {
  fc.assert(
    fc.property(withoutReached, anyPhase, anyPhase, (given, said, remembered) => {
      const plan = planOf({ ...given, keys: { ...given.keys, reached: said } }, remembered);
      expect(plan).toEqual(planOf(given, said));
    }),
  );
});

test('only by hand do stores shrink: the cache of enterprise, remembered, with `reached` set to large', () => {
  const cacheOf = (keys?: Record<string, unknown>) =>
    planOf({ phase: 'large', environment: 'prod', keys }, 'enterprise').cache;
  expect(cacheOf()).toMatchObject({ shards: 3, replicasPerShard: 2 });
  expect(cacheOf({ reached: 'large' })).toMatchObject({ shards: 2, replicasPerShard: 1 });
});

test('the ceiling of the tier is never below the tier', () => {
  fc.assert(
    fc.property(anyGiven, (given) => {
      const { tier, maxTier } = planOf(given).documentDatabase!;
      if (tier === 'M0') expect(maxTier).toBeUndefined();
      else expect(rankOf(maxTier)).toBeGreaterThanOrEqual(rankOf(tier));
    }),
  );
});

test('backup is continuous on every tier that can have it', () => {
  fc.assert(
    fc.property(anyGiven, (given) => {
      const { tier, continuousBackup } = planOf(given).documentDatabase!;
      expect(continuousBackup).toBe(tier !== 'M0');
    }),
  );
});

describe('overrides of stores', () => {
  test('of the cache win', () => {
    const own = { nodeType: 'cache.m7g.large', shards: 7, replicasPerShard: 3, snapshotRetentionDays: 35 };
    const { cache } = planOf({ phase: 'small', environment: 'dev', keys: { overrides: { cache: own } } });
    expect(cache).toMatchObject(own);
  });

  test('of the database win', () => {
    const own = { tier: 'M40', maxTier: 'M80', diskGb: 320 };
    const { documentDatabase } = planOf({
      phase: 'small',
      environment: 'prod',
      keys: { overrides: { database: own } },
    });
    expect(documentDatabase).toMatchObject(own);
  });

  test('an existing database and an existing project come through', () => {
    const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf';
    const atlasProjectId = 'a'.repeat(24);
    const keys = { aws: { hostedZoneId: 'Z1234567890EXAMPLE', databaseSecretId }, atlasProjectId };
    expect(planOf({ phase: 'small', environment: 'dev', keys }).documentDatabase).toMatchObject({
      existing: true,
      existingProjectId: atlasProjectId,
    });
  });
});

test('snapshots of the cache are kept the longer the more they matter, within what ElastiCache takes', () => {
  const days = (['dev', 'staging', 'prod'] as const).map(
    (environment) => planOf({ phase: 'small', environment }).cache!.snapshotRetentionDays,
  );
  expect(days).toEqual([...days].sort((a, b) => a - b));
  expect(days[0]).toBeGreaterThanOrEqual(1);
  expect(days[2]).toBeLessThanOrEqual(35);
});

test('the cache is the same in every environment, snapshots apart', () => {
  fc.assert(
    fc.property(anyPhase, anyEnvironment, (phase, environment) => {
      const [here, prod] = [planOf({ phase, environment }).cache!, planOf({ phase, environment: 'prod' }).cache!];
      expect({ ...here, snapshotRetentionDays: prod.snapshotRetentionDays }).toEqual(prod);
    }),
  );
});

test('a cache without a node type for the cloud is an error that names it', () => {
  const needs = frozen({ engineVersion: '8.0', nodeTypes: {}, port: 6379, evictionPolicy: 'allkeys-lru' });
  for (const phase of phases) {
    const settings = settingsOf({ phase, environment: 'dev' });
    expect(() => planCache(needs, ladder[phase], settings)).toThrow('pulse names no cache node for aws');
  }
});
