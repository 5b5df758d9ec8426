import { ConfigurationError } from '../../stacks/config/fault';
import { planStack } from '../../stacks/plan-stack';
import { systems } from '../../systems';
import { prodWith } from './config/helpers';
import type { Memory } from '../../plan/memory';

const plan = (changes: Record<string, unknown>, memory: Memory = {}) =>
  planStack({ raw: prodWith(changes), systems, memoryOf: () => memory, stack: 'prod' });

function keysOf(changes: Record<string, unknown>, memory?: Memory): string[] {
  try {
    plan(changes, memory);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults.map(({ key }) => key);
    throw error;
  }
  return [];
}

const onGcp: Memory = { gcp: { phase: 'small', regions: ['us-central1'] } };
const tooMany = { services: { api: { poolSize: 1000 } } };

test('a right configuration has a plan', () => {
  expect(plan({}).plan).toMatchObject({ system: 'pulse', cloud: 'aws', environment: 'prod' });
});

test('faults of keys, of a move and of the plan come in one message, which names the stack', () => {
  const changes = { alertEmails: [], domain: 'https://x', budget: 'much', overrides: tooMany };
  expect(keysOf(changes, onGcp)).toEqual(['domain', 'alertEmails', 'budget', 'cloud', 'overrides.database.tier']);
  expect(() => plan(changes, onGcp)).toThrow('5 faults in the configuration of stack prod: nothing was created.');
  expect(() => plan({}, onGcp)).toThrow('1 fault in the configuration of stack prod: nothing was created.');
});

test.each([
  [{ phase: 'lage' }, ['phase']],
  [{ regions: ['us-esat-1'] }, ['regions[0]']],
  [{ overrides: { services: { api: { minSize: 0, poolSize: 1000 } } } }, ['overrides.services.api.minSize']],
  [{ aws: ['none'], overrides: tooMany }, ['aws']],
])('where a key that shapes the plan is wrong, the plan is not asked: %j', (changes, keys) => {
  expect(keysOf(changes)).toEqual(keys);
});

test('a key that is wrong by itself is told of once', () => {
  const memory: Memory = {
    aws: { phase: 'small', regions: ['us-east-1'], cidr: '10.16.0.0/16', system: 'pulse', environment: 'prod' },
  };
  expect(keysOf({ cidr: '8.8.0.0/16' }, memory)).toEqual(['cidr']);
  expect(keysOf({ cidr: '10.20.0.0/16' }, memory)).toEqual(['cidr']);
});

test('a part of what stores stand on that is wrong is told of once', () => {
  const objectStore = { endpoint: 'https://s3.example.com', region: 'us-east-1', bucketPrefix: 'pulse-prod' };
  const kubernetes = { certificateIssuer: 'letsencrypt', objectStore: { ...objectStore, region: undefined } };
  const settings = { databaseUrl: false, account: { objectStore } };
  const memory: Memory = { kubernetes: { phase: 'small', regions: ['cluster'], settings } };
  expect(keysOf({ cloud: 'kubernetes', kubernetes }, memory)).toEqual(['kubernetes.objectStore.region']);
});
