/** Clouds that a cluster can stand on here. */
export type AtlasCloud = 'AWS' | 'GCP';

/** Google's regions whose Atlas names follow no rule (Atlas: Google Cloud reference). */
const irregular: Record<string, string> = {
  'us-central1': 'CENTRAL_US',
  'us-east1': 'EASTERN_US',
  'us-west1': 'WESTERN_US',
  'europe-west1': 'WESTERN_EUROPE',
  'asia-east1': 'EASTERN_ASIA_PACIFIC',
  'asia-northeast1': 'NORTHEASTERN_ASIA_PACIFIC',
  'asia-southeast1': 'SOUTHEASTERN_ASIA_PACIFIC',
};

const continents: Record<string, string> = {
  northamerica: 'NORTH_AMERICA',
  southamerica: 'SOUTH_AMERICA',
  me: 'MIDDLE_EAST',
};

/**
 * What Atlas calls a cloud's region: `us-east-1` of AWS is `US_EAST_1`, `us-central1` of Google is `CENTRAL_US`.
 *
 * @throws Error for what is no region name of that cloud
 */
export function atlasRegion(cloud: AtlasCloud, region: string): string {
  const form = cloud === 'AWS' ? /^[a-z]{2}(-[a-z]+)+-\d+$/ : /^[a-z]+-[a-z]+\d+$/;
  if (!form.test(region)) throw new Error(`"${region}" is not a region of ${cloud}`);
  if (cloud === 'AWS') return region.replace(/-/g, '_').toUpperCase();
  const known = irregular[region];
  if (known) return known;
  const [, continent = '', side = '', number = ''] = /^([a-z]+)-([a-z]+)(\d+)$/.exec(region)!;
  return `${continents[continent] ?? continent.toUpperCase()}_${side.toUpperCase()}_${number}`;
}
