import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type Fault, must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { portName } from '../managed-group/arguments';
import type { RoutingPlan } from '../../../plan/types';
import { HttpsFront } from './https-front';
import { createRateLimit, type RateLimit, rateLimitFaults } from './rate-limit';
import { routingFaults, urlRules } from './url-rules';

export interface ServiceEntryArgs {
  /** The name that clients use, e.g. `api.pulse.example.com`. */
  domain: string;
  /** Cloud DNS managed zone that gets its records. Default: they are the caller's to make. */
  dnsZone?: string;
  /** Map of Certificate Manager that has a certificate of the name. Default: a certificate is made. */
  certificateMap?: string;
  /** Whether the name's record is made here too, in the zone. Default: true. */
  leads?: boolean;
  /** Instance groups that serve, one a region. Clients get the nearest that has room. */
  groups: pulumi.Input<string>[];
  /** TCP port of the service, for health checks. */
  port: number;
  healthCheck: {
    /** Answers 200 when the instance can serve, e.g. `/health`. */
    path: string;
    /** 1 to 300, not below the timeout. */
    intervalSeconds: number;
    /** 1 to 300. */
    timeoutSeconds: number;
    /** Checks in a row that make an instance healthy, 1 to 10. */
    healthyThreshold: number;
    /** Failed checks in a row that make it unhealthy, 1 to 10. */
    unhealthyThreshold: number;
  };
  /** Requests that one client address may make. Default: any number. */
  rateLimit?: RateLimit;
  /** Seconds that a client's connection may be idle between requests, 5 to 1200. */
  idleTimeoutSeconds: number;
  /** Seconds that a leaving instance keeps its open requests, 0 to 3600. */
  drainSeconds: number;
  /**
   * Requests in a minute that are one instance's share: the autoscaler grows the group above it, and a region that has
   * more than its share gives to the next. Default: load is measured by CPU.
   */
  requestsPerMinute?: number;
  /** Which instance answers, and what the balancer answers by itself. Default: least requests, and no rules. */
  routing?: RoutingPlan;
  labels?: Record<string, string>;
}

/**
 * The longest that one request may take, in seconds. Google's balancer has no idle timeout for it: a WebSocket counts as
 * a request and is cut at this age, silent or not, so the plan's idle timeout cannot stand here.
 */
export const longestRequestSeconds = 3600;

/**
 * The way into a service, from everywhere: a global external Application Load Balancer over the instance groups of all
 * regions that serve, with health checks, draining, request logs, and a rate limit by client address.
 *
 * Cost: the balancer 0.025 × 730 = 18.25 USD a month (`HttpsFront`); Cloud Armor 5 for the policy, 1 for its rule and
 * 0.75 per million requests.
 *
 * ```ts
 * const entry = new ServiceEntry('pulse-prod-api', {
 *   domain: 'api.pulse.example.com', groups: [api.instanceGroup], port: 8081,
 *   healthCheck: { path: '/health', intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
 *   rateLimit: { requests: 100, windowSeconds: 60, status: 429 }, idleTimeoutSeconds: 60, drainSeconds: 30,
 * });
 * ```
 */
