import fc from 'fast-check';
import { makePlan } from '../../plan/make';
import { atlasTiers } from '../../plan/atlas-tiers';
import type { Plan } from '../../plan/types';
import { environments, phases, type Environment, type PhaseName } from '../../plan/vocabulary';
import { placeholderConfig } from '../../stacks/config/placeholders';
import type { RawConfig } from '../../stacks/config/raw';
import { parseSettings } from '../settings';
import type { Settings } from '../../stacks/config/settings';
import { systems } from '../../systems';
import { pulse } from '../../systems/pulse';

export interface Given {
  phase: PhaseName;
  environment: Environment;
  /** Further keys, as a stack's file would have them. */
  keys?: Record<string, unknown>;
}

/** The settings of Pulse on AWS, by the one way that there is: a configuration that the schema has checked. */
export function settingsOf({ phase, environment, keys = {} }: Given): Settings {
  const raw: RawConfig = placeholderConfig({ system: 'pulse', cloud: 'aws', phase, environment });
  for (const [key, value] of Object.entries(keys)) {
    if (value === undefined) continue;
    raw[key] = { text: typeof value === 'string' ? value : JSON.stringify(value), secret: false };
  }
  return parseSettings(raw, systems);
}

export function planOf(given: Given, reached?: PhaseName): Plan {
  return makePlan(pulse, settingsOf(given), reached);
}

/** Every phase in every environment, for `test.each`. */
export const everywhere = environments.flatMap((environment) => phases.map((phase) => [phase, environment] as const));

export const anyPhase = fc.constantFrom(...phases);
export const anyEnvironment = fc.constantFrom(...environments);

/** Fewest, most and first instances as somebody may choose them: any of the three, in the order that the schema wants. */
const anySizes = fc
  .record({
    three: fc.tuple(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 100 }),
    ),
    given: fc.subarray(['minSize', 'maxSize', 'desiredCapacity'] as const),
  })
  .map(({ three, given }) => {
    const [minSize, desiredCapacity, maxSize] = [...three].sort((a, b) => a - b) as [number, number, number];
    const all = { minSize, desiredCapacity, maxSize };
    return Object.fromEntries(given.map((key) => [key, all[key]])) as Partial<typeof all>;
  })
  // What the system's own range leaves room for where one side is not given.
  .filter(({ minSize = 2, maxSize = 10, desiredCapacity = minSize }) => {
    return minSize <= maxSize && minSize <= desiredCapacity && desiredCapacity <= maxSize;
  });

/** Overrides of everything that the plan works with. */
export const anyOverrides = fc.record({
  services: fc.record({
    api: anySizes.chain((sizes) =>
      fc
        .record(
          { cpuPercent: fc.integer({ min: 20, max: 90 }), diskGb: fc.integer({ min: 8, max: 1000 }) },
          { requiredKeys: [] },
        )
        .map((rest) => ({ ...sizes, ...rest })),
    ),
  }),
  cache: fc
    .record(
      { shards: fc.integer({ min: 1, max: 90 }), replicasPerShard: fc.integer({ min: 0, max: 5 }) },
      { requiredKeys: [] },
    )
    // As many nodes as one cache has; where one side is not given, the phase's most.
    .filter(({ shards = 3, replicasPerShard = 2 }) => shards * (1 + replicasPerShard) <= 90),
  database: fc.record({ tier: fc.constantFrom(...atlasTiers) }, { requiredKeys: [] }),
  network: fc.record({ natGateways: fc.constantFrom('single', 'per-zone') }, { requiredKeys: [] }),
  logs: fc.record({ retentionDays: fc.constantFrom(1, 30, 365) }, { requiredKeys: [] }),
});

/** A private /16 with room for a second region after it, and neither of them Docker's own. */
export const anyCidr = fc.oneof(
  fc.integer({ min: 0, max: 254 }).map((second) => `10.${second}.0.0/16`),
  fc.integer({ min: 18, max: 30 }).map((second) => `172.${second}.0.0/16`),
);

/** A stack that the schema takes: the free tier is not for prod. */
export const anyGiven: fc.Arbitrary<Given> = fc
  .record({
    phase: anyPhase,
    environment: anyEnvironment,
    keys: fc.record(
      {
        overrides: anyOverrides,
        cidr: anyCidr,
        zones: fc.constantFrom(2, 3),
        budget: fc.integer({ min: 1, max: 100_000 }),
        reached: anyPhase,
      },
      { requiredKeys: [] },
    ),
  })
  .filter(({ environment, keys }) => environment !== 'prod' || keys.overrides?.database.tier !== 'M0');

/** The same object, where a write anywhere inside throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
