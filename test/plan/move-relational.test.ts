import { planJourney } from '../../plan/move';
import type { Memory } from '../../plan/memory';
import { ConfigurationError, type Fault } from '../../stacks/config/fault';
import { placeholderConfig } from '../../stacks/config/placeholders';
import { parseSettings } from '../settings';
import { systems } from '../../systems';
import type { System } from '../../systems/system';

const svSdk = systems['sv-sdk']!;
const aws = { hostedZoneId: 'Z0123456789EXAMPLE' };

const subnets = (...ends: string[]) => ends.map((end) => `subnet-0123456789abcdef${end}`);
const network = {
  vpcId: 'vpc-0123456789abcdef0',
  publicSubnetIds: subnets('0', '1'),
  privateSubnetIds: subnets('2', '3'),
  dataSubnetIds: subnets('4', '5'),
};

function journeyOf(keys: Record<string, unknown>, memory: Memory = {}, system: System = svSdk) {
  const raw = placeholderConfig({ system: 'sv-sdk', cloud: 'aws', phase: 'small', environment: 'prod' });
  for (const [key, value] of Object.entries(keys)) {
    raw[key] = { text: typeof value === 'string' ? value : JSON.stringify(value), secret: false };
  }
  return planJourney(system, parseSettings(raw, systems), memory);
}

