import fc from 'fast-check';
import { makePlan } from '../../../plan/make';
import { clouds, computes, environments, phases } from '../../../plan/vocabulary';
import { ConfigurationError } from '../../../stacks/config/fault';
import { parseSettings } from '../../settings';
import { systems } from '../../../systems';
import { pulse } from '../../../systems/pulse';
import { exampleWith, prodWith } from './helpers';

const anyPlace = fc.record({
  cloud: fc.constantFrom(...clouds),
  compute: fc.constantFrom(...computes),
  phase: fc.constantFrom(...phases),
  environment: fc.constantFrom(...environments),
});
/** Mostly what some cloud has; at times what none has. */
const oneOf = (...right: unknown[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.string() });
const machine = oneOf('t3.large', 't3.medium', 'e2-standard-2', 's-2vcpu-4gb', '4 vCPU / 16 GiB', '1 vCPU / 2 GiB');
const cpu = oneOf('100m', '500m', '2', '0.5', '9', '64000m');
const memory = oneOf('128Mi', '512Mi', '2Gi', '64Gi');
const tier = oneOf('M0', 'M10', 'M60', 'db-s-2vcpu-4gb', '500m/1Gi', '9/999Gi');
const count = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.integer() },
);
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(fields, { requiredKeys: [] });

const pod = some({ cpuRequest: cpu, memoryRequest: memory, cpuLimit: cpu, memoryLimit: memory });
const anySizes = fc.oneof(
  some({ services: fc.record({ api: some({ machine, minSize: count, maxSize: count }) }) }),
  some({ services: fc.record({ api: some({ pod, maxSize: count }) }), cluster: some({ machine }) }),
  some({ cluster: some({ machine, minNodes: count, maxNodes: count, version: oneOf('1.34', '1.35') }) }),
  some({ database: some({ tier, maxTier: tier, diskGb: count }) }),
  some({
    cache: some({ nodeType: oneOf('cache.t3.small', 'SHARED_CORE_NANO', 'db-s-1vcpu-2gb', '250m/512Mi', '9/99Gi') }),
  }),
);

test('sizes of any cloud on any other: a plan, or one ConfigurationError that says what is wrong with them', () => {
  let planned = 0;
  fc.assert(
    fc.property(anyPlace, anySizes, (place, overrides) => {
      try {
        makePlan(pulse, parseSettings(prodWith({ ...place, overrides }), systems));
        planned += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
      }
    }),
    { numRuns: 1000 },
  );
  expect(planned).toBeGreaterThan(100);
});

/** A few of many fields: of all at once one is always wrong. */
const few = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .tuple(fc.record(fields), fc.subarray(Object.keys(fields), { maxLength: 2 }))
    .map(([all, names]) => Object.fromEntries(names.map((name) => [name, all[name]])));
const small = fc.integer({ min: 1, max: 18 });

const stores = some({
  relational: few({
    instanceClass: oneOf('db.t3.small', 'db.r5.large', 'db-custom-2-8192', 'db-s-2vcpu-4gb', '2000m/8Gi'),
    replicas: small,
    maxReplicas: small,
    storageGb: count.map((number) => number * 10),
    maxStorageGb: count.map((number) => number * 20),
    pooler: fc.boolean(),
    proxy: fc.boolean(),
    standby: fc.boolean(),
    engineVersion: oneOf('16', '17', '18', '8.4'),
    backupRetentionDays: small,
    insightsDays: oneOf(0, 7, 31, 8),
    rotationDays: small,
  }),
  broker: few({
    nodeType: oneOf('cache.t3.small', 'STANDARD_SMALL', 'db-s-1vcpu-1gb', '250m/1Gi'),
    replicas: oneOf(0, 1, 2),
  }),
});
const groups = few({ minSize: small, maxSize: small, poolSize: small, spot: fc.boolean() });
const anyStores = fc.tuple(stores, groups, groups).map(([rest, app, email]) => ({
  ...rest,
  services: { app: { ...app, spot: undefined } },
  workers: { 'email-worker': email },
}));

test('tables, brokers and workers of any cloud on any other: a plan whose connections fit, or one ConfigurationError', () => {
  let planned = 0;
  fc.assert(
    fc.property(anyPlace, anyStores, (place, overrides) => {
      try {
        const settings = parseSettings(exampleWith('sv-sdk-prod', { ...place, overrides }), systems);
        const { connectionBudgets } = makePlan(systems['sv-sdk']!, settings);
        for (const { total, limit, reserved } of connectionBudgets) expect(total).toBeLessThanOrEqual(limit - reserved);
        planned += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
      }
    }),
    { numRuns: 500 },
  );
  expect(planned).toBeGreaterThan(50);
});
