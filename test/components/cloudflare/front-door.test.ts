import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import type { FrontDoorArgs } from '../../../components/cloudflare/arguments';
import { cacheRules } from '../../../components/cloudflare/cache-rules';
import { FrontDoor } from '../../../components/cloudflare/front-door';
import { zoneSettings } from '../../../components/cloudflare/zone-settings';
import { all, counts, messageOf, one, parentName } from '../recorded';

const recordType = 'cloudflare:index/dnsRecord:DnsRecord';
const settingType = 'cloudflare:index/zoneSetting:ZoneSetting';
const rulesType = 'cloudflare:index/ruleset:Ruleset';
const zoneId = '023e105f4ecef8ad9ca31a8372d0c353';
const args: FrontDoorArgs = {
  zoneId,
  zoneName: 'example.com',
  furtherHosts: [],
  cachedPaths: ['/static/*'],
  http3: true,
  brotli: true,
  entry: { host: 'api.example.com', target: { kind: 'name', name: pulumi.output('lb.example.net') } },
  content: {
    host: 'static.example.com',
    target: { kind: 'name', name: pulumi.output('d1.cloudfront.net') },
    signedPaths: ['/recordings/*'],
  },
  comment: 'Pulse, prod',
};
const made = (change: Partial<FrontDoorArgs> = {}) =>
  record(() => {
    new FrontDoor('pulse-prod-front-door', { ...args, ...change });
    return {};
  });

test('further names of the service lead where it does', async () => {
  const recording = await made({ furtherHosts: ['www.example.com'] });
  const names = all(recording, recordType).map(({ inputs }) => [inputs.name, inputs.content]);
  expect(names).toContainEqual(['www.example.com', 'lb.example.net']);
  await expect(made({ furtherHosts: ['www.other.com', 'api.example.com', 'static.example.com'] })).rejects.toThrow(
    /furtherHosts\[0\].host: "www.other.com" is not in the zone[\s\S]*content.host: static.example.com is the service's too[\s\S]*furtherHosts: "api.example.com" stands there more than once/,
  );
});

test('two names lead to a balancer and a CDN through the proxy', async () => {
  const recording = await made();
  expect(Object.fromEntries(all(recording, recordType).map(({ name, inputs }) => [name, inputs]))).toEqual({
    'pulse-prod-front-door-entry': {
      zoneId,
      name: 'api.example.com',
      type: 'CNAME',
      content: 'lb.example.net',
      proxied: true,
      ttl: 1,
      comment: 'Pulse, prod',
    },
    'pulse-prod-front-door-content': {
      zoneId,
      name: 'static.example.com',
      type: 'CNAME',
      content: 'd1.cloudfront.net',
      proxied: true,
      ttl: 1,
      comment: 'Pulse, prod',
    },
  });
  expect(parentName(one(recording, rulesType))).toBe('pulse-prod-front-door');
});

test('addresses are a record each, also of the zone itself', async () => {
  const addresses = ['203.0.113.7', '203.0.113.8'].map((one) => pulumi.output(one));
  const recording = await made({
    entry: { host: 'example.com', target: { kind: 'addresses', addresses } },
    content: undefined,
  });
  expect(
    all(recording, recordType)
      .map(({ name, inputs }) => [name, inputs.name, inputs.type, inputs.content])
      .sort(),
  ).toEqual([
    ['pulse-prod-front-door-entry-0', 'example.com', 'A', '203.0.113.7'],
    ['pulse-prod-front-door-entry-1', 'example.com', 'A', '203.0.113.8'],
  ]);
});

test('the zone checks the origin, speaks TLS 1.2 at least, and lets WebSockets through', async () => {
  const recording = await made();
  const settings = Object.fromEntries(
    all(recording, settingType).map(({ inputs }) => [inputs.settingId, inputs.value]),
  );
  expect(settings).toEqual(zoneSettings(args));
  expect(settings).toMatchObject({ ssl: 'strict', min_tls_version: '1.2', always_use_https: 'on', websockets: 'on' });
  expect(zoneSettings({ http3: false, brotli: true })).toMatchObject({ http3: 'off', brotli: 'on' });
});

test('cached paths are kept as the origin says, signed ones never; the last rule wins', async () => {
  const recording = await made();
  expect(one(recording, rulesType).inputs).toMatchObject({
    zoneId,
    kind: 'zone',
    phase: 'http_request_cache_settings',
    rules: [
      {
        expression: 'http.host eq "api.example.com" and (http.request.uri.path strict wildcard "/static/*")',
        actionParameters: { cache: true, edgeTtl: { mode: 'respect_origin' } },
      },
      {
        expression: 'http.host eq "static.example.com" and (http.request.uri.path strict wildcard "/recordings/*")',
        actionParameters: { cache: false },
      },
    ],
  });
});

test('without anything to say about the cache there are no rules', async () => {
  const recording = await made({ cachedPaths: [], content: { ...args.content!, signedPaths: [] } });
  expect(all(recording, rulesType)).toEqual([]);
});

test('a stack that shares its zone makes records alone', async () => {
  expect(counts(await made({ sharedZone: true }))).toEqual({ 'stackladder:cloudflare:FrontDoor': 1, [recordType]: 2 });
});

test('several paths are one rule, and no path says more than a path', () => {
  const [rule] = cacheRules('a.example.com', ['/a/*', '/b"or\\c'], { host: 'b.example.com', signed: [] });
  expect(rule?.expression).toBe(
    'http.host eq "a.example.com" and (http.request.uri.path strict wildcard "/a/*" or http.request.uri.path strict wildcard "/b\\"or\\\\c")',
  );
});

test('all faults in one message', () => {
  const wrong: FrontDoorArgs = {
    ...args,
    zoneId: 'example.com',
    zoneName: 'example',
    cachedPaths: ['static/*', '/a?b=1', '/a**', '/x', '/x'],
    entry: { host: 'api.example.org', target: { kind: 'addresses', addresses: [] } },
    content: { ...args.content!, host: 'api.example.org' },
    comment: 'x'.repeat(101),
  };
  expect(messageOf(() => new FrontDoor('door', wrong)).split('\n')).toEqual([
    'FrontDoor "door" cannot be created:',
    '  zoneId: "example.com" must be 32 hexadecimal digits',
    '  zoneName: "example" must be a domain',
    '  entry.host: "api.example.org" is not in the zone example, and Cloudflare answers for that alone',
    '  entry.target: one address is needed at least',
    '  content.host: "api.example.org" is not in the zone example, and Cloudflare answers for that alone',
    "  content.host: api.example.org is the entry's name",
    ...['static/*', '/a?b=1', '/a**'].map(
      (path, at) =>
        `  cachedPaths[${at}]: "${path}" must be a path such as /static/*, without a query and without two stars in a row`,
    ),
    '  cachedPaths: "/x" stands there more than once',
    '  comment: 100 characters are what the free plan keeps',
  ]);
  // a host that only ends alike is not in the zone
  expect(messageOf(() => new FrontDoor('door', { ...args, entry: { ...args.entry, host: 'notexample.com' } }))).toMatch(
    /notexample.com" is not in the zone/,
  );
});
