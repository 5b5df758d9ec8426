import * as fc from 'fast-check';
import { environments, phases } from '../../plan/vocabulary';
import { evaluate, judge } from '../../policies/evaluate';
import { normalise } from '../../policies/normalise';
import type { Resource } from '../../policies/rule';
import { rules } from '../../policies/rules';
import { UNKNOWN, type Value } from '../../policies/values';
import { fixtures } from './fixtures';

/** Whatever a program, a provider or a mistake may put into a property. */
const anything: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(
      UNKNOWN,
      undefined,
      null,
      '',
      '<secret>',
      '<unknown:a.b>',
      '*',
      '0.0.0.0/0',
      NaN,
      -1,
      [],
      {},
    ),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.base64String(),
    fc.json(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const context = fc.record(
  {
    environment: fc.constantFrom(...environments),
    phase: fc.constantFrom(...phases),
    system: fc.constantFrom('pulse', 'elsewhere', '__proto__'),
  },
  { requiredKeys: ['environment'] },
);

/** Property paths that the fixtures use, so that the arbitrary values land where the rules look. */
function pathsOf(value: Value, prefix: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return [prefix, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...prefix, key]))];
}

function put(value: Value, path: string[], replacement: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value)) return value.map((each, at) => (String(at) === step ? put(each, rest, replacement) : each));
  if (typeof value !== 'object' || value === null) return replacement;
  return { ...value, [step]: put(value[step], rest, replacement) };
}

test.each(rules.map((rule) => [rule.id, rule] as const))('%s never throws, whatever its properties are', (id, rule) => {
  const { passing, failing } = fixtures[id]!;
  const stacks = [...Object.values(passing), ...Object.values(failing)].map((given) => given.resources);
  const places = stacks.flatMap((resources, stack) =>
    resources.flatMap((resource, at) => pathsOf(resource.props).map((path) => ({ stack, at, path }))),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), anything, context, ({ stack, at, path }, value, given) => {
      const spoiled = stacks[stack]!.map((resource, index): Resource => {
        if (index !== at) return resource;
        const props = put(resource.props, path, value);
        return {
          ...resource,
          props: typeof props === 'object' && props !== null && !Array.isArray(props) ? props : {},
        };
      });
      for (const verdict of judge(spoiled, given, [rule])) {
        expect(['pass', 'fail', 'unknown']).toContain(verdict.state);
        expect(verdict.problem === '').toBe(verdict.state === 'pass');
      }
    }),
    { numRuns: 300 },
  );
});

test('no rule throws on properties of any shape', () => {
  const types = [...new Set(rules.flatMap((rule) => rule.types))];
  const resources = fc.array(
    fc.record({ type: fc.constantFrom(...types), props: fc.dictionary(fc.string(), anything, { maxKeys: 4 }) }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(resources, context, (found, given) => {
      const stack = found.map(({ type, props }, at): Resource => ({
        type,
        name: `r${at}`,
        urn: `urn:pulumi:prod::p::${type}::r${at}`,
        props,
        protect: false,
        references: {},
      }));
      judge(stack, given, rules);
    }),
    { numRuns: 1000 },
  );
});

test('what is normalised once stays as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const once = normalise(value);
      expect(normalise(once === UNKNOWN ? '<unknown:a.b>' : once)).toEqual(once);
    }),
  );
});

test('an empty plan has nothing to say', () => {
  expect(evaluate([], { environment: 'prod', phase: 'large' })).toEqual([]);
});
