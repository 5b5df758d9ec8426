import type { Problem } from '../model/errors';
import type { PackageConfig, ProviderPackage } from '../model/resource-type';
import type { Bag } from '../model/values';
import type { Change } from './diff';

/** Which resource a call is about, and for whom. */
export interface Subject {
  config: PackageConfig;
  type: string;
  name: string;
  urn: string;
  /** Seconds that the program gives the call (`customTimeouts`); the provider's own limit without it. */
  timeout?: number;
  /** Paths of inputs whose changes the program ignores. */
  ignored?: string[];
}

export interface Answer {
  id: string;
  /** On the wire: with secrets marked. */
  outputs: Bag;
}

type Maybe<T> = T | Promise<T>;

/** What the engine asks of a provider, on bags as they come off the wire. */
export interface Operations {
  readonly pkg: ProviderPackage;
  checkConfig(wire: Bag): Problem[];
  check(subject: Subject, olds: Bag, news: Bag, seed: Uint8Array): Maybe<{ inputs: Bag; problems: Problem[] }>;
  /** From the inputs of the last run to those of this one. */
  diff(subject: Subject, olds: Bag, news: Bag): Maybe<{ changes: Change[]; deleteBeforeReplace: boolean }>;
  previewCreate(subject: Subject, inputs: Bag): Maybe<Answer>;
  create(subject: Subject, inputs: Bag): Maybe<Answer>;
  /** Undefined when there is no such resource any more. */
  read(subject: Subject, id: string, outputs: Bag, inputs: Bag): Maybe<(Answer & { inputs: Bag }) | undefined>;
  previewUpdate(subject: Subject, outputs: Bag, olds: Bag, news: Bag): Maybe<Bag>;
  update(subject: Subject, id: string, outputs: Bag, olds: Bag, news: Bag): Maybe<Bag>;
  remove(subject: Subject, id: string, outputs: Bag): Maybe<void>;
  invoke(config: PackageConfig, token: string, args: Bag): Maybe<Bag>;
  /** The run was stopped: whoever waits for something waits no longer. */
  cancel?(): void;
}

/** The resource is there, and did not become ready. */
export class Unready extends Error {
  constructor(
    readonly id: string,
    /** On the wire. */
    readonly outputs: Bag,
    reason: string,
  ) {
    super(reason);
  }
}
