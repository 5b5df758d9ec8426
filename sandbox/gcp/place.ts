import type { Cloud } from '../model/cloud';
import { CloudError } from '../model/errors';
import { text } from '../model/reading';
import type { Bag } from '../model/values';
import { lastOf } from './parts';

/** Where a resource lies: what its inputs say, or the provider's configuration. */
export interface Place {
  project: string;
  region: string;
  zone: string;
}

export function placeOf(inputs: Bag, cloud: Cloud): Place {
  const of = (key: keyof Place): string => lastOf(text(inputs, key) ?? text(cloud.settings, key));
  return { project: of('project'), region: of('region'), zone: of('zone') };
}

/**
 * Fills a template such as `projects/{project}/regions/{region}/routers/{name}` from the place and the inputs.
 * @throws CloudError where a part is missing, in the provider's words
 */
export function fill(template: string, inputs: Bag, place: Place): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = key in place ? place[key as keyof Place] : text(inputs, key);
    if (value === undefined || value === '') throw new CloudError('invalid', `${key}: required field is not set`);
    return value;
  });
}

/** Google numbers its projects; the sandbox's account is the number of every one. */
export const projectNumber = (cloud: Cloud): string => cloud.account;
