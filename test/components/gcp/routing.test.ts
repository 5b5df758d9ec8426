import { record } from '../../../cli/offline/recorder';
import { ServiceEntry, type ServiceEntryArgs } from '../../../components/gcp/entry/service-entry';
import { urlRules } from '../../../components/gcp/entry/url-rules';
import type { RoutePlan } from '../../../plan/types';
import { all, messageOf, one } from '../recorded';

/** Mercenary's, as its guide has them. */
const rules: RoutePlan[] = [
  { name: 'static', paths: ['/static/*', '/media/*'], redirectTo: 'static.example.com' },
  { name: 'www', hosts: ['www.example.com'], redirectTo: 'example.com' },
  { name: 'download', query: [{ key: 'download', value: '1' }], paths: ['/files/*'], redirectTo: 'static.example.com' },
];
const args = (more: Partial<ServiceEntryArgs> = {}): ServiceEntryArgs => ({
  domain: 'example.com',
  groups: ['groups/usc1'],
  port: 8000,
  healthCheck: { path: '/health', intervalSeconds: 30, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
  idleTimeoutSeconds: 300,
  drainSeconds: 30,
  ...more,
});
const made = (more: Partial<ServiceEntryArgs>) => record(() => void new ServiceEntry('shop', args(more)));
const backendOf = async (more: Partial<ServiceEntryArgs>) =>
  one(await made(more), 'gcp:compute/backendService:BackendService').inputs;

const redirect = (hostRedirect: string) => ({
  hostRedirect,
  httpsRedirect: true,
  redirectResponseCode: 'FOUND',
  stripQuery: false,
});

test('rules in their order, by host, path and query', () => {
  const { hostRules, pathMatchers } = urlRules(rules, 'backend') as {
    hostRules: unknown;
    pathMatchers: { name: string; routeRules: unknown[] }[];
  };
  expect(hostRules).toEqual([
    { hosts: ['www.example.com'], pathMatcher: 'host-0' },
    { hosts: ['*'], pathMatcher: 'every-host' },
  ]);
  const [www, every] = pathMatchers;
  expect(every).toEqual({
    name: 'every-host',
    defaultService: 'backend',
    routeRules: [
      {
        priority: 10,
        matchRules: [{ prefixMatch: '/static/' }, { prefixMatch: '/media/' }],
        urlRedirect: redirect('static.example.com'),
      },
      {
        priority: 20,
        matchRules: [{ prefixMatch: '/files/', queryParameterMatches: [{ name: 'download', exactMatch: '1' }] }],
        urlRedirect: redirect('static.example.com'),
      },
    ],
  });
  expect(www!.routeRules).toHaveLength(3);
  expect(www!.routeRules[1]).toMatchObject({ priority: 20, urlRedirect: { hostRedirect: 'example.com' } });
});

test('a rule without a redirect is the service’s own, by any of its paths and parameters', () => {
  const own: RoutePlan = {
    name: 'own',
    paths: ['/exact', '/a/*/b', '/a/*/c*'],
    query: [
      { key: 'v', value: '1' },
      { key: 'v', value: '2' },
    ],
  };
  const [rule] = (urlRules([own], 'backend').pathMatchers as unknown as { routeRules: Record<string, unknown>[] }[])[0]!
    .routeRules;
  expect(rule!.service).toBe('backend');
  expect(rule!.matchRules).toHaveLength(6);
  expect((rule!.matchRules as unknown[]).slice(0, 3)).toEqual([
    { fullPathMatch: '/exact', queryParameterMatches: [{ name: 'v', exactMatch: '1' }] },
    { fullPathMatch: '/exact', queryParameterMatches: [{ name: 'v', exactMatch: '2' }] },
    { pathTemplateMatch: '/a/*/b', queryParameterMatches: [{ name: 'v', exactMatch: '1' }] },
  ]);
  expect(urlRules([], 'backend')).toEqual({});
});

test('the service’s URL map has the rules, and the one that leads to HTTPS has none', async () => {
  const maps = all(await made({ routing: { algorithm: 'round-robin', rules } }), 'gcp:compute/uRLMap:URLMap');
  expect(maps.map(({ name, inputs }) => [name, 'hostRules' in inputs]).sort()).toEqual([
    ['shop', true],
    ['shop-redirect', false],
  ]);
});

test('a cookie keeps a client at its instance, by the one way of picking that does', async () => {
  expect(await backendOf({ routing: { algorithm: 'round-robin', affinitySeconds: 3_600, rules: [] } })).toMatchObject({
    sessionAffinity: 'GENERATED_COOKIE',
    affinityCookieTtlSec: 3_600,
    localityLbPolicy: 'MAGLEV',
  });
});

test.each([
  ['least-outstanding-requests', 'LEAST_REQUEST'],
  ['round-robin', 'ROUND_ROBIN'],
] as const)('without affinity %s is %s', async (algorithm, localityLbPolicy) => {
  const backend = await backendOf({ routing: { algorithm, rules: [] } });
  expect(backend.localityLbPolicy).toBe(localityLbPolicy);
  expect(backend).not.toHaveProperty('sessionAffinity');
});

test('a share of requests for each instance, which the autoscaler reads', async () => {
  const { backends } = await backendOf({ requestsPerMinute: 1_200 });
  expect(backends).toEqual([
    { group: 'groups/usc1', balancingMode: 'RATE', maxRatePerInstance: 20, capacityScaler: 1 },
  ]);
});

test.each([1, 7, 1_000, 99_999])(
  'the share of %i requests a minute comes back from Google as it was sent',
  async (requests) => {
    const { backends } = await backendOf({ requestsPerMinute: requests });
    const [{ maxRatePerInstance: sent }] = backends as [{ maxRatePerInstance: number }];
    expect(sent * 60).toBeCloseTo(requests, 0);
    // Single precision, told by as few digits as tell it from its neighbours.
    expect(Number(Math.fround(sent).toPrecision(7))).toBe(sent);
  },
);

test.each<[string, RoutePlan, string]>([
  ['no condition', { name: 'r', redirectTo: 'a.example.com' }, 'matches everything'],
  ['a path that does not begin', { name: 'r', paths: ['static/*'] }, '"static/*" cannot be matched'],
  ['a star inside a name', { name: 'r', paths: ['/a*b/c'] }, '"/a*b/c" cannot be matched'],
  ['a host that is none', { name: 'r', hosts: ['WWW'] }, '"WWW" is no host'],
  ['a redirect with a scheme', { name: 'r', paths: ['/a'], redirectTo: 'https://a' }, '"https://a" is no host'],
])('%s is refused', (_, rule, problem) => {
  const routing = { algorithm: 'round-robin' as const, rules: [rule] };
  expect(messageOf(() => new ServiceEntry('shop', args({ routing })))).toContain(problem);
});

test('two rules of one name, a cookie for longer than Google keeps one, and no share are refused together', () => {
  const routing = { algorithm: 'round-robin' as const, affinitySeconds: 2_000_000, rules: [rules[0]!, rules[0]!] };
  const message = messageOf(() => new ServiceEntry('shop', args({ routing, requestsPerMinute: 0 })));
  expect(message.split('\n').map((line) => line.replace(/: .*/, '').trim())).toEqual([
    'ServiceEntry "shop" cannot be created:',
    'requestsPerMinute',
    'routing.affinitySeconds',
    'routing.rules',
  ]);
});
