import { makeOfflinePlan } from '../../cli/offline/make-plan';
import { combinations, wordsOf } from './combinations';
import { factsOf, faultsOf, type ProviderFacts } from './facts';

/**
 * Differences between the plans and the facts that are right as they are. The facts on AWS enumerations are of 2024.
 */
const accepted: Record<string, string> = {
  'aws:elasticache/replicationGroup:ReplicationGroup engine is "valkey", not one of redis':
    'ElastiCache has Valkey since October 2024',
};

const packages = ['aws', 'mongodbatlas'];
const facts = Object.fromEntries(packages.map((name) => [name, factsOf(name)]));
const atHand = packages.every((name) => facts[name]);

describe('the walk itself', () => {
  const tiny: ProviderFacts = {
    resources: {
      'p:m/r:R': {
        inputs: {
          size: { type: 'number' },
          kind: { type: 'string', enumUpstream: ['a', 'b'] },
          one: { type: 'string', conflictsWith: ['other'] },
          other: { type: 'string' },
          nested: { type: 'array<inputs.m.Inner>' },
        },
        requiredInputs: ['size'],
      },
    },
    types: { 'inputs.m.Inner': { props: { name: { type: 'string' } }, required: ['name'] } },
    enums: {},
  };

  test.each([
    [{ size: 1, kind: 'a', nested: [{ name: 'x' }] }, []],
    [{ kind: 'a' }, ['size is required']],
    [{ size: '1' }, ['size must be a number']],
    [{ size: 1, kind: 'c' }, ['kind is "c", not one of a, b']],
    [{ size: 1, one: 'x', other: 'y' }, ['one conflicts with other']],
    [{ size: 1, nested: [{ nome: 'x' }] }, ['nested[0].name is required', 'nested[0].nome is not an input']],
    [{ size: '<unknown:x.y>' }, []],
  ])('%j', (inputs, expected) => {
    expect(faultsOf('p:m/r:R', inputs, tiny)).toEqual(expected);
  });
});

// CI has the facts. Elsewhere there is nothing to compare with, and the run says so.
if (!atHand) process.stdout.write('provider facts are not at hand: the plans were not walked against them\n');
const walked = atHand ? combinations : [];
describe('every resource of every plan, against the providers’ own facts', () => {
  test('the facts are whole, or none is at hand', () => {
    expect(packages.filter((name) => facts[name])).toEqual(atHand ? packages : []);
  });

  if (walked.length === 0) return;
  test.each(walked.map((flags) => [wordsOf(flags), flags] as const))('%s', async (_, flags) => {
    const { resources } = await makeOfflinePlan(flags);
    const faults = resources.flatMap(({ type, name, inputs }) => {
      const own = facts[type.split(':')[0] ?? ''];
      return own
        ? faultsOf(type, inputs, own)
            .map((fault) => `${type} ${fault}`)
            .filter((fault) => !(fault in accepted))
            .map((fault) => `${name}: ${fault}`)
        : [];
    });
    expect(faults).toEqual([]);
    expect(resources.length).toBeGreaterThan(50);
  });
});
