import fc from 'fast-check';
import { cidrOf, isZoneOf, regionCode, zonesOf } from '../../plan/regions';
import { clouds, type CloudName } from '../../plan/vocabulary';
import { knownRegions } from '../../stacks/config/regions';
import { systems } from '../../systems';
import { anyGiven, anyPhase, planOf } from './given';

const aws = knownRegions.aws!;

/** First and last address of a range, as numbers. */
function span(cidr: string): [first: number, last: number] {
  const [address = '', bits] = cidr.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(bits)) - 1];
}

describe('the ranges of addresses', () => {
  test('of two regions never overlap', () => {
    fc.assert(
      fc.property(anyGiven, anyPhase, (given, reached) => {
        const spans = planOf(given, reached).regions.map(({ cidr }) => span(cidr));
        for (const [at, [first]] of spans.entries()) {
          for (const [, last] of spans.slice(0, at)) expect(first).toBeGreaterThan(last);
        }
      }),
    );
  });

  test('stay within the private range that the home region’s is of', () => {
    fc.assert(
      fc.property(anyGiven, anyPhase, (given, reached) => {
        for (const { cidr } of planOf(given, reached).regions) {
          expect(cidr).toMatch(/^(10\.\d+|172\.(1[6-9]|2\d|3[01]))\.0\.0\/16$/);
          expect(Number(cidr.split('.')[1])).toBeLessThanOrEqual(255);
        }
      }),
    );
  });

  test('of a region do not move when another is added', () => {
    const one = planOf({ phase: 'large', environment: 'prod' }).regions;
    const two = planOf({ phase: 'enterprise', environment: 'prod' }).regions;
    expect(two.slice(0, 1)).toEqual(one);
    expect(two.map(({ cidr }) => cidr)).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
  });

  test('count on from the home region’s', () => {
    expect(cidrOf('172.20.0.0/16', 0)).toBe('172.20.0.0/16');
    expect(cidrOf('172.20.0.0/16', 3)).toBe('172.23.0.0/16');
  });
});

describe('the code of a region', () => {
  test.each([
    ['us-east-1', 'use1'],
    ['us-west-2', 'usw2'],
    ['ap-southeast-2', 'apse2'],
    ['ap-northeast-1', 'apne1'],
    ['eu-central-1', 'euc1'],
    ['us-central1', 'usc1'],
    ['europe-southwest1', 'eusw1'],
    ['northamerica-northeast2', 'nane2'],
    ['nyc3', 'nyc3'],
  ])('%s is %s', (region, code) => {
    expect(regionCode(region)).toBe(code);
  });

  test.each(Object.keys(knownRegions) as CloudName[])('is a different one for each region of %s', (cloud) => {
    const codes = (knownRegions[cloud] ?? []).map(regionCode);
    expect(codes.filter((code, at) => codes.indexOf(code) < at)).toEqual([]);
    expect(codes.filter((code) => code.length > 7)).toEqual([]);
  });

  test('is a different one for each region of AWS, and short enough for every name', () => {
    const codes = aws.map(regionCode);
    expect(new Set(codes).size).toBe(aws.length);
    for (const code of codes) expect(code).toMatch(/^[a-z]{3,4}\d$/);
  });
});

