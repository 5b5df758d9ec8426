import fc from 'fast-check';
import { cloudflareRanges } from '../../plan/cloudflare-ranges';
import { makePlan } from '../../plan/make';
import { planService } from '../../plan/service';
import { ladder } from '../../stacks/phases';
import { pulse } from '../../systems/pulse';
import { anyGiven, anyPhase, planOf, settingsOf } from './given';

/** Connections that one node of a tier accepts: MongoDB Atlas documentation, "Atlas Service Limits". */
const accepted: Record<string, number> = {
  M0: 500,
  M10: 1_500,
  M20: 3_000,
  M30: 3_000,
  M40: 6_000,
  M50: 16_000,
  M60: 32_000,
  M80: 96_000,
};

describe('capacity', () => {
  test('starts within the range, whatever is overridden', () => {
    fc.assert(
      fc.property(anyGiven, anyPhase, (given, reached) => {
        const { min, max, desired } = planOf(given, reached).services[0]!.capacity;
        expect(min).toBeGreaterThanOrEqual(1);
        expect(desired).toBeGreaterThanOrEqual(min);
        expect(desired).toBeLessThanOrEqual(max);
      }),
    );
  });

  test.each([
    [{}, { min: 2, max: 10, desired: 5 }],
    [{ minSize: 6 }, { min: 6, max: 10, desired: 6 }],
    [{ maxSize: 4 }, { min: 2, max: 4, desired: 4 }],
    [{ maxSize: 40 }, { min: 2, max: 40, desired: 5 }],
    [{ desiredCapacity: 9 }, { min: 2, max: 10, desired: 9 }],
    [
      { minSize: 1, maxSize: 1 },
      { min: 1, max: 1, desired: 1 },
    ],
  ])('at large with %j is %j', (api, capacity) => {
    const plan = planOf({ phase: 'large', environment: 'dev', keys: { overrides: { services: { api } } } });
    expect(plan.services[0]!.capacity).toMatchObject(capacity);
  });
});

describe('the pool', () => {
  test('of all instances of all regions together leaves a fifth of the tier’s connections free', () => {
    fc.assert(
      fc.property(anyGiven, (given) => {
        const { services, regions, documentDatabase } = planOf(given);
        const { capacity, environment } = services[0]!;
        const serving = regions.filter((region) => region.serves).length;
        const all = Number(environment.MONGO_MAX_POOL_SIZE) * capacity.max * serving;
        expect(all).toBeLessThanOrEqual(0.8 * accepted[documentDatabase!.tier]!);
      }),
    );
  });

  test('is never above what the guide asks for, and its lower end never above its upper', () => {
    fc.assert(
      fc.property(anyGiven, (given) => {
        const { environment } = planOf(given).services[0]!;
        const [least, most] = [Number(environment.MONGO_MIN_POOL_SIZE), Number(environment.MONGO_MAX_POOL_SIZE)];
        expect(least).toBeGreaterThanOrEqual(1);
        expect(least).toBeLessThanOrEqual(most);
        expect(most).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('follows the regions that serve, not those that only keep stores', () => {
    const back = planOf({ phase: 'large', environment: 'dev' }, 'enterprise');
    expect(back.regions).toHaveLength(2);
    expect(back.services[0]!.environment.MONGO_MAX_POOL_SIZE).toBe('40');
  });
});

test('an override wins over the system, and the rest stays', () => {
  const api = { machine: 'm7i.large', cpuPercent: 50, memoryPercent: 60, diskGb: 80, environment: { GO_ENV: 'stage' } };
  const given = { phase: 'small', environment: 'staging', keys: { overrides: { services: { api } } } } as const;
  expect(planOf(given).services[0]).toMatchObject({
    machine: 'm7i.large',
    scaling: { cpuPercent: 50, memoryPercent: 60 },
    diskGb: 80,
    environment: { GO_ENV: 'stage', GIN_MODE: 'release', PORT: '8081' },
  });
});

test('a service without a machine for the cloud is an error that names it', () => {
  const needs = { ...pulse.services[0]!, machines: {} };
  const settings = settingsOf({ phase: 'small', environment: 'dev' });
  const names = { domain: 'api.example.com', content: 'static.example.com' };
  expect(() => planService(needs, ladder.small, settings, names, { variables: {} })).toThrow(
    'pulse names no machine for api on aws',
  );
});

test('a service without a database has no pool', () => {
  const needs = { ...pulse.services[0]!, databasePool: undefined };
  const system = { ...pulse, services: [needs] };
  const { services } = makePlan(system, settingsOf({ phase: 'small', environment: 'dev' }));
  expect(services[0]!.environment).toEqual(needs.environment);
});

test.each([
  [
    'Cloudflare in front',
    {
      cloudflare: { zoneId: '0'.repeat(32), zoneName: 'placeholder.invalid' },
      aws: {
        certificates: {
          'us-east-1': 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
        },
      },
    },
    { name: 'CF-Connecting-IP', from: cloudflareRanges },
  ],
  ['nothing in front', {}, undefined],
])('%s: the limit knows where the client’s address is told', (_, keys, clientHeader) => {
  const { services } = planOf({ phase: 'small', environment: 'prod', keys });
  expect(services[0]!.rateLimit).toEqual({ requests: 100, windowSeconds: 60, burst: 20, status: 429, clientHeader });
});
