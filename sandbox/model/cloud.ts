import type { Leftover, StoredResource } from '../store/record';
import type { Store } from '../store/store';
import { at, texts } from './reading';
import { isUnknown, type Bag, type Value } from './values';
import type { Reference, ResourceType } from './resource-type';
import { matches } from './reading';

/** The cloud as one call sees it: the store, from an account and a region. */
export class Cloud {
  constructor(
    readonly store: Store,
    /** Empty for global resources and for packages without regions. */
    readonly region: string,
    private readonly typeOf: (token: string) => ResourceType | undefined,
    /** The provider's own configuration, e.g. its project. */
    readonly settings: Bag = {},
  ) {}

  /** Read once a call: nothing else happens in the meantime, and a call asks many times. */
  private everything?: StoredResource[];

  private list(): StoredResource[] {
    return (this.everything ??= this.store.list());
  }

  get account(): string {
    return this.store.account;
  }

  /** An ARN in this region; global services have none in theirs. */
  arn(service: string, resource: string, region = this.region): string {
    return `arn:aws:${service}:${region}:${this.account}:${resource}`;
  }

  all(token: string): StoredResource[] {
    return this.list().filter((record) => record.type === token);
  }

  /** The resource that a value names: by id, by ARN, or by name. In this region, unless told otherwise. */
  find(tokens: string[], value: string, anyRegion = false): StoredResource | undefined {
    return this.list().find(
      (record) =>
        tokens.includes(record.type) &&
        (anyRegion || record.region === '' || this.region === '' || record.region === this.region) &&
        names(record, this.typeOf(record.type)).includes(value),
    );
  }

  /** Whoever keeps this resource from being deleted. */
  holders(target: StoredResource): StoredResource[] {
    const known = names(target, this.typeOf(target.type));
    return this.list().filter((record) => {
      if (record.type === target.type && record.id === target.id && record.region === target.region) return false;
      const holding = this.typeOf(record.type)?.references?.filter(
        (reference) => reference.holds && reference.to.includes(target.type),
      );
      return holding?.some((reference) => namedBy(record.inputs, reference).some((name) => known.includes(name)));
    });
  }

  leave(leftover: Omit<Leftover, 'region'>): void {
    this.store.leave({ ...leftover, region: this.region });
  }

  leftBehind(kind: Leftover['kind'], type: string, name: string): Leftover | undefined {
    return this.store
      .leftBehind()
      .find((left) => left.kind === kind && left.type === type && left.name === name && left.region === this.region);
  }
}

/** The texts that a reference holds in these inputs; what is not known yet is left out. */
export function namedBy(inputs: Bag, reference: Reference): string[] {
  return matches(inputs, reference.path)
    .map(({ value }) => value)
    .filter((value): value is string => typeof value === 'string' && value !== '' && !isUnknown(value));
}

/** What a resource answers to. */
function names(record: StoredResource, type: ResourceType | undefined): string[] {
  const own: (Value | undefined)[] = [
    record.id,
    at(record.state, 'arn'),
    at(record.state, 'dashboardArn'),
    ...texts(record.actual, 'alsoKnownAs'),
  ];
  if (type?.naming) own.push(at(record.inputs, type.naming.property));
  return own.filter((name): name is string => typeof name === 'string');
}
