import { clientHeaderFaults } from '../../client-header';
import { must, oneOf, refuseFaults, wholeNumber, type Fault, groupSizes } from '../../faults';
import { logRetention } from '../log-retention';
import type { CompleteArgs, InstanceArgs } from './arguments';
import { routingFaults } from './routing';
import { offHoursFaults, rulesFaults } from './scaling-faults';
import { isImageReference } from '../../instances/image-reference';
import { variableFault } from '../../instances/environment-file';

/**
 * Limits from the API references of Elastic Load Balancing, EC2 Auto Scaling and WAF.
 *
 * @throws Error that lists every fault of the arguments
 */
export function checkLoadBalancedGroupArgs(name: string, args: CompleteArgs): void {
  refuseFaults('LoadBalancedGroup', name, [
    ...placementFaults(args),
    ...groupSizes(args.capacity, 0, 10_000),
    ...healthCheckFaults(args),
    percentage('scaling.cpuPercent', args.scaling.cpuPercent),
    percentage('scaling.memoryPercent', args.scaling.memoryPercent),
    ...rulesFaults('scalingRules', args.scalingRules),
    ...routingFaults(args.routing),
    ...offHoursFaults(args.offHours),
    ...rateLimitFaults(args),
    wholeNumber('idleTimeoutSeconds', args.idleTimeoutSeconds, 1, 4000),
    wholeNumber('drainSeconds', args.drainSeconds, 0, 3600),
    logRetention('logRetentionDays', args.logRetentionDays),
    ...instanceFaults(args),
  ]);
}

/** Of what an instance is and runs. */
export function instanceFaults(
  args: Pick<InstanceArgs, 'image' | 'machine' | 'diskGb' | 'environment' | 'secrets'>,
): Fault[] {
  const { image, machine, diskGb } = args;
  return [
    must(isImageReference(image), 'image', `"${image}" must be the reference of a container image`),
    must(/^[a-z0-9-]+\.[a-z0-9-]+$/.test(machine), 'machine', `"${machine}" must be an EC2 instance type`),
    wholeNumber('diskGb', diskGb, 8, 16_384),
    ...variableFaults(args),
  ];
}

function placementFaults(args: CompleteArgs): Fault[] {
  const { publicSubnetIds, privateSubnetIds, port } = args;
  const subnets = (path: string, amount: number) =>
    must(amount >= 2, path, `${amount} subnets; there must be at least 2, in different zones`);
  return [
    subnets('publicSubnetIds', publicSubnetIds.length),
    subnets('privateSubnetIds', privateSubnetIds.length),
    wholeNumber('port', port, 1, 65_535),
  ];
}

function healthCheckFaults({ healthCheck: check }: CompleteArgs): Fault[] {
  return [
    must(/^\/[!-~]{0,1023}$/.test(check.path), 'healthCheck.path', `"${check.path}" must be a path such as /health`),
    wholeNumber('healthCheck.intervalSeconds', check.intervalSeconds, 5, 300),
    wholeNumber('healthCheck.timeoutSeconds', check.timeoutSeconds, 2, 120),
    must(
      check.timeoutSeconds < check.intervalSeconds,
      'healthCheck.timeoutSeconds',
      `${check.timeoutSeconds} must be below healthCheck.intervalSeconds (${check.intervalSeconds})`,
    ),
    wholeNumber('healthCheck.healthyThreshold', check.healthyThreshold, 2, 10),
    wholeNumber('healthCheck.unhealthyThreshold', check.unhealthyThreshold, 2, 10),
    wholeNumber('healthCheck.graceSeconds', check.graceSeconds, 0, 7200),
  ];
}

function percentage(path: string, value: number): Fault {
  return must(value > 0 && value <= 100, path, `${value} must be above 0 and at most 100`);
}

function rateLimitFaults({ rateLimit }: CompleteArgs): Fault[] {
  if (!rateLimit) return [];
  return [
    wholeNumber('rateLimit.requests', rateLimit.requests, 10, 2_000_000_000),
    oneOf('rateLimit.windowSeconds', String(rateLimit.windowSeconds), ['60', '120', '300', '600']),
    wholeNumber('rateLimit.status', rateLimit.status, 400, 599),
    ...clientHeaderFaults('rateLimit.clientHeader', rateLimit.clientHeader),
  ];
}

function variableFaults({ environment, secrets }: Pick<InstanceArgs, 'environment' | 'secrets'>): Fault[] {
  const plain = Object.entries(environment).map(([name, value]) =>
    variableFault('environment', name, typeof value === 'string' ? value : ''),
  );
  const secret = Object.keys(secrets).map((name) => variableFault('secrets', name, ''));
  const both = Object.keys(secrets)
    .filter((name) => name in environment)
    .map((name) => `secrets.${name}: stands in environment too`);
  return [...plain, ...secret, ...both];
}
