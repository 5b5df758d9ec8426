import type * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import type { RoutePlan } from '../../../plan/types';
import { type Fault, must, noTwice } from '../../faults';

type UrlMap = Pick<gcp.compute.URLMapArgs, 'hostRules' | 'pathMatchers'>;
type RouteRule = gcp.types.input.compute.URLMapPathMatcherRouteRule;
type MatchRule = gcp.types.input.compute.URLMapPathMatcherRouteRuleMatchRule;

/** Route rules of one path matcher, and patterns in a path, that Google takes. */
const MOST_RULES = 200;

/**
 * A guide's rules as a URL map says them: hosts pick a path matcher, and in it rules by path and query stand in their
 * order. Rules without hosts hold for every host. Pure; without rules there is nothing to say.
 */
export function urlRules(rules: RoutePlan[], service: pulumi.Input<string>): UrlMap {
  if (rules.length === 0) return {};
  const hosts = [...new Set(rules.flatMap((rule) => rule.hosts ?? []))];
  const matcher = (name: string, host?: string) => {
    const own = rules.filter((rule) => !rule.hosts || (host !== undefined && rule.hosts.includes(host)));
    const routeRules = own.map((rule, at) => routeRule(rule, (at + 1) * 10, service));
    return { name, defaultService: service, ...(routeRules.length > 0 && { routeRules }) };
  };
  const everyHost = rules.some((rule) => !rule.hosts);
  return {
    hostRules: [
      ...hosts.map((host, at) => ({ hosts: [host], pathMatcher: `host-${at}` })),
      ...(everyHost ? [{ hosts: ['*'], pathMatcher: 'every-host' }] : []),
    ],
    pathMatchers: [
      ...hosts.map((host, at) => matcher(`host-${at}`, host)),
      ...(everyHost ? [matcher('every-host')] : []),
    ],
  };
}

function routeRule(
  { paths, query, redirectTo }: RoutePlan,
  priority: number,
  service: pulumi.Input<string>,
): RouteRule {
  // One of each must match; Google's matches stand side by side, so there is one for each pair.
  const pairs = (paths ?? ['/*']).flatMap((path) => (query ?? [undefined]).map((parameter) => ({ path, parameter })));
  return {
    priority,
    matchRules: pairs.map(({ path, parameter }): MatchRule => ({
      ...pathMatch(path),
      ...(parameter && { queryParameterMatches: [{ name: parameter.key, exactMatch: parameter.value }] }),
    })),
    ...(redirectTo === undefined
      ? { service }
      : {
          urlRedirect: {
            hostRedirect: redirectTo,
            httpsRedirect: true,
            redirectResponseCode: 'FOUND',
            stripQuery: false,
          },
        }),
  };
}

/** `/static/*` by what it begins with, which knows any depth; a star in the middle is one part of a path. */
function pathMatch(path: string): MatchRule {
  if (!path.includes('*')) return { fullPathMatch: path };
  const begins = path.slice(0, -1);
  if (path.endsWith('*') && !begins.includes('*')) return { prefixMatch: begins };
  return { pathTemplateMatch: path.replace(/\*$/, '**') };
}

/** What a URL map cannot say: a star that is a part of a name and no whole part of the path. */
export function routingFaults(rules: RoutePlan[]): Fault[] {
  return [
    must(rules.length <= MOST_RULES, 'routing.rules', `${rules.length} are more than ${MOST_RULES}`),
    ...noTwice(
      'routing.rules',
      rules.map(({ name }) => name),
    ),
    ...rules.flatMap(({ name, paths = [], hosts = [], query = [], redirectTo }) => [
      ...paths.map((path) =>
        must(/^\/[^*]*\*?$|^(\/(\*|[^*/]+))+$/.test(path), `routing.rules.${name}`, `"${path}" cannot be matched`),
      ),
      ...hosts.map((host) =>
        must(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host), `routing.rules.${name}`, `"${host}" is no host's name`),
      ),
      must(
        paths.length + hosts.length + query.length > 0,
        `routing.rules.${name}`,
        'matches everything: it has no condition',
      ),
      redirectTo === undefined
        ? undefined
        : must(/^[a-z0-9.-]+$/.test(redirectTo), `routing.rules.${name}`, `"${redirectTo}" is no host's name`),
    ]),
  ];
}
