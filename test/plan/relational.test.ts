import { planRelationalDatabase } from '../../plan/relational/database';
import { makePlan } from '../../plan/make';
import type { Plan } from '../../plan/types';
import { phases, type CloudName, type Compute, type Environment, type PhaseName } from '../../plan/vocabulary';
import { placeholderConfig } from '../../stacks/config/placeholders';
import { parseSettings } from '../settings';
import type { Settings } from '../../stacks/config/settings';
import { ladder } from '../../stacks/phases';
import { systems } from '../../systems';
import type { System } from '../../systems/system';

interface Stack {
  system?: string;
  phase?: PhaseName;
  cloud?: CloudName;
  compute?: Compute;
  environment?: Environment;
  keys?: Record<string, unknown>;
}

function settingsOf({ system = 'sv-sdk', phase = 'small', cloud = 'aws', keys = {}, ...rest }: Stack): Settings {
  const raw = placeholderConfig({
    system,
    phase,
    cloud,
    environment: rest.environment ?? 'prod',
    compute: rest.compute,
  });
  for (const [key, value] of Object.entries(keys)) {
    raw[key] = { text: typeof value === 'string' ? value : JSON.stringify(value), secret: false };
  }
  return parseSettings(raw, systems);
}

function planOf(stack: Stack, reached?: PhaseName): Plan {
  const settings = settingsOf(stack);
  return makePlan(systems[settings.system]!, settings, reached);
}

const databaseOf = (stack: Stack, reached?: PhaseName) => planOf(stack, reached).relationalDatabase!;
const relational = (own: Record<string, unknown>) => ({ overrides: { relational: own } });

describe('the relational database of a phase', () => {
  test.each([
    ['small', 'db.t3.small', 0, false],
    ['medium', 'db.t3.medium', 0, false],
    ['large', 'db.m5.large', 2, false],
    ['enterprise', 'db.m5.large', 2, true],
  ] as const)('SV-SDK at %s: %s, %i replicas, standby %s', (phase, instanceClass, replicas, standby) => {
    const plan = databaseOf({ phase });
    expect(plan).toMatchObject({ host: 'rds', instanceClass, standby, replicas: { min: replicas, max: replicas } });
  });

  test('keeps the shape of the highest phase when the stack goes down', () => {
    const down = databaseOf({ phase: 'small' }, 'enterprise');
    expect(down).toEqual(databaseOf({ phase: 'enterprise' }));
  });

  test.each([
    ['aws', 'aurora', 1, 5, 70],
    ['gcp', 'cloud-sql', 1, 5, 70],
    // No replica follows the load there: the roadmap's two.
    ['digitalocean', 'digitalocean', 2, 2, undefined],
    ['kubernetes', 'operator', 2, 2, undefined],
  ] as const)('Mercenary at large on %s: %s with %i to %i replicas', (cloud, host, min, max, cpuPercent) => {
    const plan = databaseOf({ system: 'mercenary', phase: 'large', cloud });
    expect(plan.host).toBe(host);
    expect(plan.replicas).toEqual({ min, max, cpuPercent, perFurtherRegion: 0 });
  });

  test('has a reader in every further region, where its host can', () => {
    const afar = (cloud: CloudName) => databaseOf({ phase: 'enterprise', cloud }).replicas.perFurtherRegion;
    expect(afar('aws')).toBe(1);
    expect(afar('kubernetes')).toBe(0);
  });

  test('rotates its password by itself for instances alone: pods have copies', () => {
    expect(databaseOf({}).rotationDays).toBe(30);
    expect(databaseOf({ compute: 'kubernetes' }).rotationDays).toBeUndefined();
    expect(databaseOf({ cloud: 'gcp' }).rotationDays).toBeUndefined();
  });

  test('is what configuration says', () => {
    const own = {
      instanceClass: 'db.m5.xlarge',
      replicas: 3,
      storageGb: 300,
      standby: true,
      engineVersion: '16',
      backupRetentionDays: 35,
      insightsDays: 0,
      passwordVersion: 4,
    };
    expect(databaseOf({ keys: relational(own) })).toMatchObject({
      instanceClass: 'db.m5.xlarge',
      replicas: { min: 3, max: 3 },
      storage: { initialGb: 300, maxGb: 378 },
      standby: true,
      engineVersion: '16',
      backup: { retentionDays: 35 },
      insightsDays: 0,
      passwordVersion: 4,
      maxConnections: 1_802,
    });
  });

  test('that is there already has no limit that is known, and no pooler', () => {
    const plan = planOf({ keys: { aws: { hostedZoneId: 'Z0123456789EXAMPLE', databaseSecretId: secretArn } } });
    expect(plan.relationalDatabase).toMatchObject({ existing: true, pooler: undefined, maxConnections: undefined });
    expect(plan.connectionBudgets).toEqual([]);
  });

  test('of somebody else becomes the stack’s own, once', () => {
    const gcp = { projectId: 'placeholder-project', adoptDatabase: 'legacy-prod' };
    const settings = settingsOf({ cloud: 'gcp', keys: { gcp } });
    const needs = systems['sv-sdk']!.relationalDatabase!;
    const adopted = (remembered?: string) => planRelationalDatabase(needs, ladder.small, settings, remembered).adopted;
    expect(adopted()).toEqual({ id: 'legacy-prod', imported: false });
    expect(adopted('legacy-prod')).toEqual({ id: 'legacy-prod', imported: true });
    expect(adopted('another')).toEqual({ id: 'legacy-prod', imported: false });
  });
});

