import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { makePlan } from '../../plan/make';
import { higherPhase, phases } from '../../plan/vocabulary';
import { pulse } from '../../systems/pulse';
import { anyGiven, anyPhase, everywhere, frozen, planOf, settingsOf } from './given';

const maybeReached = fc.option(anyPhase, { nil: undefined });

test('the same input gives the same plan', () => {
  fc.assert(
    fc.property(anyGiven, maybeReached, (given, reached) => {
      expect(planOf(given, reached)).toEqual(planOf(given, reached));
    }),
  );
});

test('nothing that goes in is changed', () => {
  const system = frozen(structuredClone(pulse));
  fc.assert(
    fc.property(anyGiven, maybeReached, (given, reached) => {
      const settings = frozen(settingsOf(given));
      expect(makePlan(system, settings, reached)).toEqual(planOf(given, reached));
    }),
  );
});

test('a plan is plain data: nothing is lost on paper', () => {
  fc.assert(
    fc.property(anyGiven, maybeReached, (given, reached) => {
      const plan = planOf(given, reached);
      // Not a function, not a class, nothing that JSON leaves out or changes: NaN and Infinity would be null.
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    }),
  );
});

test.each(everywhere)('at %s in %s a plan carries the stack’s name and its tags', (phase, environment) => {
  const plan = planOf({ phase, environment });
  expect(plan).toMatchObject({ system: 'pulse', phase, environment, cloud: 'aws', prefix: `pulse-${environment}` });
  expect(plan.tags).toEqual({
    Project: 'stackladder',
    System: 'pulse',
    Phase: phase,
    Environment: environment,
    Owner: 'pulse',
    CostCenter: 'pulse',
    ManagedBy: 'pulumi',
  });
});

test('the highest phase reached is remembered, and a stack that came down says so', () => {
  fc.assert(
    fc.property(anyPhase, maybeReached, (phase, reached) => {
      const { storesPhase, notices } = planOf({ phase, environment: 'prod' }, reached);
      expect(storesPhase).toBe(higherPhase(phase, reached ?? phase));
      const told = notices.filter((notice) => notice.includes(`set reached: ${phase}`));
      expect(told).toHaveLength(storesPhase === phase ? 0 : 1);
      if (told[0]) expect(told[0]).toContain(storesPhase);
    }),
  );
});

test('a stack that goes up and down the ladder ends with stores of the top', () => {
  let reached: (typeof phases)[number] | undefined;
  for (const phase of [...phases, 'large', 'small'] as const) {
    reached = planOf({ phase, environment: 'prod' }, reached).storesPhase;
  }
  expect(reached).toBe('enterprise');
});

describe('back from enterprise, where the second region keeps its stores', () => {
  const back = (keys: Record<string, unknown>) => planOf({ phase: 'large', environment: 'prod', keys }, 'enterprise');
  const home = ['us-east-1a', 'us-east-1b'];

  test('a list of regions without it is refused: its stores would go', () => {
    expect(() => back({ regions: ['us-east-1'] })).toThrow(/regions = us-east-1 leaves out a region.*enterprise/);
    expect(back({ regions: ['us-east-1', 'eu-west-1'] }).regions.map(({ name }) => name)).toContain('eu-west-1');
  });

  test('a list of zones without its own is refused: its subnets would go', () => {
    expect(() => back({ zones: home })).toThrow(/zones has none of us-west-2.*\n.*\n.*pulumi config set reached large/);
    const zones = [...home, 'us-west-2a', 'us-west-2b'];
    expect(back({ regions: ['us-east-1', 'us-west-2'], zones }).regions[1]!.zones).toHaveLength(2);
  });

  test('by hand both may go', () => {
    expect(back({ regions: ['us-east-1'], zones: home, reached: 'large' }).regions).toHaveLength(1);
  });
});

