import { randomInt } from 'node:crypto';
import { problem, type Problem } from '../../model/errors';
import { matches, number, text } from '../../model/reading';
import { isBag, type Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { gcp, label, to } from '../parts';
import { backendBucket } from './backend-bucket';
import { backendService } from './backend-service';

const services = [backendService.token, backendBucket.token];
const redirects = ['MOVED_PERMANENTLY_DEFAULT', 'FOUND', 'PERMANENT_REDIRECT', 'SEE_OTHER', 'TEMPORARY_REDIRECT'];

export const urlMap = google({
  token: gcp('compute', 'URLMap'),
  id: 'projects/{project}/global/urlMaps/{name}',
  links: COMPUTE,
  naming: label(),
  references: [
    to('defaultService', services, true),
    to('pathMatchers.*.defaultService', services, true),
    to('pathMatchers.*.pathRules.*.service', services, true),
    to('pathMatchers.*.routeRules.*.service', services, true),
  ],
  enumerations: {
    'defaultUrlRedirect.redirectResponseCode': redirects,
    'pathMatchers.*.defaultUrlRedirect.redirectResponseCode': redirects,
    'pathMatchers.*.routeRules.*.urlRedirect.redirectResponseCode': redirects,
  },
  replaceOn: ['name', 'project'],
  sets: ['hostRules', 'hostRules.*.hosts'],
  computed: ['creationTimestamp', 'fingerprint', 'mapId'],
  check: checkUrlMap,
  make: () => ({
    state: { creationTimestamp: new Date().toISOString(), fingerprint: '', mapId: randomInt(1e12, 9e12) },
  }),
});

function checkUrlMap(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const kinds = ['defaultService', 'defaultUrlRedirect', 'defaultRouteAction'].filter(
    (key) => inputs[key] !== undefined,
  );
  if (kinds.length === 0 || (kinds.includes('defaultUrlRedirect') && kinds.length > 1)) {
    problems.push(problem('defaultService', 'exactly one of defaultService, defaultUrlRedirect must be specified'));
  }
  if (isBag(inputs.defaultUrlRedirect) && inputs.defaultUrlRedirect.stripQuery === undefined) {
    problems.push(problem('defaultUrlRedirect', 'Missing required argument: stripQuery is required'));
  }
  const matchers = matches(inputs, 'pathMatchers.*.name').map(({ value }) => value);
  const used = matches(inputs, 'hostRules.*.pathMatcher').map(({ value }) => value);
  const lost = used.find((name) => !matchers.includes(name));
  if (lost !== undefined) problems.push(problem('hostRules', `invalid: there is no path matcher ${String(lost)}`));
  const idle = matchers.find((name) => !used.includes(name));
  if (idle !== undefined)
    problems.push(problem('pathMatchers', `invalid: no host rule uses the path matcher ${String(idle)}`));
  const hosts = matches(inputs, 'hostRules.*.hosts.*').map(({ value }) => value);
  if (new Set(hosts).size < hosts.length) problems.push(problem('hostRules', 'invalid: a host is in two rules'));
  return [...problems, ...routeFaults(inputs)];
}

const pathMatches = ['prefixMatch', 'fullPathMatch', 'regexMatch', 'pathTemplateMatch'];

/** What Google refuses about route rules: two of one priority, two matches of a path in one, and two answers. */
function routeFaults(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const refuse = (reason: string) => problems.push(problem('pathMatchers', `invalid: ${reason}`));
  for (const { value: matcher } of matches(inputs, 'pathMatchers.*')) {
    const rules = matches(matcher, 'routeRules.*');
    const priorities = rules.map(({ value }) => number(value, 'priority'));
    if (new Set(priorities).size < priorities.length) refuse('two route rules have the same priority');
    if (rules.length > 0 && matches(matcher, 'pathRules.*').length > 0) {
      refuse('a path matcher has path rules or route rules, not both');
    }
  }
  for (const { value: rule } of matches(inputs, 'pathMatchers.*.routeRules.*')) {
    const answers = ['service', 'urlRedirect', 'routeAction'].filter((key) => (rule as Bag)[key] !== undefined);
    if (answers.length === 0) refuse('a route rule has a service, a redirect or an action');
    if (answers.includes('urlRedirect') && answers.length > 1) refuse('a route rule that redirects has no service');
    if (text(rule, 'urlRedirect.pathRedirect') !== undefined && text(rule, 'urlRedirect.prefixRewrite') !== undefined) {
      refuse('a redirect has a path or a prefix, not both');
    }
    for (const { value: match } of matches(rule, 'matchRules.*')) {
      const given = pathMatches.filter((key) => (match as Bag)[key] !== undefined);
      if (given.length !== 1) refuse(`one of ${pathMatches.join(', ')} is needed in a match rule`);
    }
  }
  return problems;
}
