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

/** How a cloud names its regions, and what Atlas makes of a name. */
const clouds: Record<AtlasCloud, { form: RegExp; atlasName(region: string): string }> = {
  AWS: { form: /^[a-z]{2}(-[a-z]+)+-\d+$/, atlasName: (region) => region.replace(/-/g, '_').toUpperCase() },
  GCP: { form: /^[a-z]+-[a-z]+\d+$/, atlasName: (region) => irregular[region] ?? regular(region) },
};

function regular(region: string): string {
  const [, continent = '', side = '', number = ''] = /^([a-z]+)-([a-z]+)(\d+)$/.exec(region)!;
  return `${continents[continent] ?? continent.toUpperCase()}_${side.toUpperCase()}_${number}`;
}

/**
 * What Atlas calls a cloud's region: `us-east-1` of AWS is `US_EAST_1`, `us-central1` of Google is `CENTRAL_US`.
 *
 * @throws Error for what is no region name of that cloud
 */
export function atlasRegion(cloud: AtlasCloud, region: string): string {
  const { form, atlasName } = clouds[cloud];
  if (!form.test(region)) throw new Error(`"${region}" is not a region of ${cloud}`);
  return atlasName(region);
}
