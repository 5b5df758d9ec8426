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

/** Google's regions, whose Atlas names follow no rule in the older half (Atlas: Google Cloud reference). */
const googleRegions: Record<string, string> = {
  'us-central1': 'CENTRAL_US',
  'us-east1': 'EASTERN_US',
  'us-east4': 'US_EAST_4',
  'us-east5': 'US_EAST_5',
  'us-south1': 'US_SOUTH_1',
  'us-west1': 'WESTERN_US',
  'us-west2': 'US_WEST_2',
  'us-west3': 'US_WEST_3',
  'us-west4': 'US_WEST_4',
  'northamerica-northeast1': 'NORTH_AMERICA_NORTHEAST_1',
  'northamerica-northeast2': 'NORTH_AMERICA_NORTHEAST_2',
  'northamerica-south1': 'NORTH_AMERICA_SOUTH_1',
  'southamerica-east1': 'SOUTH_AMERICA_EAST_1',
  'southamerica-west1': 'SOUTH_AMERICA_WEST_1',
  'europe-central2': 'EUROPE_CENTRAL_2',
  'europe-north1': 'EUROPE_NORTH_1',
  'europe-southwest1': 'EUROPE_SOUTHWEST_1',
  'europe-west1': 'WESTERN_EUROPE',
  'europe-west2': 'EUROPE_WEST_2',
  'europe-west3': 'EUROPE_WEST_3',
  'europe-west4': 'EUROPE_WEST_4',
  'europe-west6': 'EUROPE_WEST_6',
  'europe-west8': 'EUROPE_WEST_8',
  'europe-west9': 'EUROPE_WEST_9',
  'europe-west10': 'EUROPE_WEST_10',
  'europe-west12': 'EUROPE_WEST_12',
  'me-central1': 'MIDDLE_EAST_CENTRAL_1',
  'me-central2': 'MIDDLE_EAST_CENTRAL_2',
  'me-west1': 'MIDDLE_EAST_WEST_1',
  'africa-south1': 'AFRICA_SOUTH_1',
  'asia-east1': 'EASTERN_ASIA_PACIFIC',
  'asia-east2': 'ASIA_EAST_2',
  'asia-northeast1': 'NORTHEASTERN_ASIA_PACIFIC',
  'asia-northeast2': 'ASIA_NORTHEAST_2',
  'asia-northeast3': 'ASIA_NORTHEAST_3',
  'asia-south1': 'ASIA_SOUTH_1',
  'asia-south2': 'ASIA_SOUTH_2',
  'asia-southeast1': 'SOUTHEASTERN_ASIA_PACIFIC',
  'asia-southeast2': 'ASIA_SOUTHEAST_2',
  'australia-southeast1': 'AUSTRALIA_SOUTHEAST_1',
  'australia-southeast2': 'AUSTRALIA_SOUTHEAST_2',
};

/** As Atlas calls a region of a cloud, e.g. `US_EAST_1` of AWS and `CENTRAL_US` of Google Cloud. */
export const atlasRegion = (region: string): string =>
  googleRegions[region] ?? region.toUpperCase().replaceAll('-', '_');

export const isGoogleRegion = (atlasName: string): boolean => Object.values(googleRegions).includes(atlasName);
