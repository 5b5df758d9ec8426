import { oneOf, type Fault } from '../../faults';

/** Regions with Spaces (Spaces, regional availability). */
export const spacesRegions = [
  'ams3',
  'atl1',
  'blr1',
  'fra1',
  'lon1',
  'nyc3',
  'ric1',
  'sfo2',
  'sfo3',
  'sgp1',
  'syd1',
  'tor1',
];

export function spacesFault(path: string, region: string): Fault {
  return oneOf(path, region, spacesRegions);
}

/** Where the S3-compatible API of a region answers. */
export function spacesEndpoint(region: string): string {
  return `https://${region}.digitaloceanspaces.com`;
}
