import { faultsOf, type ProviderFacts } from './facts';

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
