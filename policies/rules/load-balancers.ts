import { fromLarge, inProd, tagsOf } from '../context';
import { expect, inspect, pass } from '../judge';
import type { ResourceRule, StackRule } from '../rule';
import { findEach, referredBy } from '../stack';
import { at, flag, type Known, list, numeric, present, show, UNKNOWN } from '../values';

const balancer = ['aws:lb/loadBalancer:LoadBalancer'];
const listener = ['aws:lb/listener:Listener'];
const webAcl = ['aws:wafv2/webAcl:WebAcl'];

/** An application load balancer: the provider's own default where no type is given. */
const isApplication = (type: Known) => !present(type) || type === 'application';

export const httpRedirects: ResourceRule = {
  id: 'lb-http-redirects',
  title: 'A listener for HTTP only redirects to HTTPS',
  why: 'Anything else answers, or passes on, in plain text.',
  mend: "Give the listener one default action of type 'redirect' with redirect.protocol 'HTTPS' and port '443'.",
  severity: 'mandatory',
  controls: ['AWS FSBP ELB.1', 'Checkov CKV_AWS_2', 'Checkov CKV2_AWS_20'],
  scope: 'resource',
  types: listener,
  check: (resource) => [
    inspect(resource, ['protocol', 'port', 'defaultActions'], (protocol, port, actions) => {
      if (protocol !== 'HTTP' && !(numeric(port) === 80 && !present(protocol))) return undefined;
      if (!present(actions)) return 'it has no default action';
      const answers = list(actions).map((action) => {
        const type = at(action, 'type');
        const to = at(action, 'redirect.protocol');
        if (type === UNKNOWN || (type === 'redirect' && to === UNKNOWN)) return UNKNOWN;
        return type === 'redirect' && to === 'HTTPS' ? undefined : `HTTP on port ${show(port)} does ${show(type)}`;
      });
      return answers.find((answer) => typeof answer === 'string') ?? answers.find((answer) => answer === UNKNOWN);
    }),
  ],
};

/** Security policies whose lowest protocol is TLS 1.2, by the naming of the Elastic Load Balancing user guide. */
const strongPolicy = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/;

export const tlsPolicy: ResourceRule = {
  id: 'lb-tls-policy',
  title: 'A listener for HTTPS has a certificate and a security policy of TLS 1.2 or better',
  why: "The provider's default policy still accepts TLS 1.0.",
  mend: "Set sslPolicy to 'ELBSecurityPolicy-TLS13-1-2-2021-06' and certificateArn to a validated certificate.",
  severity: 'mandatory',
  controls: ['AWS FSBP ELB.17', 'Checkov CKV_AWS_103', 'Checkov CKV2_AWS_74'],
  scope: 'resource',
  types: listener,
  check: (resource) => [
    inspect(resource, ['protocol', 'sslPolicy'], (protocol, policy) => {
      if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
      if (typeof policy === 'string' && strongPolicy.test(policy)) return undefined;
      return `sslPolicy is ${show(policy)}`;
    }),
    inspect(resource, ['protocol'], (protocol) => {
      if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
      return present(resource.props.certificateArn) ? undefined : 'it has no certificate';
    }),
  ],
};

export const balancerTwoZones: ResourceRule = {
  id: 'lb-two-zones',
  title: 'A load balancer spans at least two zones',
  why: 'A zone can fail as a whole, and the way in with it.',
  mend: 'Give subnets a public subnet in each of two or three zones.',
  severity: 'mandatory',
  controls: ['AWS FSBP ELB.13'],
  scope: 'resource',
  types: balancer,
  check: (resource) => [
    inspect(resource, ['subnets', 'subnetMappings'], (subnets, mappings) => {
      const zones = Math.max(list(subnets).length, list(mappings).length);
      return zones >= 2 ? undefined : `it has ${zones} subnet${zones === 1 ? '' : 's'}`;
    }),
  ],
};

