import { cloudflarePackage } from '../../../sandbox/cloudflare';
import type { Bag } from '../../../sandbox/model/values';
import { printPath } from '../../../sandbox/server/diff';
import { TestCloud } from '../cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const flare = (name: string): string => `cloudflare:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const zoneId = '023e105f4ecef8ad9ca31a8372d0c353';
const record: Bag = { zoneId, name: 'api.example.com', type: 'A', content: '203.0.113.7', proxied: true, ttl: 1 };
const setting: Bag = { zoneId, settingId: 'ssl', value: 'strict' };
const rule: Bag = { action: 'set_cache_settings', expression: 'http.request.uri.path strict wildcard "/static/*"' };
const rules: Bag = { zoneId, kind: 'zone', name: 'rules', phase: 'http_request_cache_settings', rules: [rule] };

test.each<[string, Bag, RegExp]>([
  ['a zone that is none', { zoneId: 'example.com' }, /^7003: Could not route to \/zones\/example.com/],
  ['a time to live beside the proxy', { ttl: 300 }, /ttl must be set to 1/],
  ['a time to live that is too short', { ttl: 30, proxied: false }, /^9021/],
  ['text behind the proxy', { type: 'TXT', content: 'v=spf1' }, /^9004/],
  ['a name where an address must be', { content: 'lb.example.net' }, /^9005: .* IPv4/],
  ['an address where a name must be', { type: 'AAAA' }, /^9005: .* IPv6/],
  ['a name with a space', { type: 'CNAME', content: 'no host' }, /^9005: .* host name/],
  ['a private address behind the proxy', { content: '10.1.2.3' }, /^9003: Target 10.1.2.3/],
  ['a long comment', { comment: 'x'.repeat(101) }, /^9310/],
  ['tags', { tags: ['system:pulse'] }, /^9300: DNS record has 1 tags/],
  ['a type that is none', { type: 'ALIAS', proxied: false }, /type/],
])('a record is refused with %s', (_what, change, reason) => {
  expect(cloud.refusals(flare('DnsRecord'), record)).toEqual([]);
  expect(cloud.refusals(flare('DnsRecord'), { ...record, ...change })).toEqual([expect.stringMatching(reason)]);
});

test('a private address without the proxy is a record like any other', () => {
  expect(cloud.refusals(flare('DnsRecord'), { ...record, content: '10.1.2.3', proxied: false })).toEqual([]);
});

test('a host has several addresses, none twice, and a name beside no other', () => {
  const made = cloud.make(flare('DnsRecord'), 'one', record);
  expect(made).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), proxiable: true });
  cloud.make(flare('DnsRecord'), 'two', { ...record, content: '203.0.113.8' });
  expect(() => cloud.make(flare('DnsRecord'), 'again', record)).toThrow(/^81058/);
  expect(() => cloud.make(flare('DnsRecord'), 'name', { ...record, type: 'CNAME', content: 'a.example.net' })).toThrow(
    /^81053/,
  );
  cloud.make(flare('DnsRecord'), 'other zone', { ...record, zoneId: 'f'.repeat(32) });
  cloud.make(flare('DnsRecord'), 'text', { ...record, type: 'TXT', content: 'hello', proxied: false });
  expect(() => cloud.change('two', record)).toThrow(/^81058/);
  // it may change itself
  expect(cloud.change('one', { ...record, comment: 'mine' })).toMatchObject({ comment: 'mine' });
});

test.each<[string, string, Bag, Bag, string[]]>([
  ['a record to another balancer', 'DnsRecord', record, { content: '203.0.113.9' }, ['change content']],
  ['a record to another host', 'DnsRecord', record, { name: 'www.example.com' }, ['change name']],
  ['a record to another zone', 'DnsRecord', record, { zoneId: 'f'.repeat(32) }, ['replace zoneId']],
  ['a setting', 'ZoneSetting', setting, { value: 'full' }, ['change value']],
  [
    'another setting',
    'ZoneSetting',
    setting,
    { settingId: 'http3', value: 'on' },
    ['replace settingId', 'change value'],
  ],
  ['rules', 'Ruleset', rules, { rules: [rule, rule] }, ['change rules']],
  ['rules of another phase', 'Ruleset', rules, { phase: 'http_config_settings', rules: [] }, ['replace phase']],
])('what changes: %s', (_what, type, olds, change, expected) => {
  cloud.make(flare(type), 'it', olds);
  const changes = cloud.diff('it', { ...olds, ...change });
  const said = changes.map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`);
  for (const one of expected) expect(said.some((text) => text.startsWith(one))).toBe(true);
  expect(changes.some(({ replaces }) => replaces)).toBe(expected.some((one) => one.startsWith('replace')));
});

test.each<[string, Bag, RegExp]>([
  ['a value that is none', { value: 'best' }, /^1007: Invalid value for zone setting ssl/],
  [
    'a setting of a higher plan',
    { settingId: 'polish', value: 'lossy' },
    /^1015: Not allowed to edit setting for polish/,
  ],
  ['a setting that is none', { settingId: 'quic', value: 'on' }, /^1006/],
])('a setting is refused with %s', (_what, change, reason) => {
  expect(cloud.refusals(flare('ZoneSetting'), setting)).toEqual([]);
  expect(cloud.refusals(flare('ZoneSetting'), { ...setting, ...change })).toEqual([expect.stringMatching(reason)]);
});

test.each<[string, Bag, RegExp]>([
  ['eleven rules', { rules: Array.from({ length: 11 }, () => rule) }, /^exceeded maximum number .*: 11 out of 10/],
  ['an action of another phase', { rules: [{ ...rule, action: 'block' }] }, /^20120: action 'block'/],
  ['a parenthesis that stays open', { rules: [{ ...rule, expression: '(ssl' }] }, /^20127/],
  ['a parenthesis too many', { rules: [{ ...rule, expression: '(ssl))(' }] }, /^20127/],
  ['a quote that stays open', { rules: [{ ...rule, expression: 'http.host eq "a' }] }, /^20127/],
  ['two stars', { rules: [{ ...rule, expression: 'http.host wildcard "a**"' }] }, /^20127/],
  ['an account beside the zone', { accountId: 'a'.repeat(32) }, /exactly one/],
])('rules are refused with %s', (_what, change, reason) => {
  expect(cloud.refusals(flare('Ruleset'), rules)).toEqual([]);
  expect(cloud.refusals(flare('Ruleset'), { ...rules, ...change })).toEqual([expect.stringMatching(reason)]);
});

test('a parenthesis in a text opens nothing', () => {
  const expression = 'http.host eq "a(\\"(" and (ssl)';
  expect(cloud.refusals(flare('Ruleset'), { ...rules, rules: [{ ...rule, expression }] })).toEqual([]);
});

test('a zone has one list of rules in a phase', () => {
  expect(cloud.make(flare('Ruleset'), 'mine', rules).version).toBe('1');
  expect(() => cloud.make(flare('Ruleset'), 'yours', rules)).toThrow(/^20217/);
  expect(cloud.change('mine', { ...rules, rules: [] }).version).toBe('2');
  cloud.delete('mine');
  cloud.make(flare('Ruleset'), 'yours', rules);
});

test('a token holds no spaces', () => {
  const check = (apiToken: string) => cloudflarePackage.checkConfig!({ values: { apiToken } }, '1');
  expect(check('cfut_abc-DEF')).toEqual([]);
  expect(check('Bearer abc')).toEqual([expect.objectContaining({ property: 'apiToken' })]);
});