function faultsOf(body: () => unknown): readonly Fault[] {
  try {
    body();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  throw new Error('nothing was refused');
}
const keysOf = (body: () => unknown) => faultsOf(body).map(({ key }) => key);
const relational = (fields: object) => ({ overrides: { relational: fields } });

describe('a database that is taken over', () => {
  const adopting = { aws: { ...aws, network, adoptDatabase: 'shop-production' } };

  const alone = { aws: { ...aws, network } };

  test('keeps the names that it has inside', () => {
    const own = { ...adopting, overrides: { relational: { databaseName: 'shop', user: 'founder' } } };
    const { plan, memory } = journeyOf(own);
    expect(plan.relationalDatabase).toMatchObject({ name: 'shop', user: 'founder' });
    expect(keysOf(() => journeyOf(adopting, memory))).toEqual([
      'overrides.relational.databaseName',
      'overrides.relational.user',
    ]);
    expect(journeyOf(own, memory).plan.relationalDatabase?.user).toBe('founder');
  });

  test('is imported once, and remembered from then on', () => {
    const first = journeyOf(adopting);
    expect(first.plan.relationalDatabase?.adopted).toEqual({ id: 'shop-production', imported: false });
    expect(first.memory.aws?.adopted).toBe('shop-production');
    const second = journeyOf(adopting, first.memory);
    expect(second.plan.relationalDatabase?.adopted).toEqual({ id: 'shop-production', imported: true });
  });

  test('is kept as the stack’s own when services move', () => {
    const { memory } = journeyOf(adopting);
    const { kept } = journeyOf({ cloud: 'gcp', keep: ['aws'] }, memory);
    expect(kept[0]!.relationalDatabase?.adopted).toEqual({ id: 'shop-production', imported: true });
  });

  test('is neither exchanged for another nor forgotten', () => {
    const { memory } = journeyOf(adopting);
    const another = { aws: { ...aws, network, adoptDatabase: 'shop-staging' } };
    expect(keysOf(() => journeyOf(another, memory))).toEqual(['aws.adoptDatabase']);
    expect(keysOf(() => journeyOf(alone, memory))).toEqual(['aws.adoptDatabase']);
    expect(faultsOf(() => journeyOf(alone, memory))[0]!.problem).toContain('the stack has shop-production');
  });

  test('does not take the place of one that was made here', () => {
    const { memory } = journeyOf(alone);
    const [fault] = faultsOf(() => journeyOf(adopting, memory));
    expect(fault).toMatchObject({ key: 'aws.adoptDatabase' });
    expect(fault!.problem).toContain('the stack has a database of its own');
    expect(fault!.mend).toContain('pulumi config set reached small for one update');
  });

  test('may be one that was somebody else’s before: nothing of it was made here', () => {
    const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-AbCdEf';
    const { memory } = journeyOf({ aws: { ...aws, network, databaseSecretId } });
    expect(journeyOf(adopting, memory).plan.relationalDatabase?.adopted?.imported).toBe(false);
  });
});

describe('a database that is there', () => {
  test('never goes down a version, nor shrinks: both are told at once', () => {
    const { memory } = journeyOf(relational({ engineVersion: '18', storageGb: 200 }));
    const faults = faultsOf(() => journeyOf(relational({ engineVersion: '17', storageGb: 100 }), memory));
    expect(faults.map(({ key, nearest }) => [key, nearest])).toEqual([
      ['overrides.relational.engineVersion', '18'],
      ['overrides.relational.storageGb', '200'],
    ]);
    expect(faults[0]!.mend).toBe('pulumi config set --path overrides.relational.engineVersion 18 --type string');
  });

  test('shrinks no more when the word for its size is taken out', () => {
    const { memory } = journeyOf(relational({ storageGb: 200 }));
    expect(keysOf(() => journeyOf({}, memory))).toEqual(['overrides.relational.storageGb']);
  });

  test('goes up: a version, storage, a phase', () => {
    const { memory } = journeyOf(relational({ engineVersion: '16' }));
    const { plan } = journeyOf({ phase: 'large', ...relational({ engineVersion: '17', storageGb: 300 }) }, memory);
    expect(plan.relationalDatabase).toMatchObject({ engineVersion: '17', storage: { initialGb: 300 } });
  });

  test('keeps what it grew to when the phase goes back', () => {
    const { memory } = journeyOf({ phase: 'enterprise' });
    expect(journeyOf({ phase: 'small' }, memory).plan.relationalDatabase?.storage.initialGb).toBe(200);
  });

  test('is not exchanged for one of another host or engine', () => {
    const { memory } = journeyOf({});
    const needs = svSdk.relationalDatabase!;
    const changed = (change: object): System => ({ ...svSdk, relationalDatabase: { ...needs, ...change } });
    const classes = { ...needs.classes, aurora: needs.classes.rds };
    const onAurora = changed({ hosts: { ...needs.hosts, aws: 'aurora' }, classes });
    const [fault] = faultsOf(() => journeyOf({}, memory, onAurora));
    expect(fault).toMatchObject({ key: 'system', allowed: 'postgres on rds' });
    expect(fault!.problem).toContain('a new, empty database would take its place');
    expect(keysOf(() => journeyOf({}, memory, changed({ engine: 'mysql' })))).toEqual(['system']);
  });

  test('may go all the same where somebody says so', () => {
    const { memory } = journeyOf(relational({ engineVersion: '18' }));
    const { plan } = journeyOf({ reached: 'small', ...relational({ engineVersion: '17' }) }, memory);
    expect(plan.relationalDatabase?.engineVersion).toBe('17');
  });
});

describe('stores that are kept', () => {
  test('have the numbers they had: those of the new cloud change nothing on the old one', () => {
    const own = { relational: { replicas: 1, storageGb: 250 }, broker: { replicas: 1 } };
    const before = journeyOf({ overrides: own });
    const { plan, kept } = journeyOf(
      { cloud: 'gcp', keep: ['aws'], overrides: { relational: { replicas: 3 }, broker: { replicas: 0 } } },
      before.memory,
    );
    expect(plan.relationalDatabase?.replicas.min).toBe(3);
    expect(kept[0]!.relationalDatabase).toEqual(before.plan.relationalDatabase);
    expect(kept[0]!.broker).toEqual(before.plan.broker);
  });

  test('are not refused for connections that nobody opens there', () => {
    const small = { relational: { instanceClass: 'db.t3.micro', pooler: false }, services: { app: { poolSize: 2 } } };
    const workers = { 'email-worker': { poolSize: 1 }, 'queue-worker': { poolSize: 1 } };
    const { memory } = journeyOf({ overrides: { ...small, workers } });
    const { kept } = journeyOf({ cloud: 'gcp', keep: ['aws'] }, memory);
    expect(kept[0]!.relationalDatabase?.instanceClass).toBe('db.t3.micro');
  });
});
