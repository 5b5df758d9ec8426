import fc from 'fast-check';
import { record } from '../../../cli/offline/recorder';
import { Network } from '../../../components/gcp/network/network';
import { PrivateServices } from '../../../components/gcp/network/private-services';
import { isNetworkRange, rangesOf } from '../../../components/gcp/network/ranges';
import { RegionalNetwork, type RegionalNetworkArgs } from '../../../components/gcp/network/regional-network';
import { all, counts, messageOf, one, parentName } from '../recorded';

const zones = ['us-central1-a', 'us-central1-b', 'us-central1-c'];
const given = (network: Network, args: Partial<RegionalNetworkArgs> = {}): RegionalNetworkArgs => ({
  network,
  region: 'us-central1',
  zones,
  cidr: '10.3.0.0/16',
  natGateways: 'per-zone',
  labels: { system: 'pulse' },
  ...args,
});
const opened = (args: Partial<RegionalNetworkArgs> = {}) =>
  record(() => {
    const regional = new RegionalNetwork('pulse-usc1', given(new Network('pulse'), args));
    return { nat: regional.natAddresses };
  });

test('one network over all regions, with nothing in it that nobody asked for', async () => {
  const recording = await record(() => void new Network('pulse'));
  expect(counts(recording)).toEqual({ 'stackladder:gcp:Network': 1, 'gcp:compute/network:Network': 1 });
  expect(one(recording, 'gcp:compute/network:Network').inputs).toEqual({
    autoCreateSubnetworks: false,
    routingMode: 'GLOBAL',
  });
});

test('Google’s own network is joined by a range that no region uses', async () => {
  const recording = await record(() => {
    const network = new Network('pulse');
    new PrivateServices('pulse-services', { network: network.id, cidr: '10.3.0.0/16' });
  });
  expect(one(recording, 'gcp:compute/globalAddress:GlobalAddress').inputs).toMatchObject({
    purpose: 'VPC_PEERING',
    addressType: 'INTERNAL',
    address: '10.3.48.0',
    prefixLength: 20,
  });
  expect(one(recording, 'gcp:servicenetworking/connection:Connection').inputs).toMatchObject({
    service: 'servicenetworking.googleapis.com',
    reservedPeeringRanges: ['<unknown:pulse-services.name>'],
  });
  expect(messageOf(() => new PrivateServices('p', { network: 'n', cidr: '10.3.0.0/20' }))).toContain('private /16');
});

test('a region: two subnets, an address a zone, NAT, and leave for Memorystore', async () => {
  const recording = await opened();
  expect(counts(recording)).toEqual({
    'stackladder:gcp:Network': 1,
    'gcp:compute/network:Network': 1,
    'stackladder:gcp:RegionalNetwork': 1,
    'gcp:compute/subnetwork:Subnetwork': 2,
    'gcp:compute/address:Address': 3,
    'gcp:compute/router:Router': 1,
    'gcp:compute/routerNat:RouterNat': 1,
    'gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy': 1,
  });
  const own = recording.resources.filter(({ type, name }) => type.startsWith('gcp:') && name !== 'pulse');
  expect(new Set(own.map(parentName))).toEqual(new Set(['pulse-usc1']));
  expect(recording.outputs.nat).toHaveLength(3);
});

test('subnets reach Google privately and log what flows; a cluster finds its ranges', async () => {
  const [nodes, data] = all(await opened(), 'gcp:compute/subnetwork:Subnetwork');
  expect(nodes!.inputs).toEqual({
    region: 'us-central1',
    network: '<unknown:pulse.id>',
    ipCidrRange: '10.3.0.0/20',
    secondaryIpRanges: [
      { rangeName: 'pods', ipCidrRange: '10.3.128.0/17' },
      { rangeName: 'services', ipCidrRange: '10.3.16.0/20' },
    ],
    privateIpGoogleAccess: true,
    logConfig: { aggregationInterval: 'INTERVAL_5_SEC', flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' },
  });
  expect(data!.inputs).toMatchObject({ ipCidrRange: '10.3.32.0/20', privateIpGoogleAccess: true });
});

test('traffic leaves by addresses that stay', async () => {
  const recording = await opened({ natGateways: 'single' });
  expect(all(recording, 'gcp:compute/address:Address')).toHaveLength(1);
  expect(one(recording, 'gcp:compute/routerNat:RouterNat').inputs).toMatchObject({
    natIpAllocateOption: 'MANUAL_ONLY',
    natIps: ['<unknown:pulse-usc1-nat-0.selfLink>'],
    sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
    enableDynamicPortAllocation: true,
    enableEndpointIndependentMapping: false,
  });
});

test('the ranges of a region are inside it and never overlap', () => {
  const start = (cidr: string) =>
    cidr
      .split('/')[0]!
      .split('.')
      .reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = (cidr: string) => 2 ** (32 - Number(cidr.split('/')[1]));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (second) => {
      const whole = `10.${second}.0.0/16`;
      const parts = Object.values(rangesOf(whole)).sort((a, b) => start(a) - start(b));
      parts.forEach((part, at) => {
        expect(start(part)).toBeGreaterThanOrEqual(start(whole));
        expect(start(part) + size(part)).toBeLessThanOrEqual(start(whole) + size(whole));
        // A range begins where its own size divides.
        expect(start(part) % size(part)).toBe(0);
        if (at > 0) expect(start(part)).toBeGreaterThanOrEqual(start(parts[at - 1]!) + size(parts[at - 1]!));
      });
    }),
  );
});

test.each([
  ['10.0.0.0/16', true],
  ['172.16.0.0/16', true],
  ['172.32.0.0/16', false],
  ['192.168.0.0/16', true],
  ['192.169.0.0/16', false],
  ['10.0.0.0/8', false],
  ['10.256.0.0/16', false],
  ['8.8.0.0/16', false],
])('%s as a range: %s', (cidr, right) => {
  expect(isNetworkRange(cidr)).toBe(right);
});

test('all faults in one message, and nothing of the region is created', async () => {
  let message = '';
  const recording = await record(() => {
    const network = new Network('n');
    const wrong = { region: 'us-east-1', zones: ['us-east-1a', 'us-east-1a'], cidr: '8.8.0.0/16' };
    message = messageOf(() => new RegionalNetwork('r', given(network, wrong)));
  });
  expect(message.split('\n')).toEqual([
    'RegionalNetwork "r" cannot be created:',
    '  region: "us-east-1" is not a region of Google Cloud',
    '  zones[0]: "us-east-1a" is not in us-east-1',
    '  zones[1]: "us-east-1a" is not in us-east-1',
    '  zones: "us-east-1a" stands there more than once',
    '  cidr: "8.8.0.0/16" must be a private /16 range such as 10.0.0.0/16',
  ]);
  expect(counts(recording)).not.toHaveProperty(['gcp:compute/subnetwork:Subnetwork']);
});
