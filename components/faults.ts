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
