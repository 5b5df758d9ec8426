import { randomInt } from 'node:crypto';
import { problem, type Problem } from '../../model/errors';
import { matches } from '../../model/reading';
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
  return problems;
}
