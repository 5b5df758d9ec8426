const debian = 'projects/debian-cloud/global/images/family/debian-12';

/** Families with Arm processors: `t2a`, `c4a`, `n4a`. */
const arm = /^(t2a|[a-z]\d+a)-/;
/** Families that take no Persistent Disk (Compute Engine: machine series). */
const hyperdiskOnly = /^(c4|c4a|c4d|n4|n4a|n4d|x4|m4)-/;

/**
 * The newest Debian 12 for a machine: the Ops Agent, which measures memory, runs on it and not on Container-Optimized OS.
 * A family, not a version: each new instance takes the newest, and a template never changes because of it.
 */
export function debianImage(machine: string): string {
  return arm.test(machine) ? `${debian}-arm64` : debian;
}

/** Kind of the boot disk: balanced, by the name that it has for the machine. */
export function diskTypeOf(machine: string): string {
  return hyperdiskOnly.test(machine) ? 'hyperdisk-balanced' : 'pd-balanced';
}

/** Whether a text looks like one of Google's machine types: `n1-standard-2`, `e2-small`, `n2-custom-4-8192`, `custom-2-4096`. */
export function isMachineType(machine: string): boolean {
  return /^(?:custom|[a-z]\d+[a-z]*)-[a-z0-9]+(-[a-z0-9]+)*$/.test(machine);
}
