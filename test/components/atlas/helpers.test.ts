import { connectionUrl, hostOf, srvAddress } from '../../../components/atlas/connection-url';
import { atlasRegion } from '../../../components/atlas/regions';
import { compareTiers, tiers } from '../../../components/atlas/tiers';

test.each([
  ['AWS', 'us-east-1', 'US_EAST_1'],
  ['AWS', 'ap-southeast-2', 'AP_SOUTHEAST_2'],
  ['AWS', 'us-gov-west-1', 'US_GOV_WEST_1'],
  ['GCP', 'us-central1', 'CENTRAL_US'],
  ['GCP', 'us-east4', 'US_EAST_4'],
  ['GCP', 'europe-west1', 'WESTERN_EUROPE'],
  ['GCP', 'europe-west12', 'EUROPE_WEST_12'],
  ['GCP', 'northamerica-northeast2', 'NORTH_AMERICA_NORTHEAST_2'],
  ['GCP', 'me-west1', 'MIDDLE_EAST_WEST_1'],
] as const)('%s calls %s what Atlas calls %s', (cloud, region, name) => {
  expect(atlasRegion(cloud, region)).toBe(name);
});

test('a region of the other cloud is refused', () => {
  expect(() => atlasRegion('AWS', 'us-central1')).toThrow('"us-central1" is not a region of AWS');
  expect(() => atlasRegion('GCP', 'us-east-1')).toThrow('"us-east-1" is not a region of GCP');
});

test('tiers compare by size, not by spelling', () => {
  expect([...tiers].sort()).not.toEqual([...tiers]);
  expect([...tiers].sort(compareTiers)).toEqual([...tiers]);
});

test('the URL has its parts escaped and asks for acknowledged writes', () => {
  expect(connectionUrl('mongodb+srv://pulse.ab1cd.mongodb.net/?x=y', 'us er', 'p@ss/word', 'pulse')).toBe(
    'mongodb+srv://us%20er:p%40ss%2Fword@pulse.ab1cd.mongodb.net/pulse?authSource=admin&retryWrites=true&w=majority',
  );
  expect(hostOf('mongodb+srv://pulse.ab1cd.mongodb.net')).toBe('pulse.ab1cd.mongodb.net');
});

const through = (srvConnectionString: string, ...ids: string[]) => ({
  srvConnectionString,
  endpoints: ids.map((endpointId) => ({ endpointId })),
});

test('a private address that is not there yet is an error, not the public one', () => {
  const strings = {
    standardSrv: 'mongodb+srv://public',
    privateEndpoints: [through('mongodb+srv://pl-0', 'vpce-home')],
  };
  expect(srvAddress(strings, ['vpce-home'])).toBe('mongodb+srv://pl-0');
  expect(srvAddress(strings, [])).toBe('mongodb+srv://public');
  expect(() => srvAddress({ standardSrv: 'mongodb+srv://public' }, ['vpce-home'])).toThrow('pulumi up --refresh');
  expect(() => srvAddress(strings, ['vpce-new'])).toThrow('no address');
});

test('of the private addresses, ours is taken: not that of another network in the project', () => {
  const strings = {
    standardSrv: 'mongodb+srv://public',
    privateEndpoints: [
      through('mongodb+srv://somebody-elses', 'vpce-other'),
      through('mongodb+srv://away', 'vpce-away'),
      through('mongodb+srv://home', 'vpce-home'),
      through('mongodb+srv://both', 'vpce-away', 'vpce-home'),
    ],
  };
  expect(srvAddress(strings, ['vpce-home'])).toBe('mongodb+srv://home');
  expect(srvAddress(strings, ['vpce-home', 'vpce-away'])).toBe('mongodb+srv://both');
});
