import { expect, inspect, inspectEach, pass, unknown } from '../judge';
import type { ResourceRule, StackRule } from '../rule';
import { findEach } from '../stack';
import { at, flag, type Known, list, numeric, present, show, text, UNKNOWN, type Value } from '../values';

const common = { severity: 'mandatory', controls: [] as string[], scope: 'resource' } as const;

/** What settings must be, where they are said at all. */
const wanted = new Map<string, { right: (value: Value) => boolean; says: string }>([
  ['ssl', { right: (value) => value === 'strict', says: 'strict' }],
  ['min_tls_version', { right: (value) => (numeric(value) ?? 0) >= 1.2, says: '1.2 or newer' }],
  ['always_use_https', { right: (value) => value === 'on', says: 'on' }],
]);

export const cloudflareTls: ResourceRule = {
  ...common,
  types: ['cloudflare:index/zoneSetting:ZoneSetting'],
  id: 'cloudflare-tls',
  title: 'Cloudflare speaks TLS 1.2 or newer with clients, and checks the certificate of what is behind it',
  why: 'With "flexible" or "full" anybody between Cloudflare and the entry can read along and answer in its place.',
  mend: 'Set ssl to strict, min_tls_version to 1.2 or 1.3 and always_use_https to on.',
  check: (resource) => [
    inspect(resource, ['settingId', 'value'], (id, value) => {
      const rule = wanted.get(text(id));
      return !rule || rule.right(value) ? undefined : `${text(id)} is ${show(value)}, not ${rule.says}`;
    }),
  ],
};

const proxiable = /^(A|AAAA|CNAME)$/;

export const cloudflareProxied: ResourceRule = {
  ...common,
  types: ['cloudflare:index/dnsRecord:DnsRecord'],
  id: 'cloudflare-proxied',
  title: 'Records of a zone at Cloudflare lead through its proxy',
  why: 'A record without the proxy tells everybody the address behind it, and nothing of the zone protects what it leads to.',
  mend: 'Set proxied to true, and ttl to 1.',
  check: (resource) => [
    inspect(resource, ['type', 'proxied'], (type, on) =>
      !proxiable.test(text(type)) || flag(on) ? undefined : `proxied is ${show(on)}`,
    ),
  ],
};

export const cloudflareCache: ResourceRule = {
  ...common,
  types: ['cloudflare:index/ruleset:Ruleset'],
  id: 'cloudflare-cache-by-path',
  title: 'Cloudflare caches by path, and no longer than the origin says',
  why: "A rule without a path keeps one client's answer for the next; one that overrides the origin keeps what must not be kept.",
  mend: "Name http.request.uri.path in the rule's expression, and set edgeTtl.mode to 'respect_origin'.",
  check: (resource) =>
    resource.props.phase !== 'http_request_cache_settings'
      ? [pass]
      : inspectEach(resource, 'rules', (rule, path) => {
          const [caches, expression, mode] = [
            'actionParameters.cache',
            'expression',
            'actionParameters.edgeTtl.mode',
          ].map((part) => at(rule, part));
          if ([caches, expression, mode].includes(UNKNOWN)) return unknown(path);
          if (!flag(caches)) return pass;
          return [
            expect(text(expression).includes('http.request.uri.path'), 'a rule caches whatever the path is', path),
            expect(mode !== 'override_origin', 'a rule overrides what the origin says', path),
          ];
        }),
};

const limiters = ['aws:wafv2/webAcl:WebAcl', 'gcp:compute/securityPolicy:SecurityPolicy'];

export const clientLimits: StackRule = {
  ...common,
  scope: 'stack',
  types: limiters,
  id: 'cloudflare-client-limits',
  title:
    'Behind Cloudflare, requests are counted by the client that Cloudflare names, and it alone is believed about him',
  why:
    "Every client comes from Cloudflare's addresses: a limit by address that is meant for one would turn hundreds away. Who " +
    'goes around Cloudflare can write its header himself, and would have no limit at all.',
  mend:
    "Count by the header CF-Connecting-IP for requests from Cloudflare's ranges alone (AWS: FORWARDED_IP with a " +
    'scopeDownStatement; Google Cloud: HTTP_HEADER in a rule of srcIpRanges), and by address for the rest.',
  check(stack) {
    const proxied = stack.ofType(...cloudflareProxied.types).some(({ props }) => flag(props.proxied));
    return findEach(stack, limiters, (limiter) =>
      proxied
        ? inspectEach(limiter, 'rules', (rule, path) => {
            const { key, whose } = countOf(rule);
            if (key === UNKNOWN || whose === UNKNOWN) return unknown(path);
            if (key === undefined) return pass;
            if (key !== 'IP') return expect(whose !== 'everybody', 'it believes the header of whoever asks', path);
            const rest = whose === 'some' || comesAfter(rule, limiter.props.rules);
            return expect(rest, 'it counts by address, and all come from Cloudflare', path);
          })
        : [pass],
    );
  },
};

/** By what a rule counts, and whether every request or some. No key: it counts nothing. */
function countOf(rule: Value): { key: Value; whose: 'everybody' | 'some' | typeof UNKNOWN } {
  const rate = at(rule, 'statement.rateBasedStatement');
  if (rate === UNKNOWN) return { key: UNKNOWN, whose: UNKNOWN };
  if (present(rate)) {
    const whose = present(at(rate, 'scopeDownStatement')) ? 'some' : 'everybody';
    return { key: at(rate, 'aggregateKeyType'), whose };
  }
  const [options] = list(at(rule, 'rateLimitOptions'));
  const ranges = at(rule, 'match.config.srcIpRanges');
  const key = options === undefined ? undefined : at(options, 'enforceOnKey');
  if (ranges === UNKNOWN) return { key, whose: UNKNOWN };
  return { key, whose: present(ranges) && !list(ranges).includes('*') ? 'some' : 'everybody' };
}

/** Whether another rule of Cloud Armor's counts by a header first: the first that matches is the only one. */
function comesAfter(rule: Known, rules: Value): boolean {
  const own = numeric(at(rule, 'priority'));
  if (own === undefined) return false;
  return list(rules).some((other) => {
    const { key, whose } = countOf(other);
    const priority = numeric(at(other, 'priority'));
    return key === 'HTTP_HEADER' && whose === 'some' && priority !== undefined && priority < own;
  });
}

export const cloudflareRules = [cloudflareTls, cloudflareProxied, cloudflareCache, clientLimits];
