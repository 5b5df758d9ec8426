import type * as pulumi from '@pulumi/pulumi';
import type { HealthCheckPlan, ProxyPlan, RateLimitPlan, RoutePlan, RoutingPlan } from '../../../plan/types';
import { clientHeaderFaults } from '../../client-header';
import { type Fault, must, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import type { EdgeSurroundings } from '../surroundings';
import { pinnedImage } from '../workload/arguments';

export interface EdgeArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces everything, the address too.** */
  identity: Identity;
  /** Namespace that it is put in. A change replaces everything, the address too. */
  namespace: pulumi.Input<string>;
  /** The name that clients use. */
  domain: string;
  /** The service behind: what its pods are labelled, and the DNS name that has their addresses. */
  upstream: { identity: Identity; host: pulumi.Input<string> };
  /** TCP port of the service's pods. */
  port: number;
  /** How the pods behind are treated. */
  proxy: ProxyPlan;
  healthCheck: HealthCheckPlan;
  /** Requests per client address that **each** replica lets through. Default: no limit. */
  rateLimit?: RateLimitPlan;
  /** How a pod is picked, and what is answered by rule. Default: the pod with the fewest open requests, and no rules. */
  routing?: RoutingPlan;
  /** Seconds that a client's connection may be silent between two requests. */
  idleTimeoutSeconds: number;
  /** Seconds that a leaving replica has for its open requests. */
  drainSeconds: number;
  /** Fewest and most replicas; the fewest are 2 at least, or a rollout would close the door. */
  capacity: { min: number; max: number };
  /** What a replica asks of its node. */
  requests: { cpu: string; memory: string };
  /** cert-manager's ClusterIssuer, one that answers by DNS: port 80 only redirects. Wins over a Secret of one's own. */
  certificateIssuer?: string;
  /** A TLS Secret of the namespace. One of the two must be given. */
  tlsSecretName?: string;
  /** The balancer in front. */
  balancer: EdgeSurroundings;
  /** nginx 1.27.3 or newer that runs as any user. Default: nginx-unprivileged 1.29.1, by digest. */
  image?: string;
}

const hostName = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const cidr = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]+)\/\d{1,3}$/;

export function faultsOf(args: EdgeArgs): Fault[] {
  const { balancer, capacity, rateLimit } = args;
  return [
    must(
      args.certificateIssuer !== undefined || args.tlsSecretName !== undefined,
      'certificateIssuer',
      'name an issuer of cert-manager, or a TLS Secret of the namespace in tlsSecretName: there is no plain HTTP',
    ),
    must(hostName.test(args.domain), 'domain', `"${args.domain}" is no host name`),
    wholeNumber('capacity.min', capacity.min, 2, 100),
    wholeNumber('capacity.max', capacity.max, 2, 100),
    must(capacity.max >= capacity.min, 'capacity.max', `${capacity.max} is below the least, ${capacity.min}`),
    wholeNumber('port', args.port, 1, 65_535),
    must(/^\/[\w./-]*$/.test(args.healthCheck.path), 'healthCheck.path', `"${args.healthCheck.path}" is no plain path`),
    must(
      !balancer.proxyProtocol || balancer.trustedProxies.length > 0,
      'balancer.trustedProxies',
      'say which addresses the PROXY protocol is believed from: every client would have one limit together',
    ),
    ...balancer.trustedProxies.map((range, at) =>
      must(cidr.test(range), `balancer.trustedProxies[${at}]`, `"${range}" is no CIDR`),
    ),
    ...(rateLimit
      ? [
          wholeNumber('rateLimit.requests', rateLimit.requests, 1, 1_000_000),
          wholeNumber('rateLimit.windowSeconds', rateLimit.windowSeconds, 1, 3_600),
          wholeNumber('rateLimit.burst', rateLimit.burst, 0, 1_000_000),
          wholeNumber('rateLimit.status', rateLimit.status, 400, 599),
          ...clientHeaderFaults('rateLimit.clientHeader', rateLimit.clientHeader),
        ]
      : []),
    args.routing?.affinitySeconds === undefined
      ? undefined
      : wholeNumber('routing.affinitySeconds', args.routing.affinitySeconds, 1, 604_800),
    ...(args.routing?.rules ?? []).flatMap((rule, at) => ruleFaults(rule, `routing.rules[${at}]`, args.domain)),
    args.image === undefined ? undefined : pinnedImage('image', args.image),
  ];
}

/** What stands in a rule is written into nginx's file: nothing may end a word there. */
function ruleFaults({ paths, hosts, query, redirectTo }: RoutePlan, path: string, domain: string): Fault[] {
  const all = [paths, hosts, query];
  return [
    must(
      all.some((values) => values !== undefined),
      path,
      'has no condition, so no later rule would ever match',
    ),
    ...all.map((values) => must(values?.length !== 0, path, 'has a kind of condition without a value')),
    ...(paths ?? []).map((each) =>
      must(/^\/[\w./*~%-]*$/.test(each), `${path}.paths`, `"${each}" is no pattern of a path`),
    ),
    ...(hosts ?? []).map((each) => must(hostName.test(each), `${path}.hosts`, `"${each}" is no host name`)),
    ...(query ?? []).flatMap(({ key, value }) => [
      must(
        /^[A-Za-z]\w*$/.test(key),
        `${path}.query`,
        `"${key}" is no name of a parameter that nginx has a variable for`,
      ),
      must(/^[^"\r\n]*$/.test(value), `${path}.query`, `the value of ${key} has a quotation mark or a new line`),
    ]),
    ...(redirectTo === undefined
      ? []
      : [
          must(hostName.test(redirectTo), `${path}.redirectTo`, `"${redirectTo}" is no host name`),
          must(
            redirectTo !== domain || (hosts !== undefined && !hosts.includes(domain)),
            `${path}.redirectTo`,
            'leads to where the request came from: clients would go in a circle',
          ),
        ]),
  ];
}
