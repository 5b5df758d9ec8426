import type { CloudName } from '../../plan/vocabulary';

/**
 * The regions of a cloud, where the project knows them: a name that is not listed is a typo, found before anything is
 * created. AWS: the regions of the commercial partition that the pinned SDK knows. Google Cloud: its documentation,
 * "Regions and zones". DigitalOcean: what the pinned SDK knows, and the data centres that are newer. A plain Kubernetes
 * cluster is where its owner says.
 */
export const knownRegions: Partial<Record<CloudName, readonly string[]>> = {
  aws: [
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
    'sa-east-1',
  ],
  gcp: [
    'africa-south1',
    'asia-east1',
    'asia-east2',
    'asia-northeast1',
    'asia-northeast2',
    'asia-northeast3',
    'asia-south1',
    'asia-south2',
    'asia-southeast1',
    'asia-southeast2',
    'asia-southeast3',
    'australia-southeast1',
    'australia-southeast2',
    'europe-central2',
    'europe-north1',
    'europe-north2',
    'europe-southwest1',
    'europe-west1',
    'europe-west2',
    'europe-west3',
    'europe-west4',
    'europe-west6',
    'europe-west8',
    'europe-west9',
    'europe-west10',
    'europe-west12',
    'me-central1',
    'me-central2',
    'me-west1',
    'northamerica-northeast1',
    'northamerica-northeast2',
    'northamerica-south1',
    'southamerica-east1',
    'southamerica-west1',
    'us-central1',
    'us-east1',
    'us-east4',
    'us-east5',
    'us-south1',
    'us-west1',
    'us-west2',
    'us-west3',
    'us-west4',
  ],
  digitalocean: [
    'nyc1',
    'nyc2',
    'nyc3',
    'sfo1',
    'sfo2',
    'sfo3',
    'ams2',
    'ams3',
    'atl1',
    'blr1',
    'fra1',
    'lon1',
    'sgp1',
    'syd1',
    'tor1',
  ],
};

/**
 * Regions that a cloud has and stores cannot be in: buckets of objects and of secrets are at home. DigitalOcean's older data
 * centres have no Spaces (Spaces, regional availability).
 */
export const regionsWithoutStores: Partial<Record<CloudName, readonly string[]>> = {
  digitalocean: ['nyc1', 'nyc2', 'sfo1', 'ams2'],
};

/**
 * Regions whose network a cloud does not join to another region's: of two regions neither may be one. DigitalOcean peers
 * networks in all of its data centres, and between two of them everywhere but in Bangalore (How to Create a VPC
 * Peering).
 */
export const regionsWithoutPeering: Partial<Record<CloudName, readonly string[]>> = {
  digitalocean: ['blr1'],
};
