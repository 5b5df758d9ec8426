import * as pulumi from '@pulumi/pulumi';
import fc from 'fast-check';
import { distance, nearest } from '../../../stacks/config/nearest';
import { overlap, pathText, setCommand, setTextCommand, without } from '../../../stacks/config/path';
import { readPulumiConfig } from '../../../stacks/config/raw';
import { soundsSecret } from '../../../stacks/config/shown';

describe('the nearest name', () => {
  const phases = ['small', 'medium', 'large', 'enterprise'];

  test.each([
    ['lage', 'large'],
    ['Large', 'large'],
    ['laregr', undefined],
    ['enterprize', 'enterprise'],
    ['meduim', 'medium'],
    ['x', undefined],
    ['', undefined],
    ['a'.repeat(100_000), undefined],
  ])('of %s is %s', (typo, meant) => {
    expect(nearest(typo, phases)).toBe(meant);
  });

  test('two neighbours that changed places are one slip', () => {
    expect(distance('regoins', 'regions')).toBe(1);
    expect(distance('kitten', 'sitting')).toBe(3);
  });

  test('the distance is none to itself, the same both ways, and at most the longer word', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const steps = distance(a, b);
        expect(steps === 0).toBe(a === b);
        expect(distance(b, a)).toBe(steps);
        expect(steps).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(steps).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('paths', () => {
  test('read as Pulumi reads them', () => {
    expect(pathText(['overrides', 'services', 'api', 'maxSize'])).toBe('overrides.services.api.maxSize');
    expect(pathText(['regions', 1])).toBe('regions[1]');
  });

  test('commands quote what a shell would read', () => {
    expect(setCommand(['phase'], 'large')).toBe('pulumi config set phase large');
    expect(setCommand(['owner'], "it's us")).toBe(`pulumi config set owner 'it'\\''s us'`);
    expect(setTextCommand(['ids', 0], '012')).toBe("pulumi config set --path 'ids[0]' 012 --type string");
    expect(setTextCommand(['atlasOrganizationId'], '012')).toBe('pulumi config set atlasOrganizationId 012');
  });

  test('overlap where one lies in the other', () => {
    expect(overlap(['a'], ['a', 'b'])).toBe(true);
    expect(overlap(['a', 'c'], ['a', 'b'])).toBe(false);
  });

  test('what is wrong is taken out, a list as a whole', () => {
    const data = { a: { b: 1, c: 2 }, list: ['x', 'y'] };
    expect(
      without(data, [
        ['a', 'b'],
        ['list', 1],
      ]),
    ).toEqual({ a: { c: 2 } });
    expect(data.list).toEqual(['x', 'y']);
  });
});

test.each([
  ['DB_PASSWORD', true],
  ['stripeToken', true],
  ['API_KEYS', true],
  ['key', true],
  ['MONKEY', false],
  ['JWT_PUBLIC_KEY', false],
  ['KEYBOARD', false],
  ['databaseSecretId', false],
])('%s sounds like a secret: %s', (name, secret) => {
  expect(soundsSecret(name)).toBe(secret);
});

test('configuration comes from the engine without its namespace, with its secrets marked', () => {
  pulumi.runtime.setAllConfig(
    { 'stackladder:phase': 'small', 'stackladder:secrets': '{"A":"b"}', 'aws:region': 'us-east-1' },
    ['stackladder:secrets'],
  );
  expect(readPulumiConfig()).toEqual({
    phase: { text: 'small', secret: false },
    secrets: { text: '{"A":"b"}', secret: true },
  });
});
