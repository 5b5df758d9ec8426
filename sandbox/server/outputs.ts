import type { Cloud } from '../model/cloud';
import type { ResourceType } from '../model/resource-type';
import { isBag, UNKNOWN, type Bag, type Value } from '../model/values';
import type { StoredResource } from '../store/record';
import { isInternal } from './diff';

/** The inputs without what the provider keeps for itself among them. */
export function withoutInternal(inputs: Bag): Bag {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !isInternal(key)));
}

/** All that a resource shows: defaults, what it was given, what the cloud made up, and what it looks like today. */
export function outputsOf(type: ResourceType, record: StoredResource, cloud: Cloud): Bag {
  return {
    ...shown(type, record.inputs, record.region),
    ...record.state,
    ...type.view?.(record, cloud),
  };
}

/** The same before the resource exists: what the cloud will make up is not known. */
export function previewOutputs(type: ResourceType, inputs: Bag, region: string): Bag {
  const outputs = shown(type, inputs, region);
  for (const key of type.computed) if (outputs[key] === undefined) outputs[key] = UNKNOWN;
  return outputs;
}

export function markUnknown(outputs: Bag, keys: string[]): Bag {
  return { ...outputs, ...Object.fromEntries(keys.map((key) => [key, UNKNOWN])) };
}

function shown(type: ResourceType, inputs: Bag, region: string): Bag {
  const defaults = typeof type.defaults === 'function' ? type.defaults(inputs) : type.defaults;
  const outputs: Bag = { ...defaults, ...inputs };
  if (type.computed.includes('tagsAll')) outputs.tagsAll = inputs.tags ?? {};
  if (region !== '') outputs.region = region;
  return outputs;
}

/**
 * The inputs as the cloud has them now, in the shape in which the program gave them: what the program left to the cloud
 * is no input, and so no difference.
 */
export function project(asked: Value, record: StoredResource): Value {
  return shapeOf(asked, record.inputs);
}

/** What there is, as far as it was asked for. */
export function shapeOf(asked: Value, actual: Value | undefined): Value {
  if (isBag(asked) && isBag(actual)) {
    const kept = Object.entries(asked).filter(([key]) => actual[key] !== undefined);
    return Object.fromEntries(kept.map(([key, value]) => [key, shapeOf(value, actual[key])]));
  }
  if (Array.isArray(asked) && Array.isArray(actual) && asked.length === actual.length) {
    return asked.map((value, index) => shapeOf(value, actual[index]));
  }
  return actual ?? null;
}