const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:legacy-AbCdEf';

/** Ten instances of 25 connections each, straight to the database: as VTP's guide has it. */
const vtpLike: System = {
  ...systems['sv-sdk']!,
  workers: [],
  services: systems['sv-sdk']!.services.map((service) => ({
    ...service,
    range: { min: 3, max: 10 },
    databasePool: { max: 25, min: 5, maxVariable: 'DB_MAX', minVariable: 'DB_IDLE' },
    connections: { relationalDatabase: 'DATABASE_URL' },
  })),
  relationalDatabase: { ...systems['sv-sdk']!.relationalDatabase!, pooler: undefined },
};

describe('the connection budget', () => {
  test('refuses 10 instances of 25 connections on a db.t3.small, and names each way out', () => {
    const refused = () => makePlan(vtpLike, settingsOf({}));
    expect(refused).toThrow('app 10 x 25 = 250; together 250, and applications may have 180: db.t3.small accepts 225');
    expect(refused).toThrow('a pooler: pulumi config set --path overrides.relational.pooler true');
    expect(refused).toThrow('a larger class: pulumi config set --path overrides.relational.instanceClass db.t3.medium');
    expect(refused).toThrow('smaller pools: 18 at the most in overrides.services.app.poolSize');
  });

  test.each([
    ['a pooler', relational({ pooler: true })],
    ['a larger class', relational({ instanceClass: 'db.t3.medium' })],
    ['smaller pools', { overrides: { services: { app: { poolSize: 18 } } } }],
    ['fewer instances', { overrides: { services: { app: { maxSize: 7 } } } }],
  ])('is met by %s', (_, keys) => {
    expect(makePlan(vtpLike, settingsOf({ keys })).connectionBudgets[0]!.total).toBeLessThanOrEqual(360);
  });

  test('by a pooler gives each instance a pool that fits, and leaves the application its own', () => {
    const plan = makePlan(vtpLike, settingsOf({ keys: relational({ pooler: true }) }));
    const [app] = plan.services;
    expect(app!.pooler).toMatchObject({ poolSize: 18, port: 6432 });
    expect(app!.environment).toMatchObject({ DB_MAX: '25', DB_IDLE: '5' });
    expect(plan.connectionBudgets[0]!.users).toEqual([{ name: 'app', instances: 10, each: 18, pooled: true }]);
  });

  test('a second pool for reads goes to the primary where there is no replica', () => {
    const reading: System = {
      ...vtpLike,
      services: vtpLike.services.map((service) => ({
        ...service,
        connections: { relationalDatabase: 'DATABASE_URL', relationalReplica: 'DATABASE_READ_URL' },
      })),
    };
    const keys = relational({ instanceClass: 'db.m5.large' });
    expect(makePlan(reading, settingsOf({ keys })).connectionBudgets[0]!.total).toBe(500);
    const replicated = relational({ instanceClass: 'db.m5.large', replicas: 1 });
    expect(makePlan(reading, settingsOf({ keys: replicated })).connectionBudgets[0]!.total).toBe(250);
  });

  test('a size that configuration gives is not fitted', () => {
    const keys = { overrides: { services: { app: { poolSize: 100 } } } };
    expect(() => planOf({ keys })).toThrow('app 3 x 100 = 300');
    // In MongoDB's too, which no pooler can stand before.
    const pulse = { system: 'pulse', keys: { overrides: { services: { api: { poolSize: 500 } } } } };
    expect(() => planOf(pulse)).toThrow('api 10 x 500 = 5000; together 5000, and applications may have 2400: M30');
  });

  test.each(['mercenary', 'sv-sdk'])('of %s fits at every phase on every cloud', (system) => {
    for (const [cloud, computes] of Object.entries(systems[system]!.runsOn)) {
      for (const compute of computes) {
        for (const phase of phases) {
          const { connectionBudgets, services, workers } = planOf({
            system,
            phase,
            cloud: cloud as CloudName,
            compute,
          });
          const [budget] = connectionBudgets;
          expect(budget!.total).toBeGreaterThan(0);
          expect(budget!.total).toBeLessThanOrEqual(budget!.limit - budget!.reserved);
          // Whoever uses the database is counted, or held by the pooler that is.
          for (const { pooler, connections } of [...services, ...workers]) {
            expect([connections.relationalDatabase, pooler === undefined]).toEqual(['DATABASE_URL', false]);
          }
        }
      }
    }
  });
});
