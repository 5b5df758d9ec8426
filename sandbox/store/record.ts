import type { Bag, Path } from '../model/values';

/** One resource in the sandbox's cloud. */
export interface StoredResource {
  package: string;
  type: string;
  id: string;
  /** Empty for global resources and for packages without regions. */
  region: string;
  /** Who made it, so that an interrupted run can be matched with what it left. */
  urn: string;
  /** The inputs as they are in the cloud now. */
  inputs: Bag;
  /** Names of the inputs that were filled in by the provider. */
  defaulted: string[];
  /** Outputs that the cloud made up. */
  state: Bag;
  /** What the cloud knows and no output shows. */
  actual: Bag;
  /** Paths that are sealed on disk, under `inputs` and `state`. */
  secrets: { inputs: Path[]; state: Path[] };
  createdAt: string;
}

/** What a cloud keeps of a resource that is gone: a name that stays reserved, a snapshot. */
export interface Leftover {
  kind: 'reserved-name' | 'snapshot';
  type: string;
  region: string;
  name: string;
  /** When it goes by itself, ISO 8601; none for a snapshot. */
  until?: string;
}
