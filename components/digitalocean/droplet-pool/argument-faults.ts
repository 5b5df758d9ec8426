import { variableFault } from '../../instances/environment-file';
import { isImageReference } from '../../instances/image-reference';
import { must, refuseFaults, wholeNumber, type Fault } from '../../faults';
import type { DropletPoolArgs } from './arguments';

/** Seconds between the order to shut down and the end of a droplet (autoscale pools, graceful shutdown), and some slack. */
const longestDrain = 55;

/**
 * Limits from the API references of Load Balancers and Droplet Autoscale Pools.
 *
 * @throws Error that lists every fault of the arguments
 */
export function checkDropletPoolArgs(name: string, args: DropletPoolArgs): void {
  const { capacity, healthCheck: check, scaling, rateLimit } = args;
  refuseFaults('DropletPool', name, [
    must(isImageReference(args.image), 'image', `"${args.image}" must be the reference of a container image`),
    wholeNumber('port', args.port, 1, 65_535),
    must(/^[a-z0-9_]+(-[a-z0-9]+)+$/.test(args.machine), 'machine', `"${args.machine}" must look like s-2vcpu-4gb`),
    wholeNumber('capacity.min', capacity.min, 1, 500),
    wholeNumber('capacity.max', capacity.max, 1, 1000),
    must(capacity.max >= capacity.min, 'capacity.max', `${capacity.max} is below capacity.min (${capacity.min})`),
    must(/^\/[!-~]{0,1023}$/.test(check.path), 'healthCheck.path', `"${check.path}" must be a path such as /health`),
    wholeNumber('healthCheck.intervalSeconds', check.intervalSeconds, 3, 300),
    wholeNumber('healthCheck.timeoutSeconds', check.timeoutSeconds, 3, 300),
    wholeNumber('healthCheck.healthyThreshold', check.healthyThreshold, 2, 10),
    wholeNumber('healthCheck.unhealthyThreshold', check.unhealthyThreshold, 2, 10),
    percentage('scaling.cpuPercent', scaling.cpuPercent),
    percentage('scaling.memoryPercent', scaling.memoryPercent),
    wholeNumber('idleTimeoutSeconds', args.idleTimeoutSeconds, 30, 600),
    wholeNumber('drainSeconds', args.drainSeconds, 0, longestDrain),
    wholeNumber('balancerNodes', args.balancerNodes, 1, 100),
    rateLimit && wholeNumber('rateLimit.requests', rateLimit.requests, 1, 1_000_000),
    rateLimit && wholeNumber('rateLimit.status', rateLimit.status, 400, 599),
    must(args.sshKeys.length > 0, 'sshKeys', 'none; DigitalOcean wants one in a pool'),
    ...variableFaults(args),
  ]);
}

function percentage(path: string, value: number): Fault {
  return must(value > 0 && value <= 100, path, `${value} must be above 0 and at most 100`);
}

function variableFaults({ environment, secrets }: DropletPoolArgs): Fault[] {
  return [
    ...Object.entries(environment).map(([name, value]) =>
      variableFault('environment', name, typeof value === 'string' ? value : ''),
    ),
    ...Object.keys(secrets).map((name) => variableFault('secrets', name, '')),
    ...Object.keys(secrets)
      .filter((name) => name in environment)
      .map((name) => `secrets.${name}: stands in environment too`),
  ];
}
