import type { Bag, Path } from '../model/values';
import type { Kind } from './kind';
import type { Place } from './naming';

/** One object, and who speaks of it. */
export interface Target {
  kind: Kind;
  place: Place;
  urn: string;
  /** Seconds to wait for it; the kind's own limit without it. */
  timeout?: number;
}

export interface Writing extends Target {
  /** The manifest. */
  object: Bag;
  /** Paths in it that are secret. */
  secrets: Path[];
}

export interface Changing extends Writing {
  /** The manifest of the last run. */
  olds: Bag;
  /** Paths whose changes are not the program's. */
  ignored: string[];
}

/** Where objects live: in the sandbox's store, or in a real API server. */
export interface Cluster {
  isNamespaced(kind: Kind): Promise<boolean>;
  /** The object as creation would make it; undefined where that cannot be said yet. */
  tryCreate(writing: Writing): Promise<Bag | undefined>;
  /** Gives back the object as it is; @throws NotReady when it is there and not ready in time */
  create(writing: Writing, upsert: boolean): Promise<Bag>;
  read(target: Target): Promise<Bag | undefined>;
  tryUpdate(changing: Changing): Promise<Bag | undefined>;
  update(changing: Changing): Promise<Bag>;
  /** Comes back when the object is gone. */
  remove(target: Target): Promise<void>;
}

/** Thrown for an object that is there and did not become ready. */
export class NotReady extends Error {
  constructor(
    readonly object: Bag,
    reason: string,
  ) {
    super(reason);
  }
}
