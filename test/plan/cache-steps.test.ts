import { nextCache, shapeOf } from '../../plan/cache-steps';
import { planJourney } from '../../plan/move';
import type { Memory } from '../../plan/memory';
import type { CachePlan } from '../../plan/types';
import { pulse } from '../../systems/pulse';
import { settingsOf, type Given } from './given';

const journeyOf = (given: Given, memory: Memory) => planJourney(pulse, settingsOf(given), memory);
const on = (cloud: string, phase: Given['phase'], keys: object = {}): Given => ({
  phase,
  environment: 'prod',
  keys: { cloud, compute: 'instances', ...keys },
});
const differing = (one: CachePlan, other: CachePlan): string[] =>
  Object.entries(one).flatMap(([key, value]) => (other[key as keyof CachePlan] === value ? [] : [key]));

test('a new cache on Google Cloud is made whole', () => {
  const { plan } = journeyOf(on('gcp', 'large'), {});
  expect(plan.cache).toMatchObject({ nodeType: 'HIGHMEM_MEDIUM', shards: 2, replicasPerShard: 1 });
  expect(plan.notices.join()).not.toContain('Run pulumi up again');
});

test('on Google Cloud a move of phase changes one thing of the cache in each update, and says what is left', () => {
  const small = journeyOf(on('gcp', 'small'), {});
  const seen: string[][] = [];
  const told: boolean[] = [];
  let last = small;
  for (let update = 0; update < 4; update++) {
    const next = journeyOf(on('gcp', 'large'), last.memory);
    seen.push(differing(next.plan.cache!, last.plan.cache!));
    told.push(next.plan.notices.join().includes('Run pulumi up again'));
    last = next;
  }
  expect(seen).toEqual([['nodeType'], ['shards'], ['replicasPerShard'], []]);
  expect(told).toEqual([true, true, false, false]);
  expect(last.plan.cache).toEqual(journeyOf(on('gcp', 'large'), {}).plan.cache);
});

test('other clouds take all of it at once', () => {
  for (const cloud of ['aws', 'digitalocean', 'kubernetes'] as const) {
    const [had, wanted] = [cacheAt(1), cacheAt(3)];
    expect(nextCache(wanted, shapeOf(had), cloud)).toEqual({ cache: wanted, notices: [] });
  }
});

test('without a word of how it was, it is as it is wanted', () => {
  const { gcp } = journeyOf(on('gcp', 'small'), {}).memory;
  const memory: Memory = { gcp: { ...gcp!, cache: undefined } };
  expect(journeyOf(on('gcp', 'large'), memory).plan.cache).toMatchObject({ shards: 2, replicasPerShard: 1 });
});

test('a cache that was on its way when the stack left it stays where it was', () => {
  const begun = journeyOf(on('gcp', 'large'), journeyOf(on('gcp', 'small'), {}).memory);
  const { kept } = journeyOf(on('aws', 'large', { keep: ['gcp'] }), begun.memory);
  expect(kept[0]!.cache).toEqual(begun.plan.cache);
  expect(kept[0]!.cache).toMatchObject({ nodeType: 'HIGHMEM_MEDIUM', shards: 1 });
});

function cacheAt(shards: number): CachePlan {
  return {
    engineVersion: '8.0',
    nodeType: shards > 1 ? 'large' : 'small',
    shards,
    replicasPerShard: shards - 1,
    port: 6379,
    evictionPolicy: 'allkeys-lru',
    snapshotRetentionDays: 7,
  };
}
