import { join } from 'node:path';
import { readJson, writeWhole } from './atomic';

export const verbs = ['check', 'diff', 'create', 'read', 'update', 'delete', 'invoke'] as const;
export type Verb = (typeof verbs)[number];

/**
 * What goes wrong:
 * - `throttle`: the cloud asks to slow down; the provider tries again, as the cloud's SDK does
 * - `error`: the call fails and nothing happened
 * - `half`: the resource is there and does not work: the engine records it and is told of an error
 * - `lost`: the call took effect, and its answer never arrives: what it made is an orphan
 * - `latency`: the call takes longer
 */
export const faultKinds = ['throttle', 'error', 'half', 'lost', 'latency'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  kind: FaultKind;
  /** Which calls; any without it. */
  verb?: Verb;
  /** A part of the type's token, e.g. `elasticache/replicationGroup`. */
  type?: string;
  /** A part of the resource's logical name. */
  name?: string;
  /** How many calls it hits before it goes away; every one without it. */
  times?: number;
  /** Milliseconds, for latency. */
  milliseconds?: number;
  /** What the cloud says. */
  message?: string;
}

export interface Target {
  verb: Verb;
  type: string;
  name: string;
}

/** Faults wait in a file of the store, read again on each call, so they can be set while a server runs. */
export class Faults {
  private readonly file: string;

  constructor(folder: string) {
    this.file = join(folder, 'faults.json');
  }

  list(): Fault[] {
    return readJson<Fault[]>(this.file) ?? [];
  }

  set(faults: Fault[]): void {
    writeWhole(this.file, JSON.stringify(faults, null, 2));
  }

  add(fault: Fault): void {
    this.set([...this.list(), fault]);
  }

  /** The next fault of one of these kinds that hits this call. It counts as used. */
  take(kinds: FaultKind[], target: Target): Fault | undefined {
    const faults = this.list();
    const fault = faults.find((candidate) => kinds.includes(candidate.kind) && hits(candidate, target));
    if (!fault) return undefined;
    if (fault.times !== undefined) {
      const left = faults.map((other) => (other === fault ? { ...fault, times: (fault.times ?? 1) - 1 } : other));
      this.set(left.filter((other) => other.times === undefined || other.times > 0));
    }
    return fault;
  }
}

function hits(fault: Fault, target: Target): boolean {
  return (
    (fault.verb === undefined || fault.verb === target.verb) &&
    (fault.type === undefined || target.type.includes(fault.type)) &&
    (fault.name === undefined || target.name.includes(fault.name))
  );
}
