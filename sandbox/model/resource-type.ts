import type { Cloud } from './cloud';
import type { Problem } from './errors';
import type { Bag } from './values';
import type { Operations } from '../server/operations';
import type { StoredResource } from '../store/record';
import type { Store } from '../store/store';

/** Inputs that must name something that exists. */
export interface Reference {
  /** Where the name is; `*` stands for each item of a list, e.g. `defaultActions.*.targetGroupArn`. */
  path: string;
  /** Tokens of the types that it may name, e.g. `aws:ec2/subnet:Subnet`. */
  to: string[];
  /** The cloud's error code when it does not exist. */
  error?: string;
  /** Whoever is named cannot be deleted before this resource is gone or names another. */
  holds?: boolean;
  /** Where the cloud allows one in another region. */
  anyRegion?: boolean;
  /** Ids that the cloud knows without a resource of ours, e.g. AWS's own managed policies. */
  except?: RegExp;
}

/** How a resource gets its name when the program gives none. */
export interface Naming {
  property: string;
  max: number;
  lowercase?: boolean;
  /** Put in front, e.g. `alias/`. */
  prefix?: string;
  /** What the cloud accepts. */
  pattern?: RegExp;
  /** Says in words what the pattern means. */
  rule?: string;
  /** What the cloud answers when the name is taken; without it several resources may share a name. */
  taken?: { code: string; sentence: (name: string) => string; scope?: 'region' | 'everywhere'; within?: string };
}

export interface Making {
  inputs: Bag;
  cloud: Cloud;
}

export interface Made {
  id: string;
  /** Outputs that the cloud makes up. */
  state: Bag;
  /** What the cloud knows and no output shows. */
  actual?: Bag;
}

export interface Updating {
  record: StoredResource;
  /** The inputs as they will be, with what others changed in the cloud left alone. */
  inputs: Bag;
  /** Top-level names of the inputs that the program changed. */
  changed: string[];
  cloud: Cloud;
}

/** One type of resource: what the cloud refuses, what forces a replacement, and what it makes up. */
export interface ResourceType {
  /** E.g. `aws:ec2/vpc:Vpc`. */
  token: string;
  required?: string[];
  naming?: Naming;
  references?: Reference[];
  /** Allowed values by path; a path may have `*`. */
  enumerations?: Record<string, readonly (string | number)[]>;
  /** Paths of the inputs whose change needs a new resource; `*` stands for each item of a list. */
  replaceOn: string[];
  /** Lists without an order. */
  sets?: string[];
  /** Inputs that the cloud fills in: leaving one out later changes nothing. */
  keeps?: string[];
  /** Properties that are secret even when the program does not say so. */
  secrets?: string[];
  /** Names of the outputs that the cloud makes up: not known in a preview. */
  computed: string[];
  /** Outputs when the program says nothing. */
  defaults?: Bag | ((inputs: Bag) => Bag);
  /** Has no region of its own, as IAM. */
  global?: boolean;
  /** The provider deletes the old one before it makes the new one. */
  deleteBeforeReplace?: boolean;
  /** The error code when something still uses it. */
  inUse?: string;
  check?(inputs: Bag, cloud: Cloud): Problem[];
  /** Replacements that depend on the values: paths. */
  replaceWhen?(olds: Bag, news: Bag): string[];
  /** Inputs whose difference the provider lets be, by their values: names at the top. */
  lets?(olds: Bag, news: Bag): string[];
  create(making: Making): Made;
  /**
   * Refuses by throwing; gives back what changes in the state and behind it, and the inputs where the cloud lets some of
   * them lie, as a refresh then finds.
   */
  update?(updating: Updating): { inputs?: Bag; state?: Bag; actual?: Bag } | void;
  /** Computed outputs that an update of these inputs will change. */
  changing?(changed: string[]): string[];
  /** Outputs that depend on other resources, or on what the cloud did by itself. */
  view?(record: StoredResource, cloud: Cloud): Bag;
  /** Refuses by throwing. */
  remove?(record: StoredResource, cloud: Cloud): void;
}

export interface PackageConfig {
  region?: string;
  values: Bag;
}

/** All that the sandbox knows of one provider. */
export interface ProviderPackage {
  /** E.g. `aws`. */
  name: string;
  /** The version of its SDK in use. */
  version: string;
  types: ResourceType[];
  /** Its resources live in regions and show theirs as an output, unless a type is global. */
  regional?: boolean;
  /** Has nothing in the cloud: what there is, is in the engine's state. */
  stateless?: boolean;
  /** The old one of two with the same name goes before the new one comes, as providers on Terraform's bridge do. */
  namesAreUnique?: boolean;
  checkConfig?(config: PackageConfig, account: string): Problem[];
  /** Its types are a rule and no list, e.g. every kind that a cluster may have: it brings its own operations. */
  operations?(store: Store): Operations;
  /** Provider functions by token. */
  functions?: Record<string, (args: Bag, cloud: Cloud) => Bag>;
}