export class ServiceEntry extends pulumi.ComponentResource {
  readonly backend: gcp.compute.BackendService;
  readonly front: HttpsFront;
  readonly url: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceEntryArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ServiceEntry', name, faultsOf(args));
    super('stackladder:gcp:ServiceEntry', name, {}, opts);
    this.backend = this.createBackend(name, args);
    const urlMap = new gcp.compute.URLMap(
      nameOf('gcp:compute', name),
      { defaultService: this.backend.id, ...urlRules(args.routing?.rules ?? [], this.backend.id) },
      { parent: this },
    );
    const { domain, dnsZone, certificateMap, leads, idleTimeoutSeconds: idleSeconds, labels } = args;
    this.front = new HttpsFront(
      name,
      { domain, dnsZone, certificateMap, leads, urlMap: urlMap.id, idleSeconds, labels },
      { parent: this },
    );
    this.url = this.front.url;
    this.registerOutputs({ url: this.url });
  }

  private createBackend(name: string, args: ServiceEntryArgs): gcp.compute.BackendService {
    const policy = args.rateLimit && createRateLimit(name, args.rateLimit, this, args.labels);
    return new gcp.compute.BackendService(
      nameOf('gcp:compute', name),
      {
        loadBalancingScheme: 'EXTERNAL_MANAGED',
        protocol: 'HTTP',
        portName,
        backends: args.groups.map((group) => ({ group, ...shareOf(args.requestsPerMinute), capacityScaler: 1 })),
        healthChecks: this.createHealthCheck(name, args).id,
        ...pickOf(args.routing),
        timeoutSec: longestRequestSeconds,
        connectionDrainingTimeoutSec: args.drainSeconds,
        securityPolicy: policy?.id,
        logConfig: { enable: true, sampleRate: 1 },
      },
      { parent: this },
    );
  }

  private createHealthCheck(name: string, { healthCheck, port }: ServiceEntryArgs): gcp.compute.HealthCheck {
    return new gcp.compute.HealthCheck(
      nameOf('gcp:compute', name),
      {
        checkIntervalSec: healthCheck.intervalSeconds,
        timeoutSec: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
        httpHealthCheck: { port, requestPath: healthCheck.path },
        logConfig: { enable: true },
      },
      { parent: this },
    );
  }
}

/**
 * What an instance's load is measured by. Six digits of a rate: Google keeps it in single precision, and what it gives back
 * of more of them would be a change at every update.
 */
function shareOf(requests: number | undefined) {
  if (requests === undefined) return { balancingMode: 'UTILIZATION', maxUtilization: 0.8 };
  return { balancingMode: 'RATE', maxRatePerInstance: Number((requests / 60).toPrecision(6)) };
}

/**
 * Which instance answers. Affinity is kept only where a client's cookie is hashed (Maglev): with any other way of picking
 * Google's balancer ignores it, so the two cannot be had together.
 */
function pickOf(routing: RoutingPlan | undefined) {
  const seconds = routing?.affinitySeconds;
  if (seconds !== undefined) {
    return { localityLbPolicy: 'MAGLEV', sessionAffinity: 'GENERATED_COOKIE', affinityCookieTtlSec: seconds };
  }
  return { localityLbPolicy: routing?.algorithm === 'round-robin' ? 'ROUND_ROBIN' : 'LEAST_REQUEST' };
}

function faultsOf(args: ServiceEntryArgs): Fault[] {
  const { groups, port, healthCheck: check, drainSeconds, rateLimit, requestsPerMinute: requests, routing } = args;
  return [
    requests === undefined ? undefined : wholeNumber('requestsPerMinute', requests, 1, 10_000_000),
    // Google's longest life of the cookie: two weeks.
    routing?.affinitySeconds === undefined
      ? undefined
      : wholeNumber('routing.affinitySeconds', routing.affinitySeconds, 1, 1_209_600),
    ...routingFaults(routing?.rules ?? []),
    must(groups.length > 0, 'groups', 'an entry must lead somewhere'),
    wholeNumber('port', port, 1, 65_535),
    must(/^\/[!-~]{0,1023}$/.test(check.path), 'healthCheck.path', `"${check.path}" must be a path such as /health`),
    wholeNumber('healthCheck.intervalSeconds', check.intervalSeconds, 1, 300),
    wholeNumber('healthCheck.timeoutSeconds', check.timeoutSeconds, 1, 300),
    must(
      check.timeoutSeconds <= check.intervalSeconds,
      'healthCheck.timeoutSeconds',
      `${check.timeoutSeconds} must not be above healthCheck.intervalSeconds (${check.intervalSeconds})`,
    ),
    wholeNumber('healthCheck.healthyThreshold', check.healthyThreshold, 1, 10),
    wholeNumber('healthCheck.unhealthyThreshold', check.unhealthyThreshold, 1, 10),
    wholeNumber('drainSeconds', drainSeconds, 0, 3600),
    ...rateLimitFaults(rateLimit),
  ];
}
