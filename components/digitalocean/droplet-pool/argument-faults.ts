import { clientHeaderFaults } from '../../client-header';
import { must, refuseFaults, wholeNumber, type Fault } from '../../faults';
import type { DropletPoolArgs } from './arguments';
import { capacityFaults, imageFaults, variableFaults } from './droplets';
import { routeFaults } from './redirects';

/** Seconds between the order to shut down and the end of a droplet (autoscale pools, graceful shutdown), and some slack. */
export const LONGEST_DRAIN = 55;
/** What a balancer's cookie may last (Load Balancers, sticky sessions). */
export const LONGEST_COOKIE = 34_650;

/**
 * Limits from the API references of Load Balancers and Droplet Autoscale Pools.
 *
 * @throws Error that lists every fault of the arguments
 */
export function checkDropletPoolArgs(name: string, args: DropletPoolArgs): void {
  const { healthCheck: check, scaling, rateLimit, affinitySeconds, routes = [] } = args;
  refuseFaults('DropletPool', name, [
    ...imageFaults(args),
    wholeNumber('port', args.port, 1, 65_535),
    ...capacityFaults(args.capacity),
    must(/^\/[!-~]{0,1023}$/.test(check.path), 'healthCheck.path', `"${check.path}" must be a path such as /health`),
    wholeNumber('healthCheck.intervalSeconds', check.intervalSeconds, 3, 300),
    wholeNumber('healthCheck.timeoutSeconds', check.timeoutSeconds, 3, 300),
    wholeNumber('healthCheck.healthyThreshold', check.healthyThreshold, 2, 10),
    wholeNumber('healthCheck.unhealthyThreshold', check.unhealthyThreshold, 2, 10),
    percentage('scaling.cpuPercent', scaling.cpuPercent),
    percentage('scaling.memoryPercent', scaling.memoryPercent),
    wholeNumber('idleTimeoutSeconds', args.idleTimeoutSeconds, 30, 600),
    wholeNumber('drainSeconds', args.drainSeconds, 0, LONGEST_DRAIN),
    affinitySeconds === undefined ? undefined : wholeNumber('affinitySeconds', affinitySeconds, 2, LONGEST_COOKIE),
    ...routes.flatMap(routeFaults),
    wholeNumber('balancerNodes', args.balancerNodes, 1, 100),
    rateLimit && wholeNumber('rateLimit.requests', rateLimit.requests, 1, 1_000_000),
    rateLimit && wholeNumber('rateLimit.status', rateLimit.status, 400, 599),
    ...clientHeaderFaults('rateLimit.clientHeader', rateLimit?.clientHeader),
    ...variableFaults(args),
  ]);
}

export function percentage(path: string, value: number): Fault {
  return must(value > 0 && value <= 100, path, `${value} must be above 0 and at most 100`);
}
