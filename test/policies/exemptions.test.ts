import { judge } from '../../policies/evaluate';
import { checkExemptions, type Exemption, exemptionsFile, readExemptions } from '../../policies/exemptions';
import { rules } from '../../policies/rules';
import { resource } from './fixtures/fixture';

const today = new Date('2026-06-15T12:00:00Z');
const sound: Exemption = {
  rule: 'subnet-no-public-ip',
  resource: 'vtp-*-media-*',
  reason: 'media is reached directly by clients',
};
const subnet = (name: string) => resource('aws:ec2/subnet:Subnet', name, { mapPublicIpOnLaunch: true });
const states = (name: string, exemptions: Exemption[]) =>
  judge([subnet(name)], { environment: 'prod' }, rules, exemptions)
    .filter((verdict) => verdict.rule === sound.rule)
    .map(({ state, reason }) => ({ state, reason }));

test("the repository's own list stands", () => {
  expect(() => readExemptions(exemptionsFile, rules)).not.toThrow();
});

test('a waived failure says so, with its reason', () => {
  expect(states('vtp-prod-media-a', [sound])).toEqual([{ state: 'waived', reason: sound.reason }]);
});

test.each(['vtp-prod-api-a', 'xvtp-prod-media-a', 'vtp-prod-media'])('%s is not meant by the pattern', (name) => {
  expect(states(name, [sound])).toEqual([{ state: 'fail', reason: undefined }]);
});

test('characters of a pattern mean themselves', () => {
  expect(states('vtpXprod', [{ ...sound, resource: 'vtp.prod' }])).toEqual([{ state: 'fail', reason: undefined }]);
});

test('a rule that holds needs no exemption and does not use one', () => {
  const passing = resource('aws:ec2/subnet:Subnet', 'vtp-prod-media-a', { mapPublicIpOnLaunch: false });
  const found = judge([passing], { environment: 'prod' }, rules, [sound]);
  expect(found.find((verdict) => verdict.rule === sound.rule)?.state).toBe('pass');
});

test('the last day still counts', () => {
  expect(checkExemptions([{ ...sound, until: '2026-06-15' }], rules, today)).toHaveLength(1);
});

test.each<[string, unknown, string]>([
  ['no list', {}, 'a list is expected'],
  ['no object', ['subnet-no-public-ip'], 'is no object'],
  ['an unknown rule', [{ ...sound, rule: 'no-such-rule' }], 'names no rule: "no-such-rule"'],
  ['a past day', [{ ...sound, until: '2026-06-14' }], 'ended on 2026-06-14'],
  ['no day', [{ ...sound, until: 'soon' }], 'ends on no day: "soon"'],
  ['a day that is not in the calendar', [{ ...sound, until: '2026-13-01' }], 'ends on no day'],
  ['no reason', [{ ...sound, reason: 'because' }], 'has no written reason'],
  ['no resource', [{ ...sound, resource: '' }], 'names no resource'],
  ['a slip in a key', [{ ...sound, untill: '2027-01-01' }], 'has an unknown key "untill"'],
])('%s cannot stand', (_says, found, fault) => {
  expect(() => checkExemptions(found, rules, today)).toThrow(fault);
});

test('all faults come in one message', () => {
  const found = [{ ...sound, rule: 'a' }, sound, { ...sound, reason: '' }];
  expect(() => checkExemptions(found, rules, today)).toThrow(/\[0\] names no rule.*\n.*\[2\] has no written reason/);
});
