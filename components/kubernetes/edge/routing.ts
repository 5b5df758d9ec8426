import type { RoutePlan, RoutingPlan } from '../../../plan/types';
import { block, map } from './nginx-words';

/** The cookie that leads a client back to the pod that it came to first. */
export const AFFINITY_COOKIE = 'ladder_affinity';

/** Lines of nginx's configuration that routing adds, by where they stand. */
export interface RoutingLines {
  /** In `http`, before the upstream. */
  http: string[];
  /** How the upstream picks, in its block. */
  upstream: string[];
  /** In the server that answers, before its locations. */
  server: string[];
}

/**
 * What nginx does with a request before it reaches a service. Rules are maps: each is 1 where it matches, the first that
 * is decides, and a redirect keeps path and query.
 *
 * The nginx that everybody has leads a client back by a hash: the value of a cookie, set with the first answer, always
 * comes to the same pod while that is there, and where pods come or go only a part of the clients moves (`consistent`). A
 * hash picks by itself, so it takes the place of `least_conn`. Pure.
 */
export function routingLines(routing: RoutingPlan | undefined): RoutingLines {
  if (!routing) return { http: [], upstream: ['least_conn;'], server: [] };
  const { rules, affinitySeconds } = routing;
  return {
    http: [
      ...rules.flatMap(ruleMaps),
      ...(rules.length > 0 ? [decision(rules)] : []),
      ...affinityMaps(affinitySeconds),
    ],
    upstream: picks(routing),
    server: [
      ...rules.flatMap(redirect),
      // Nothing is sent where the value is empty.
      ...(affinitySeconds === undefined ? [] : ['add_header Set-Cookie $affinity_cookie;']),
    ],
  };
}

/** Hosts that rules ask for besides the service's own: names that nginx answers to as well. */
export function routedHosts(routing: RoutingPlan | undefined, domain: string): string[] {
  const hosts = (routing?.rules ?? []).flatMap((rule) => rule.hosts ?? []);
  return [...new Set(hosts)].filter((host) => host !== domain);
}

function picks({ algorithm, affinitySeconds }: RoutingPlan): string[] {
  if (affinitySeconds !== undefined) return ['hash $affinity consistent;'];
  // Round robin is nginx's own way, and has no word.
  return algorithm === 'least-outstanding-requests' ? ['least_conn;'] : [];
}

/** The value of the cookie; else a new one, the request's own identifier, and the cookie with it. */
function affinityMaps(seconds: number | undefined): string[] {
  if (seconds === undefined) return [];
  const cookie = `$cookie_${AFFINITY_COOKIE}`;
  const ours = '~^[0-9a-f]{32}$';
  const words = `Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Lax`;
  return [
    map(cookie, '$affinity', '$request_id', [[ours, cookie]]),
    map(cookie, '$affinity_cookie', `"${AFFINITY_COOKIE}=$request_id; ${words}"`, [[ours, '""']]),
  ];
}

/** Whether each kind of condition of a rule has a value that fits, and whether all kinds have. */
function ruleMaps(rule: RoutePlan, at: number): string[] {
  const own = `$route_${at + 1}`;
  const fits = (source: string, name: string, patterns: string[]) =>
    map(
      source,
      name,
      '0',
      patterns.map((pattern) => [`~${pattern}`, '1']),
    );
  const maps: string[] = [];
  const kinds: string[] = [];
  const kind = (source: string, name: string, patterns: string[]) => {
    maps.push(fits(source, `${own}_${name}`, patterns));
    kinds.push(`\${route_${at + 1}_${name}}`);
  };
  if (rule.paths) kind('$uri', 'path', rule.paths.map(pathPattern));
  if (rule.hosts)
    kind(
      '$host',
      'host',
      rule.hosts.map((host) => `^${literal(host)}$`),
    );
  if (rule.query) {
    const { query } = rule;
    const each = query.map((_, index) => `${own}_query_${index + 1}`);
    query.forEach(({ key, value }, index) => maps.push(fits(`$arg_${key}`, each[index]!, valuePatterns(value))));
    kind(`"${each.join(':')}"`, 'query', ['1']);
  }
  return [...maps, map(`"${kinds.join('')}"`, own, '0', [['1'.repeat(kinds.length), '1']])];
}

/** Number of the first rule that matches, 0 where none does. */
function decision(rules: RoutePlan[]): string {
  const source = rules.map((_, at) => `\${route_${at + 1}}`).join('');
  return map(
    `"${source}"`,
    '$route',
    '0',
    rules.map((_, at) => [`~^${'0'.repeat(at)}1`, String(at + 1)]),
  );
}

function redirect({ redirectTo }: RoutePlan, at: number): string[] {
  if (redirectTo === undefined) return [];
  return [block(`if ($route = ${at + 1})`, [`return 302 https://${redirectTo}$request_uri;`])];
}

function pathPattern(path: string): string {
  return `^${path.split('*').map(literal).join('.*')}$`;
}

/** A value as it may stand in a query: as it is, or escaped. */
function valuePatterns(value: string): string[] {
  return [...new Set([value, encodeURIComponent(value)])].map((text) => `^${literal(text)}$`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
