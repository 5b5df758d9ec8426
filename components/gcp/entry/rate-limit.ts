import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import type { ClientHeader } from '../../../plan/types';
import { clientHeaderFaults, ranges4 } from '../../client-header';
import { type Fault, oneOf, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';

export interface RateLimit {
  /** Requests that one client address may make in a window, 1 to 1,000,000. */
  requests: number;
  /** 10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700 or 3600. */
  windowSeconds: number;
  /** What answers the rest: 403, 404, 429 or 502. */
  status: number;
  /**
   * The header that a proxy in front writes the client's address into, and the ranges of IPv4 that the proxy comes from.
   * Default: none, who connects is the client.
   */
  clientHeader?: ClientHeader;
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
    ...clientHeaderFaults('rateLimit.clientHeader', limit.clientHeader),
  ];
}

/** The first rule, and Cloud Armor's last one, which every policy has. */
const firstPriority = 1_000;
const lastPriority = 2_147_483_647;
/** Ranges that one rule takes (Cloud Armor: quotas and limits). */
const RANGES = 10;

const from = (srcIpRanges: string[]) => ({ versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges } });
const everybody = from(['*']);

/**
 * Lets each client address make so many requests in a window; what is above it gets the status and costs nobody else.
 * Behind a proxy the address is what its header says, which is believed of the proxy's own ranges alone; who goes around it is
 * counted by where he comes from. A rule takes ten ranges and counts by itself, so the first ten are better the busy ones: a
 * client whose requests come through both lists has the limit twice.
 */
export function createRateLimit(
  name: string,
  limit: RateLimit,
  parent: pulumi.Resource,
  labels?: Record<string, string>,
): gcp.compute.SecurityPolicy {
  return new gcp.compute.SecurityPolicy(
    nameOf('gcp:compute', name),
    {
      type: 'CLOUD_ARMOR',
      labels,
      rules: [
        ...countsOf(limit.clientHeader).map(({ match, key, who }, at) => ({
          priority: firstPriority + at,
          action: 'throttle',
          description: `${limit.requests} requests per ${limit.windowSeconds} s and client address${who}`,
          match,
          rateLimitOptions: {
            conformAction: 'allow',
            exceedAction: `deny(${limit.status})`,
            ...key,
            rateLimitThreshold: { count: limit.requests, intervalSec: limit.windowSeconds },
          },
        })),
        { priority: lastPriority, action: 'allow', description: 'Everything else', match: everybody },
      ],
    },
    { parent },
  );
}

/** Whose requests are counted together, a rule each: the first that matches counts. */
function countsOf(header: ClientHeader | undefined) {
  const ranges = header ? ranges4(header) : [];
  const lists = Array.from({ length: Math.ceil(ranges.length / RANGES) }, (_, at) =>
    ranges.slice(at * RANGES, (at + 1) * RANGES),
  );
  return [
    ...lists.map((list) => ({
      match: from(list),
      key: { enforceOnKey: 'HTTP_HEADER', enforceOnKeyName: header?.name },
      who: ', by the proxy',
    })),
    { match: everybody, key: { enforceOnKey: 'IP' }, who: header ? ', past the proxy' : '' },
  ];
}
