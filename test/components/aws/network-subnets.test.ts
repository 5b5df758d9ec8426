import fc from 'fast-check';
import {
  isNetworkRange,
  rangeOf,
  regionOfZone,
  subnetRange,
  zoneLetter,
  type SubnetKind,
} from '../../../components/aws/network/subnets';

const kinds: SubnetKind[] = ['public', 'private', 'data'];
const letters = [...'abcdefgh'];

/** First and last address as numbers. */
function extent(cidr: string): [number, number] {
  const [address, prefix] = cidr.split('/') as [string, string];
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

const ranges = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((second) => `10.${second}.0.0/16`),
  fc.integer({ min: 16, max: 31 }).map((second) => `172.${second}.0.0/16`),
  fc.constant('192.168.0.0/16'),
);
const zones = fc.uniqueArray(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 });

test('the first zone of a network', () => {
  expect(kinds.map((kind) => subnetRange('10.7.0.0/16', kind, 'us-east-1a'))).toEqual([
    '10.7.128.0/21',
    '10.7.0.0/20',
    '10.7.192.0/22',
  ]);
  expect(kinds.map((kind) => subnetRange('10.7.0.0/16', kind, 'us-east-1h'))).toEqual([
    '10.7.184.0/21',
    '10.7.112.0/20',
    '10.7.220.0/22',
  ]);
});

test('no two subnets overlap, all are inside the network, and each starts where a range of its size can', () => {
  fc.assert(
    fc.property(ranges, zones, (cidr, chosen) => {
      const [networkFirst, networkLast] = extent(cidr);
      const extents = kinds
        .flatMap((kind) => chosen.map((letter) => subnetRange(cidr, kind, `eu-central-1${letter}`)))
        .map(extent)
        .sort(([a], [b]) => a - b);
      for (const [at, [first, last]] of extents.entries()) {
        expect(first).toBeGreaterThanOrEqual(networkFirst);
        expect(last).toBeLessThanOrEqual(networkLast);
        expect(first % (last - first + 1)).toBe(0);
        if (at > 0) expect(first).toBeGreaterThan(extents[at - 1]![1]);
      }
    }),
  );
});

test('what is no private /16 is refused', () => {
  expect(
    ['10.0.0.0/16', '172.31.0.0/16', '192.168.0.0/16', '10.255.0.0/16'].filter((cidr) => !isNetworkRange(cidr)),
  ).toEqual([]);
  expect(
    [
      '10.0.0.0/8',
      '10.0.1.0/16',
      '11.0.0.0/16',
      '172.32.0.0/16',
      '192.169.0.0/16',
      '10.256.0.0/16',
      '10.0.0.0',
      'x',
      '',
    ].filter(isNetworkRange),
  ).toEqual([]);
  expect(() => subnetRange('10.0.0.0/8', 'public', 'us-east-1a')).toThrow('10.0.0.0/8 is not a private /16 range');
});

test('zones tell their letter and region; local zones and others do not', () => {
  expect(
    ['us-east-1a', 'us-gov-west-1b', 'ap-southeast-2c'].map((zone) => [zoneLetter(zone), regionOfZone(zone)]),
  ).toEqual([
    ['a', 'us-east-1'],
    ['b', 'us-gov-west-1'],
    ['c', 'ap-southeast-2'],
  ]);
  for (const zone of ['us-east-1', 'us-east-1-bos-1a', 'use1-az1', 'us-east-1z', 'a', '']) {
    expect([zone, zoneLetter(zone), regionOfZone(zone)]).toEqual([zone, undefined, undefined]);
    expect(() => subnetRange('10.0.0.0/16', 'data', zone)).toThrow(`${zone} is not the name of an availability zone`);
  }
});

test('the range of a kind holds the subnets of every zone, and none of another kind', () => {
  fc.assert(
    fc.property(
      ranges,
      fc.constantFrom(...kinds),
      fc.constantFrom(...kinds),
      fc.constantFrom(...letters),
      (cidr, kind, other, letter) => {
        const [first, last] = extent(rangeOf(cidr, kind));
        const [from, to] = extent(subnetRange(cidr, other, `us-east-1${letter}`));
        expect(from >= first && to <= last).toBe(kind === other);
      },
    ),
  );
  expect(rangeOf('10.7.0.0/16', 'data')).toBe('10.7.192.0/19');
  expect(() => rangeOf('10.7.0.0/20', 'data')).toThrow('is not a private /16 range');
});