test.each([
  ['large', {}, 0],
  ['enterprise', {}, 1],
  ['enterprise', { maxSize: 20 }, 0],
  ['large', { maxSize: 4 }, 1],
] as const)('at %s with %j %i services are told to have no room to scale out', (phase, api, count) => {
  const { notices } = planOf({ phase, environment: 'prod', keys: { overrides: { services: { api } } } });
  expect(notices.filter((notice) => notice.includes('overrides.services.api.maxSize'))).toHaveLength(count);
});

describe('the budget', () => {
  test.each([
    ['small', 400],
    ['medium', 600],
    ['large', 1_800],
    ['enterprise', 6_000],
  ] as const)('at %s is %i dollars, told at 80 and 100 percent', (phase, monthlyUsd) => {
    expect(planOf({ phase, environment: 'prod' }).budget).toEqual({ monthlyUsd, alertPercents: [80, 100] });
  });

  test('is the stack’s own where it has one', () => {
    expect(planOf({ phase: 'large', environment: 'dev', keys: { budget: 75 } }).budget.monthlyUsd).toBe(75);
  });
});

describe('content delivery', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const storesOf = (contentPublicKey?: string) =>
    planOf({ phase: 'large', environment: 'prod', keys: { contentPublicKey } }).contentDelivery;

  test('without a key only what everybody may see is served, and a notice tells of the rest', () => {
    const plan = planOf({ phase: 'large', environment: 'prod' });
    expect(plan.contentDelivery!.origins.map(({ store }) => store)).toEqual(['static']);
    expect(plan.contentDelivery!.signingPublicKey).toBeUndefined();
    expect(plan.notices).toEqual([expect.stringContaining('/recordings/* is not on the CDN')]);
  });

  test('with a key recordings are served to signed URLs', () => {
    expect(storesOf(pem)).toMatchObject({
      origins: [
        { store: 'static', signed: false },
        { store: 'recordings', signed: true },
      ],
      signingPublicKey: pem,
    });
    expect(planOf({ phase: 'large', environment: 'prod', keys: { contentPublicKey: pem } }).notices).toEqual([]);
  });

  test('answers from everywhere only at enterprise', () => {
    const classOf = (phase: (typeof phases)[number]) =>
      planOf({ phase, environment: 'prod' }).contentDelivery!.priceClass;
    expect(phases.map(classOf)).toEqual(['regional', 'regional', 'regional', 'all']);
  });

  test('has its own host name, below the domain unless one is given', () => {
    const nameOf = (keys: Record<string, unknown>) =>
      planOf({ phase: 'small', environment: 'dev', keys: { domain: 'api.pulse.example.com', ...keys } }).domain;
    expect(nameOf({}).contentName).toBe('static.api.pulse.example.com');
    expect(nameOf({ contentDomain: 'cdn.pulse.example.com' }).contentName).toBe('cdn.pulse.example.com');
  });
});

test('a system without a database, a cache or content has none in its plan', () => {
  const bare = { ...pulse, documentDatabase: undefined, cache: undefined, contentDelivery: undefined };
  const plan = makePlan(bare, settingsOf({ phase: 'large', environment: 'prod' }));
  expect([plan.documentDatabase, plan.cache, plan.contentDelivery]).toEqual([undefined, undefined, undefined]);
  expect(plan.services[0]!.environment.MONGO_MAX_POOL_SIZE).toBe('100');
});

test('names of secrets come through', () => {
  const settings = { ...settingsOf({ phase: 'small', environment: 'dev' }), secretNames: ['STRIPE_KEY'] };
  expect(makePlan(pulse, settings).secretNames).toEqual(['STRIPE_KEY']);
});

test('fewer nodes than the fewest pods need are refused, with their number', () => {
  const nodes = (cluster: Record<string, number>) =>
    planOf({ phase: 'large', environment: 'prod', keys: { compute: 'kubernetes', overrides: { cluster } } }).cluster!
      .nodes;
  const { min } = nodes({});
  expect(min).toBeGreaterThan(1);
  expect(() => nodes({ maxNodes: min - 1 })).toThrow(`maxNodes = ${min - 1} is below the ${min} nodes`);
  expect(nodes({ maxNodes: min })).toMatchObject({ min, max: min });
});
