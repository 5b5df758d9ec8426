import { record } from '../../../cli/offline/recorder';
import { Network, type NetworkArgs } from '../../../components/digitalocean/network/network';
import { all, messageOf, one } from '../recorded';

const args: NetworkArgs = { region: 'nyc3', cidr: '10.0.0.0/16', natGateway: true, protect: true };
const gatewayType = 'digitalocean:index/vpcNatGateway:VpcNatGateway';

const recordNetwork = (change: Partial<NetworkArgs> = {}) =>
  record(() => {
    const network = new Network('pulse-prod-network-nyc3', { ...args, ...change });
    return { address: network.publicAddress ?? 'none' };
  });

test('a network with its gateway as the default route, and the address that traffic leaves from', async () => {
  const recording = await recordNetwork();
  expect(one(recording, 'digitalocean:index/vpc:Vpc')).toMatchObject({
    protect: true,
    inputs: { region: 'nyc3', ipRange: '10.0.0.0/16' },
  });
  expect(one(recording, gatewayType)).toMatchObject({
    protect: false,
    inputs: {
      region: 'nyc3',
      type: 'PUBLIC',
      size: 1,
      vpcs: [{ vpcUuid: '<unknown:pulse-prod-network-nyc3.id>', defaultGateway: true }],
    },
  });
  expect(recording.outputs.address).toBe('<unknown:pulse-prod-network-nyc3-nat.egresses[0].publicGateways[0].ipv4>');
});

test('without a gateway there is neither', async () => {
  const recording = await recordNetwork({ natGateway: false });
  expect(all(recording, gatewayType)).toEqual([]);
  expect(recording.outputs.address).toBe('none');
});

test.each([
  ['10.0.0.0', /must be an IPv4 range/],
  ['10.0.0.0/8', /from \/16 to \/28/],
  ['10.244.0.0/16', /that DigitalOcean keeps/],
])('the range %s is refused', (cidr, reason) => {
  expect(messageOf(() => new Network('network', { ...args, cidr }))).toMatch(reason);
});
