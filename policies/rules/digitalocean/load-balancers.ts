import { inspect } from '../../judge';
import type { ResourceRule } from '../../rule';
import { at, flag, list, present, show, text, UNKNOWN, type Value } from '../../values';

const balancer = ['digitalocean:index/loadBalancer:LoadBalancer'];
const common = { severity: 'mandatory', scope: 'resource' } as const;

export const https: ResourceRule = {
  ...common,
  id: 'do-balancer-https',
  title: 'A load balancer takes HTTPS with a certificate, and redirects HTTP to it',
  why: 'What is served in plain text can be read and changed on the way.',
  mend: 'Add a forwarding rule of entryProtocol https with a certificateName, and set redirectHttpToHttps to true.',
  controls: ['Trivy AVD-DIG-0002'],
  types: balancer,
  check: (resource) => [
    inspect(resource, ['forwardingRules', 'type', 'domains'], (rules, type, domains) => {
      // A global balancer has domains in place of rules, and speaks HTTPS for those that have a certificate.
      if (type === 'GLOBAL') {
        const bare = list(domains).filter(
          (domain) => !flag(at(domain, 'isManaged')) && !present(at(domain, 'certificateName')),
        );
        return list(domains).length > 0 && bare.length === 0 ? undefined : 'a domain has no certificate';
      }
      const secure = list(rules).map((rule): Value => {
        const protocol = at(rule, 'entryProtocol');
        if (rule === UNKNOWN || protocol === UNKNOWN) return UNKNOWN;
        const certified = ['certificateName', 'certificateId'].some((key) => present(at(rule, key)));
        return ['https', 'http2', 'http3'].includes(text(protocol)) && (certified || flag(at(rule, 'tlsPassthrough')));
      });
      if (secure.includes(true)) return undefined;
      return secure.includes(UNKNOWN) ? UNKNOWN : 'no forwarding rule takes HTTPS with a certificate';
    }),
    inspect(resource, ['redirectHttpToHttps', 'forwardingRules'], (redirects, rules) => {
      const protocols = list(rules).map((rule) => at(rule, 'entryProtocol'));
      if (flag(redirects) || (protocols.length > 0 && protocols.every((protocol) => protocol === 'https')))
        return undefined;
      return protocols.includes(UNKNOWN) ? UNKNOWN : `redirectHttpToHttps is ${show(redirects)}`;
    }),
  ],
};

export const healthCheck: ResourceRule = {
  ...common,
  id: 'do-balancer-health-check',
  title: 'A load balancer asks a path of the application whether it is healthy',
  why: 'An open port says little about the application behind it.',
  mend: "Set healthcheck.protocol to 'http' and healthcheck.path to the service's own, e.g. /health.",
  controls: [],
  types: balancer,
  check: (resource) => [
    inspect(resource, ['healthcheck.protocol', 'healthcheck.path'], (protocol, path) =>
      (protocol === 'http' || protocol === 'https') && typeof path === 'string' && path.startsWith('/')
        ? undefined
        : `healthcheck asks ${show(path)} by ${show(protocol)}`,
    ),
  ],
};

export const doBalancerRules = [https, healthCheck];
