import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, oneOf, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';

export interface RateLimit {
  /** Requests that one client address may make in a window, 1 to 1,000,000. */
  requests: number;
  /** 10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700 or 3600. */
  windowSeconds: number;
  /** What answers the rest: 403, 404, 429 or 502. */
  status: number;
  /** The header that a proxy in front writes the client's address into. Default: none, who connects is the client. */
  clientHeader?: string;
}

/** Windows and answers that Cloud Armor takes. */
const windows = ['10', '30', '60', '120', '180', '240', '270', '300', '600', '900', '1200', '1800', '2700', '3600'];
const statuses = ['403', '404', '429', '502'];

export function rateLimitFaults(limit: RateLimit | undefined): Fault[] {
  if (!limit) return [];
  return [
    wholeNumber('rateLimit.requests', limit.requests, 1, 1_000_000),
    oneOf('rateLimit.windowSeconds', String(limit.windowSeconds), windows),
    oneOf('rateLimit.status', String(limit.status), statuses),
    must(
      /^[A-Za-z0-9-]{1,64}$/.test(limit.clientHeader ?? 'none'),
      'rateLimit.clientHeader',
      `"${limit.clientHeader}" is no name of a header`,
    ),
  ];
}

/** Cloud Armor's last rule, which every policy has. */
const lastPriority = 2_147_483_647;

/**
 * Lets each client address make so many requests in a window; what is above it gets the status and costs nobody else.
 * Behind a proxy the address is what its header says; requests without the header share one count.
 */
export function createRateLimit(
  name: string,
  limit: RateLimit,
  parent: pulumi.Resource,
  labels?: Record<string, string>,
): gcp.compute.SecurityPolicy {
  const everybody = { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges: ['*'] } };
  return new gcp.compute.SecurityPolicy(
    nameOf('gcp:compute', name),
    {
      type: 'CLOUD_ARMOR',
      labels,
      rules: [
        {
          priority: 1000,
          action: 'throttle',
          description: `${limit.requests} requests per ${limit.windowSeconds} s and client address`,
          match: everybody,
          rateLimitOptions: {
            conformAction: 'allow',
            exceedAction: `deny(${limit.status})`,
            ...clientOf(limit.clientHeader),
            rateLimitThreshold: { count: limit.requests, intervalSec: limit.windowSeconds },
          },
        },
        { priority: lastPriority, action: 'allow', description: 'Everything else', match: everybody },
      ],
    },
    { parent },
  );
}

function clientOf(header: string | undefined) {
  return header === undefined ? { enforceOnKey: 'IP' } : { enforceOnKey: 'HTTP_HEADER', enforceOnKeyName: header };
}
