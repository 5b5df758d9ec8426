/** A fault of one argument, as `property.path: what is wrong`, or nothing where the argument is right. */
export type Fault = string | undefined;

/**
 * Stops a component before it creates anything, with every fault of its arguments in one message: nobody should have
 * to run the program once per mistake.
 *
 * @throws Error that names the component and lists the faults, one a line
 */
export function refuseFaults(component: string, name: string, faults: Fault[]): void {
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length === 0) return;
  throw new Error(`${component} "${name}" cannot be created:\n${found.map((fault) => `  ${fault}`).join('\n')}`);
}

/** A fault unless `holds`. */
export function must(holds: boolean, path: string, problem: string): Fault {
  return holds ? undefined : `${path}: ${problem}`;
}

/** A fault unless the value is a whole number from `least` to `most`. */
export function wholeNumber(path: string, value: number, least: number, most: number): Fault {
  const right = Number.isInteger(value) && value >= least && value <= most;
  return must(right, path, `${value} must be a whole number from ${least} to ${most}`);
}

/** A fault unless the value is one of the list. */
export function oneOf(path: string, value: string, allowed: readonly string[]): Fault {
  return must(allowed.includes(value), path, `"${value}" must be one of ${allowed.join(', ')}`);
}

/** A fault for each value that stands in the list more than once. */
export function noTwice(path: string, values: readonly string[]): Fault[] {
  const twice = new Set(values.filter((value, at) => values.indexOf(value) !== at));
  return [...twice].map((value) => `${path}: "${value}" stands there more than once`);
}

/** A fault for each text that cannot be an e-mail address. The cloud sends a confirmation; this only catches slips. */
export function emailAddresses(path: string, values: readonly string[]): Fault[] {
  return values.map((value, at) =>
    must(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value), `${path}[${at}]`, `"${value}" is not an e-mail address`),
  );
}

/** Faults of a group's sizes: fewest and most from `least` to `mostAllowed`, and a start between the two. */
export function groupSizes(
  { min, max, desired }: { min: number; max: number; desired: number },
  least: number,
  mostAllowed: number,
): Fault[] {
  return [
    wholeNumber('capacity.min', min, least, mostAllowed),
    wholeNumber('capacity.max', max, 1, mostAllowed),
    must(max >= min, 'capacity.max', `${max} is below capacity.min (${min})`),
    must(
      Number.isInteger(desired) && desired >= min && desired <= max,
      'capacity.desired',
      `${desired} must be a whole number from capacity.min (${min}) to capacity.max (${max})`,
    ),
  ];
}
