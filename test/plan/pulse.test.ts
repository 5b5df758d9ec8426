import { phases, type PhaseName } from '../../plan/vocabulary';
import type { Plan } from '../../plan/types';
import { everywhere, planOf } from './given';

/** Pulse's guide and the phase table, as they are written: the numbers that no change may move by accident. */
const byPhase: Record<PhaseName, object> = {
  small: {
    machine: 't3.small',
    starts: 2,
    zones: 2,
    nat: 'single',
    cache: ['cache.t3.micro', 1, 0],
    regions: ['us-east-1'],
  },
  medium: {
    machine: 't3.medium',
    starts: 3,
    zones: 2,
    nat: 'single',
    cache: ['cache.t3.small', 1, 0],
    regions: ['us-east-1'],
  },
  large: {
    machine: 't3.large',
    starts: 5,
    zones: 3,
    nat: 'per-zone',
    cache: ['cache.r6g.large', 2, 1],
    regions: ['us-east-1'],
  },
  enterprise: {
    machine: 't3.xlarge',
    starts: 10,
    zones: 3,
    nat: 'per-zone',
    cache: ['cache.r6g.large', 3, 2],
    regions: ['us-east-1', 'us-west-2'],
  },
};

function shapeOf({ services, regions, network, cache }: Plan): object {
  return {
    machine: services[0]!.machine,
    starts: services[0]!.capacity.desired,
    zones: regions[0]!.zones.length,
    nat: network.natGateways,
    cache: [cache!.nodeType, cache!.shards, cache!.replicasPerShard],
    regions: regions.map(({ name }) => name),
  };
}

describe.each(phases)('Pulse at %s', (phase) => {
  test.each(['dev', 'staging', 'prod'] as const)('has the sizes of the phase in %s', (environment) => {
    expect(shapeOf(planOf({ phase, environment }))).toEqual(byPhase[phase]);
  });
});

test.each(everywhere)(
  'at %s in %s the group runs from 2 to 10, and the guide’s API is what it is',
  (phase, environment) => {
    const { services } = planOf({ phase, environment });
    expect(services).toHaveLength(1);
    expect(services[0]).toMatchObject({
      name: 'api',
      port: 8081,
      capacity: { min: 2, max: 10 },
      healthCheck: { path: '/health', unhealthyThreshold: 3 },
      scaling: { cpuPercent: 70, memoryPercent: 80 },
      rateLimit: { requests: 100, windowSeconds: 60, burst: 20, status: 429 },
      idleTimeoutSeconds: 60,
      connections: { documentDatabase: 'MONGO_URL', cache: 'REDIS_URL' },
    });
  },
);

test.each([
  ['dev', 'M0', false],
  ['staging', 'M10', true],
  ['prod', 'M30', true],
] as const)(
  'the database in %s is %s at every phase, of 3 nodes, continuous backup: %s',
  (environment, tier, backup) => {
    for (const phase of phases) {
      expect(planOf({ phase, environment }).documentDatabase).toMatchObject({
        tier,
        electableNodes: 3,
        continuousBackup: backup,
      });
    }
  },
);

test('a free database has neither a ceiling nor storage nor readers in another region', () => {
  const { documentDatabase } = planOf({ phase: 'enterprise', environment: 'dev' });
  expect(documentDatabase).toMatchObject({
    tier: 'M0',
    maxTier: undefined,
    readOnlyNodesPerRegion: 0,
    diskGb: undefined,
  });
});

test.each([
  ['small', 0, 'M40'],
  ['medium', 0, 'M40'],
  ['large', 0, 'M50'],
  ['enterprise', 2, 'M60'],
] as const)(
  'at %s in prod every further region reads from %i nodes, and the tier may grow to %s',
  (phase, readers, most) => {
    const { documentDatabase } = planOf({ phase, environment: 'prod' });
    expect(documentDatabase).toMatchObject({ readOnlyNodesPerRegion: readers, maxTier: most });
  },
);

test('the pool is the guide’s 100 and 10 where the tier has room, and smaller where it has not', () => {
  const poolOf = (plan: Plan) => [
    plan.services[0]!.environment.MONGO_MAX_POOL_SIZE,
    plan.services[0]!.environment.MONGO_MIN_POOL_SIZE,
  ];
  expect(poolOf(planOf({ phase: 'large', environment: 'prod' }))).toEqual(['100', '10']);
  // M0 takes 500 connections: 80 % of them among ten instances, and among twenty in two regions.
  expect(poolOf(planOf({ phase: 'large', environment: 'dev' }))).toEqual(['40', '10']);
  expect(poolOf(planOf({ phase: 'enterprise', environment: 'dev' }))).toEqual(['20', '10']);
});

test('the pool is the guide’s where the database is one that was there before', () => {
  const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf';
  const plan = planOf({
    phase: 'enterprise',
    environment: 'dev',
    keys: { aws: { hostedZoneId: 'Z1234567890EXAMPLE', databaseSecretId } },
  });
  expect(plan.services[0]!.environment).toMatchObject({ MONGO_MAX_POOL_SIZE: '100', MONGO_MIN_POOL_SIZE: '10' });
});

describe('the 16 indexes', () => {
  const { indexes } = planOf({ phase: 'small', environment: 'prod' }).documentDatabase!;
  const wordsOf = ({ collection, keys }: (typeof indexes)[number]): string =>
    `${collection} ${keys.map(([field, direction]) => `${field}:${direction}`).join(',')}`;

  test('are all there, each once', () => {
    expect(new Set(indexes.map(wordsOf)).size).toBe(16);
    expect(indexes).toHaveLength(16);
  });

  test('two are unique', () => {
    expect(indexes.filter(({ unique }) => unique).map(wordsOf)).toEqual([
      'projects pulse_api_key:1',
      'team_members org_id:1,email:1',
    ]);
  });

  test('one lets documents go after a year', () => {
    const withTime = indexes.filter(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    expect(withTime.map(wordsOf)).toEqual(['audit_logs timestamp:-1']);
    expect(withTime[0]!.expireAfterSeconds).toBe(365 * 24 * 60 * 60);
  });
});

test('the three alerts are the guide’s', () => {
  const { alerts } = planOf({ phase: 'large', environment: 'prod' });
  expect(alerts).toEqual([
    expect.objectContaining({ name: 'HighErrorRate', kind: 'error-rate', percent: 5, minutes: 5 }),
    expect.objectContaining({ name: 'SlowResponses', kind: 'latency', percentile: 95, seconds: 1, minutes: 10 }),
    expect.objectContaining({ name: 'DatabaseDown', kind: 'database-down', minutes: 1 }),
  ]);
});
