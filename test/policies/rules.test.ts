import { judge, messageOf, type Verdict } from '../../policies/evaluate';
import type { Rule } from '../../policies/rule';
import { rules } from '../../policies/rules';
import { fixtures } from './fixtures';
import type { Case } from './fixtures/fixture';

/** Prod, unless a case says otherwise: there every rule speaks. */
function verdicts(rule: Rule, { resources, context }: Case): Verdict[] {
  return judge(resources, { environment: 'prod', ...context }, [rule]);
}

const states = (found: Verdict[]) => [...new Set(found.map((verdict) => verdict.state))];

test('every rule has fixtures, and every fixture a rule', () => {
  expect(Object.keys(fixtures).sort()).toEqual(rules.map((rule) => rule.id).sort());
});

test('ids are unique, in kebab case, and not the word that CrossGuard keeps for itself', () => {
  const ids = rules.map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^(?!all$)[a-z0-9]+(-[a-z0-9]+)+$/);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { passing, failing, unknown } = fixtures[id] ?? { passing: {}, failing: {}, unknown: {} };

  test('has a passing, a failing and an unknown case, or says why not', () => {
    expect(Object.keys(passing)).not.toHaveLength(0);
    expect(Object.keys(failing)).not.toHaveLength(0);
    expect(typeof unknown === 'string' ? unknown.length : Object.keys(unknown).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(passing))('passes: %s', (_says, given) => {
    const found = verdicts(rule, given);
    expect(found.filter((verdict) => verdict.state !== 'pass')).toEqual([]);
  });

  test('really speaks in one of the passing cases', () => {
    expect(Object.values(passing).some((given) => states(verdicts(rule, given)).includes('pass'))).toBe(true);
  });

  test.each(Object.entries(failing))('fails: %s', (_says, given) => {
    const failures = verdicts(rule, given).filter((verdict) => verdict.state === 'fail');
    const messages = failures.map(messageOf).join('\n');
    expect(messages).toContain(given.problem);
    for (const failure of failures) {
      for (const part of [id, failure.resource.name, rule.mend]) expect(messageOf(failure)).toContain(part);
    }
  });

  for (const [says, given] of typeof unknown === 'string' ? [] : Object.entries(unknown)) {
    test(`is unknown: ${says}`, () => {
      const found = states(verdicts(rule, given));
      expect(found).toContain('unknown');
      expect(found).not.toContain('fail');
    });
  }
});