describe('zones', () => {
  test('are as many as wanted, each once, each of its region', () => {
    fc.assert(
      fc.property(fc.constantFrom(...aws), fc.integer({ min: 1, max: 3 }), (region, wanted) => {
        const zones = zonesOf('aws', region, wanted);
        expect(new Set(zones).size).toBe(wanted);
        for (const zone of zones) expect(zone).toMatch(new RegExp(`^${region}[a-z]$`));
      }),
    );
  });

  test('are named as each cloud names them', () => {
    expect(zonesOf('aws', 'us-east-1', 2)).toEqual(['us-east-1a', 'us-east-1b']);
    expect(zonesOf('gcp', 'us-central1', 2)).toEqual(['us-central1-a', 'us-central1-b']);
    expect(zonesOf('digitalocean', 'nyc3', 3)).toEqual(['nyc3']);
  });

  test('of Google’s oldest regions begin later in the alphabet', () => {
    expect(zonesOf('gcp', 'us-east1', 2)).toEqual(['us-east1-b', 'us-east1-c']);
    expect(zonesOf('gcp', 'europe-west1', 3)).toEqual(['europe-west1-b', 'europe-west1-c', 'europe-west1-d']);
  });

  test('of a plain cluster are what its owner calls them', () => {
    expect(zonesOf('kubernetes', 'berlin', ['rack-1', 'rack-2'])).toEqual(['rack-1', 'rack-2']);
  });

  test.each(clouds)('those that the plan names on %s are of their region', (cloud) => {
    const regions = Object.values(systems).flatMap((system) => system.regions[cloud] ?? []);
    const zones = regions.flatMap((region) => zonesOf(cloud, region, 3).map((zone) => ({ zone, region })));
    expect(zones.filter(({ zone, region }) => !isZoneOf(cloud, zone, region))).toEqual([]);
    expect(zones).not.toEqual([]);
  });

  test.each<[CloudName, string, string, boolean]>([
    ['aws', 'us-east-1a', 'us-east-1', true],
    ['aws', 'us-east-1-a', 'us-east-1', false],
    ['aws', 'us-east-11', 'us-east-1', false],
    ['gcp', 'us-central1-f', 'us-central1', true],
    ['gcp', 'us-central1a', 'us-central1', false],
    ['gcp', 'us-central1-z', 'us-central1', false],
    ['gcp', 'us-east1-a', 'us-east1', false],
    ['gcp', 'us-east1-d', 'us-east1', true],
    ['gcp', 'us-west1-d', 'us-west1', false],
    ['gcp', 'us-west10-a', 'us-west1', false],
    ['digitalocean', 'nyc3', 'nyc3', true],
    ['digitalocean', 'nyc3-a', 'nyc3', false],
    ['kubernetes', 'rack-1', 'berlin', true],
  ])('%s: %s is of %s: %s', (cloud, zone, region, is) => expect(isZoneOf(cloud, zone, region)).toBe(is));

  test('by name go to the region that they are of', () => {
    const zones = ['us-east-1c', 'us-west-2b', 'us-east-1a', 'us-west-2a'];
    const plan = planOf({ phase: 'enterprise', environment: 'prod', keys: { zones } });
    expect(plan.regions.map((region) => region.zones)).toEqual([
      ['us-east-1c', 'us-east-1a'],
      ['us-west-2b', 'us-west-2a'],
    ]);
  });

  test('of a group on Google Cloud never change by the phase: its zones are fixed for life', () => {
    const onGcp = (phase: 'small' | 'large', compute: string, keys = {}) =>
      planOf({ phase, environment: 'prod', keys: { cloud: 'gcp', compute, ...keys } }).regions[0]!.zones;
    expect(onGcp('small', 'instances')).toEqual(onGcp('large', 'instances'));
    expect(onGcp('small', 'instances', { zones: 2 })).toHaveLength(2);
    expect(onGcp('small', 'kubernetes')).toHaveLength(2);
  });

  test('stay as many as the stores have reached', () => {
    expect(planOf({ phase: 'small', environment: 'prod' }, 'large').regions[0]!.zones).toHaveLength(3);
  });
});

describe('regions', () => {
  test('one is home, the first, and it always serves', () => {
    fc.assert(
      fc.property(anyGiven, anyPhase, (given, reached) => {
        const { regions } = planOf(given, reached);
        expect(regions.map(({ home }) => home)).toEqual(regions.map((_, at) => at === 0));
        expect(regions[0]!.serves).toBe(true);
        expect(new Set(regions.map(({ code }) => code)).size).toBe(regions.length);
      }),
    );
  });

  test('back from enterprise the second region keeps its stores and serves no more', () => {
    const { regions } = planOf({ phase: 'large', environment: 'prod' }, 'enterprise');
    expect(regions.map(({ name, serves }) => [name, serves])).toEqual([
      ['us-east-1', true],
      ['us-west-2', false],
    ]);
  });
});