export const balancerDeletionProtection: ResourceRule = {
  id: 'lb-deletion-protection',
  title: 'A load balancer in prod is protected against deletion, in the home region',
  why: 'Its address is what clients and DNS know; deleted, the system is gone from the internet.',
  mend: 'Set enableDeletionProtection to true.',
  severity: 'mandatory',
  controls: ['AWS FSBP ELB.6', 'Checkov CKV_AWS_150'],
  scope: 'resource',
  types: balancer,
  where: inProd,
  check: (resource) =>
    // A further region comes and goes with the phase, and AWS would refuse to let a protected balancer go with it.
    ['further', 'left'].includes(tagsOf(resource)?.RegionRole ?? '')
      ? []
      : [
          inspect(resource, ['enableDeletionProtection'], (enabled) =>
            flag(enabled) ? undefined : `enableDeletionProtection is ${show(enabled)}`,
          ),
        ],
};

export const dropInvalidHeaders: ResourceRule = {
  id: 'lb-drop-invalid-headers',
  title: 'An application load balancer drops invalid headers',
  why: 'Header names that servers read differently are how requests are smuggled past a balancer.',
  mend: 'Set dropInvalidHeaderFields to true.',
  severity: 'mandatory',
  controls: ['AWS FSBP ELB.4', 'Checkov CKV_AWS_131'],
  scope: 'resource',
  types: balancer,
  check: (resource) => [
    inspect(resource, ['loadBalancerType', 'dropInvalidHeaderFields'], (type, drops) =>
      !isApplication(type) || flag(drops) ? undefined : `dropInvalidHeaderFields is ${show(drops)}`,
    ),
  ],
};

export const accessLogs: ResourceRule = {
  id: 'lb-access-logs',
  title: 'A load balancer writes access logs',
  why: 'Who asked what, and how long it took, cannot be asked for afterwards.',
  mend: 'Set accessLogs with enabled true and a bucket.',
  severity: 'advisory',
  controls: ['AWS FSBP ELB.5', 'Checkov CKV_AWS_91'],
  scope: 'resource',
  types: balancer,
  check: (resource) => [
    inspect(resource, ['accessLogs.enabled'], (enabled) =>
      flag(enabled) ? undefined : `accessLogs.enabled is ${show(enabled)}`,
    ),
  ],
};

export const firewall: StackRule = {
  id: 'lb-web-firewall',
  title: 'From Large, a load balancer on the internet has a web firewall in front',
  why: 'A rate limit and the common rules stop floods that autoscaling would otherwise pay for.',
  mend: 'Add an aws.wafv2.WebAclAssociation of a web ACL with the load balancer.',
  severity: 'advisory',
  controls: ['AWS FSBP ELB.16', 'Checkov CKV2_AWS_28'],
  scope: 'stack',
  types: balancer,
  where: fromLarge,
  check(stack) {
    const associations = stack.ofType('aws:wafv2/webAclAssociation:WebAclAssociation');
    return findEach(stack, balancer, (resource) => [
      // What services have left has no listener: nothing goes through it.
      flag(resource.props.internal) ||
      resource.props.loadBalancerType === 'network' ||
      tagsOf(resource)?.RegionRole === 'left'
        ? pass
        : expect(referredBy(associations, 'resourceArn', resource), 'no web ACL is associated with it', 'resourceArn'),
    ]);
  },
};

export const firewallLogs: StackRule = {
  id: 'lb-web-firewall-logs',
  title: 'A web firewall keeps a log of what it refuses',
  why: 'Without it nobody can say why a client was turned away, or who was behind a flood.',
  mend: 'Add an aws.wafv2.WebAclLoggingConfiguration of the web ACL.',
  severity: 'advisory',
  controls: ['Checkov CKV2_AWS_31'],
  scope: 'stack',
  types: webAcl,
  check(stack) {
    const logs = stack.ofType('aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration');
    return findEach(stack, webAcl, (resource) => [
      expect(referredBy(logs, 'resourceArn', resource), 'nothing keeps its log', 'resourceArn'),
    ]);
  },
};

export const loadBalancerRules = [
  httpRedirects,
  tlsPolicy,
  balancerTwoZones,
  balancerDeletionProtection,
  dropInvalidHeaders,
  accessLogs,
  firewall,
  firewallLogs,
];
