import { number, text } from './model/reading';
import { isBag, type Bag, type Value } from './model/values';
import { diskOf, isTenant, keepsSpecs, tierOf, withSizes } from './mongodbatlas/specs';
import type { StoredResource } from './store/record';
import type { Store } from './store/store';

/** Changes of the kind that a cloud makes by itself, or somebody by hand. */
export interface Drift {
  /** The resource: its id, its logical name, or a part of its type's token. Every one that fits is changed. */
  target: string;
  /** New values of inputs, e.g. `{ desiredCapacity: 7 }`. */
  set?: Bag;
  /** The tier that Atlas's autoscaler has chosen, e.g. `M40`. */
  atlasTier?: string;
  /** By how many percent Atlas has grown the disk. */
  atlasDiskPercent?: number;
  /** Deletes it behind the program's back. */
  remove?: boolean;
}

/**
 * Changes what is in the cloud behind the program's back, as an autoscaler or a person would.
 *
 * @returns the resources that were changed
 * @throws Error where nothing fits the target
 */
export function drift(store: Store, change: Drift): StoredResource[] {
  const found = store.list().filter((record) => fits(record, change.target));
  if (found.length === 0) throw new Error(`nothing in the sandbox is called ${change.target}`);
  return found.map((record) => {
    if (change.remove) {
      store.remove(record);
      return record;
    }
    const changed = scaleAtlas(setInputs(record, change.set ?? {}), change);
    store.put(changed);
    return changed;
  });
}

function fits(record: StoredResource, target: string): boolean {
  const name = record.urn.split('::').pop();
  return record.id === target || name === target || record.type.includes(target);
}

/** An input that the program never gave shows as an output alone, as with the real providers. */
function setInputs(record: StoredResource, values: Bag): StoredResource {
  const changed = { ...record, inputs: { ...record.inputs }, state: { ...record.state }, actual: { ...record.actual } };
  for (const [key, value] of Object.entries(values)) {
    const [top = '', ...rest] = key.split('.');
    if (rest.length > 0 && isBag(changed.inputs[top])) changed.inputs[top] = deep(changed.inputs[top], rest, value);
    else if (key in record.actual) changed.actual[key] = value;
    else if (key in record.inputs || !(key in record.state)) changed.inputs[key] = value;
    else changed.state[key] = value;
  }
  return changed;
}

/** A part of an input, e.g. `spec.replicas`. */
function deep(bag: Bag, [head = '', ...rest]: string[], value: Value): Bag {
  const below = bag[head];
  return { ...bag, [head]: rest.length > 0 ? deep(isBag(below) ? below : {}, rest, value) : value };
}

function scaleAtlas(record: StoredResource, change: Drift): StoredResource {
  if (change.atlasTier === undefined && change.atlasDiskPercent === undefined) return record;
  if (!record.type.includes('advancedCluster') || isTenant(record.inputs)) {
    throw new Error(`${record.id} is no dedicated Atlas cluster: it does not scale`);
  }
  const tier = change.atlasTier ?? text(record.actual, 'instanceSize');
  const disk = number(record.actual, 'diskSizeGb') ?? 10;
  const grown = Math.round(disk * (1 + (change.atlasDiskPercent ?? 0) / 100));
  const actual: Bag = { ...record.actual, instanceSize: tier ?? null, diskSizeGb: grown };
  if (keepsSpecs(record.inputs)) return { ...record, actual };
  // Without effective fields the specifications themselves show what there is.
  const sizes = {
    ...(tierOf(record.inputs) === undefined ? {} : { instanceSize: tier }),
    ...(diskOf(record.inputs) === undefined ? {} : { diskSizeGb: grown }),
  };
  return { ...record, actual, inputs: { ...record.inputs, replicationSpecs: withSizes(record.inputs, sizes) } };
}
