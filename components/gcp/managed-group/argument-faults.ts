import { must, refuseFaults, wholeNumber, type Fault, groupSizes } from '../../faults';
import { variableFault } from '../../instances/environment-file';
import { isImageReference } from '../../instances/image-reference';
import type { CompleteArgs, CompleteWorkload } from './arguments';
import { isMachineType } from './machine';

/**
 * Limits from the API reference of Compute Engine.
 *
 * @throws Error that lists every fault of the arguments
 */
export function checkManagedGroupArgs(name: string, args: CompleteArgs): void {
  const { port, healthCheck, scaling } = args;
  refuseFaults('ManagedGroup', name, [
    wholeNumber('port', port, 1, 65_535),
    ...workloadFaults(args),
    must(
      /^\/[!-~]{0,1023}$/.test(healthCheck.path),
      'healthCheck.path',
      `"${healthCheck.path}" must be a path such as /health`,
    ),
    wholeNumber('healthCheck.graceSeconds', healthCheck.graceSeconds, 0, 3600),
    percentage('scaling.cpuPercent', scaling.cpuPercent),
    percentage('scaling.memoryPercent', scaling.memoryPercent),
    wholeNumber('drainSeconds', args.drainSeconds, 0, 75),
  ]);
}

/** What can be wrong with any group, whether clients are led to it or not. */
export function workloadFaults(args: CompleteWorkload): Fault[] {
  const { image, machine } = args;
  return [
    must(args.zones.length > 0, 'zones', 'one zone is needed at least'),
    must(isImageReference(image), 'image', `"${image}" must be the reference of a container image`),
    must(isMachineType(machine), 'machine', `"${machine}" must be a machine type of Compute Engine`),
    ...groupSizes(args.capacity, 1, 2000),
    wholeNumber('diskGb', args.diskGb, 10, 65_536),
    ...variableFaults(args),
  ];
}

function percentage(path: string, value: number): Fault {
  return must(value > 0 && value <= 100, path, `${value} must be above 0 and at most 100`);
}

function variableFaults({ environment, secrets }: CompleteWorkload): Fault[] {
  const plain = Object.entries(environment).map(([name, value]) =>
    variableFault('environment', name, typeof value === 'string' ? value : ''),
  );
  const secret = Object.keys(secrets).map((name) => variableFault('secrets', name, ''));
  const both = Object.keys(secrets)
    .filter((name) => name in environment)
    .map((name) => `secrets.${name}: stands in environment too`);
  return [...plain, ...secret, ...both];
}
