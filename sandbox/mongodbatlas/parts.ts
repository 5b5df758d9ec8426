import type { Reference } from '../model/resource-type';

/** Token of a type of the mongodbatlas package, e.g. `mongodbatlas:index/project:Project`. */
export function atlas(name: string): string {
  return `mongodbatlas:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** A project that still has clusters or endpoints cannot be closed. */
export const toProject = (holds = false): Reference => ({
  path: 'projectId',
  to: [atlas('Project')],
  error: 'GROUP_NOT_FOUND',
  holds,
});

/** As Atlas calls a region of AWS, e.g. `US_EAST_1`. */
export const atlasRegion = (region: string): string => region.toUpperCase().replaceAll('-', '_');
