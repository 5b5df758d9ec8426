import fc from 'fast-check';
import { labelsOf } from '../../../components/gcp/labels';

test('tags by the names that policies look for', () => {
  expect(
    labelsOf({ Project: 'stackladder', CostCenter: 'R&D 7', ManagedBy: 'pulumi', Owner: 'Ops@Example.com' }),
  ).toEqual({
    project: 'stackladder',
    'cost-center': 'r-d-7',
    'managed-by': 'pulumi',
    owner: 'ops-example-com',
  });
});

test('whatever a tag holds, Google takes the label', () => {
  const key = fc.stringMatching(/^[A-Za-z][\w .:/-]{0,90}$/);
  fc.assert(
    fc.property(key, fc.string({ maxLength: 200, unit: 'grapheme' }), (tag, value) => {
      const [[label, text]] = Object.entries(labelsOf({ [tag]: value })) as [[string, string]];
      expect(label).toMatch(/^[a-z][a-z0-9_-]{0,62}$/);
      expect(text).toMatch(/^[a-z0-9_-]{0,63}$/);
    }),
  );
});

test('a tag that leaves nothing, and two that become one, are errors', () => {
  expect(() => labelsOf({ '123': 'x' })).toThrow('nothing of the tag "123" can be the key of a label');
  expect(() => labelsOf({ CostCenter: 'a', 'cost-center': 'b' })).toThrow('cost-center is cost-center too');
});
