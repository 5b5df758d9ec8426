import { boundsOf } from '../../bounds';
import { expect, inspect, type Judgement, pass, unknown } from '../../judge';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { either, findEach, refersTo, type Stack } from '../../stack';
import { at, flag, list, numeric, present, show, type Unknown, UNKNOWN } from '../../values';

const sslPolicy = 'gcp:compute/sSLPolicy:SSLPolicy';
const httpsProxy = 'gcp:compute/targetHttpsProxy:TargetHttpsProxy';
const httpProxy = 'gcp:compute/targetHttpProxy:TargetHttpProxy';
const urlMap = 'gcp:compute/uRLMap:URLMap';
const backend = 'gcp:compute/backendService:BackendService';
const armor = 'gcp:compute/securityPolicy:SecurityPolicy';
/** Content of a bucket, kept at the edge: no instances to guard, and an origin on the internet has no health checks. */
const servesContent = (service: Resource): boolean => flag(service.props.enableCdn);
const common = { severity: 'mandatory', scope: 'stack' } as const;

export const tls: StackRule = {
  ...common,
  id: 'gcp-tls-policy',
  title: 'A balancer for HTTPS has an SSL policy of TLS 1.2 or better',
  why: "Google's own default still accepts TLS 1.0.",
  mend: "Give the proxy an SSLPolicy with minTlsVersion 'TLS_1_2' and profile 'MODERN' or 'RESTRICTED'.",
  controls: ['Checkov CKV_GCP_4', 'CIS GCP 3.9'],
  types: [httpsProxy, sslPolicy],
  check: (stack) => [
    ...findEach(stack, [httpsProxy], (proxy) => [
      expect(present(proxy.props.sslPolicy), 'it has no SSL policy', 'sslPolicy'),
    ]),
    ...findEach(stack, [sslPolicy], (policy) => [
      inspect(policy, ['minTlsVersion'], (version) =>
        version === 'TLS_1_2' || version === 'TLS_1_3' ? undefined : `minTlsVersion is ${show(version)}`,
      ),
      inspect(policy, ['profile'], (profile) =>
        profile === 'COMPATIBLE' || !present(profile) ? `its profile is ${show(profile ?? 'COMPATIBLE')}` : undefined,
      ),
    ]),
  ],
};

export const httpRedirects: StackRule = {
  ...common,
  id: 'gcp-http-redirects',
  title: 'A balancer for HTTP only redirects to HTTPS',
  why: 'Anything else answers, or passes on, in plain text.',
  mend: 'Give its proxy a URL map with defaultUrlRedirect.httpsRedirect true and nothing else.',
  controls: [],
  types: [httpProxy],
  check: (stack) =>
    findEach(stack, [httpProxy], (proxy): Judgement[] => {
      const maps = stack.ofType(urlMap).filter((map) => refersTo(proxy, 'urlMap', map) === true);
      if (maps.length === 0) return [unknown('urlMap')];
      return maps.map((map) =>
        inspect(map, ['defaultUrlRedirect.httpsRedirect', 'pathMatchers'], (redirects, matchers) =>
          flag(redirects) && !present(matchers) ? undefined : `${map.name} does more than redirect`,
        ),
      );
    }),
};

export const rateLimit: StackRule = {
  ...common,
  id: 'gcp-rate-limit',
  title: 'Where a service has a rate limit, Cloud Armor enforces it in front',
  why: "Google's balancer has no limit of its own: a flood would be answered by scaling out, for money.",
  mend: "Give the backend service a SecurityPolicy with a rule of action 'throttle' or 'rate_based_ban'.",
  controls: [],
  types: [backend],
  check: (stack, context) =>
    findEach(stack, [backend], (service): Judgement[] => {
      if (servesContent(service)) return [pass];
      const limited = boundsOf(context).rateLimited;
      if (limited === false) return [pass];
      const policies = stack.ofType(armor).filter((policy) => refersTo(service, 'securityPolicy', policy) !== false);
      const found = present(service.props.securityPolicy)
        ? either(...policies.map((policy) => limits(stack, policy)))
        : false;
      // A policy of another stack may do it.
      const elsewhere = present(service.props.securityPolicy) && policies.length === 0;
      if (elsewhere || limited === undefined) return [found === true ? pass : unknown('securityPolicy')];
      return [expect(found, 'no security policy limits its requests', 'securityPolicy')];
    }),
};

function limits(stack: Stack, policy: Resource): boolean | Unknown {
  const own = stack
    .ofType('gcp:compute/securityPolicyRule:SecurityPolicyRule')
    .filter((rule) => refersTo(rule, 'securityPolicy', policy) === true);
  const rules = policy.props.rules;
  if (rules === UNKNOWN) return UNKNOWN;
  const answers = [...list(rules), ...own.map((rule) => rule.props)].map((rule): boolean | Unknown => {
    const action = at(rule, 'action');
    return action === UNKNOWN ? UNKNOWN : action === 'throttle' || action === 'rate_based_ban';
  });
  return either(...answers);
}

export const backendService: ResourceRule = {
  severity: 'mandatory',
  scope: 'resource',
  id: 'gcp-backend-health-check',
  title: 'A backend service checks the health of its instances, and drains those that leave for 15 to 120 seconds',
  why: 'Without the check requests go to the dead; without draining each scale-in cuts open ones off.',
  mend: 'Set healthChecks, and connectionDrainingTimeoutSec between 15 and 120.',
  controls: [],
  types: [backend],
  check(service) {
    if (servesContent(service)) return [pass];
    return [
      expect(present(service.props.healthChecks), 'it has no health check', 'healthChecks'),
      inspect(service, ['connectionDrainingTimeoutSec'], (seconds) => {
        // The provider's own default is 300.
        const drain = present(seconds) ? numeric(seconds) : 300;
        return drain !== undefined && drain >= 15 && drain <= 120
          ? undefined
          : `connectionDrainingTimeoutSec is ${present(seconds) ? show(seconds) : 'left at 300'}`;
      }),
    ];
  },
};

export const backendLogs: ResourceRule = {
  ...backendService,
  id: 'gcp-backend-logs',
  title: 'A backend service logs its requests',
  why: 'Who asked what, and how long it took, cannot be asked for afterwards.',
  mend: 'Set logConfig.enable to true, with a sampleRate that you want to pay for.',
  severity: 'advisory',
  controls: [],
  check: (service) => [
    inspect(service, ['logConfig.enable'], (on) => (flag(on) ? undefined : `logConfig.enable is ${show(on)}`)),
  ],
};

export const gcpBalancerRules = [tls, httpRedirects, rateLimit, backendService, backendLogs];
