import { record } from '../../../cli/offline/recorder';
import { Network, type NetworkArgs } from '../../../components/aws/network/network';
import { Peering } from '../../../components/aws/network/peering';
import { all, messageOf, one, parentName } from '../recorded';

const east: NetworkArgs = {
  zones: ['us-east-1a', 'us-east-1b'],
  cidr: '10.0.0.0/16',
  natGateways: 'single',
  flowLogRetentionDays: 30,
};
const west: NetworkArgs = { ...east, zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'], cidr: '10.1.0.0/16' };

const recordPeering = (reachDataSubnets?: boolean) =>
  record(() => {
    const [requester, accepter] = [new Network('east', east), new Network('west', west)];
    new Peering('peer', { requester, accepter, reachDataSubnets, tags: { System: 'pulse' } });
  });

test('one side asks, the other accepts in its own region', async () => {
  const recording = await recordPeering();
  expect(one(recording, 'aws:ec2/vpcPeeringConnection:VpcPeeringConnection').inputs).toEqual({
    region: 'us-east-1',
    vpcId: '<unknown:east.id>',
    peerVpcId: '<unknown:west.id>',
    peerRegion: 'us-west-2',
    tags: { System: 'pulse', Name: 'peer' },
  });
  const acceptance = one(recording, 'aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter');
  expect(acceptance.inputs).toEqual({
    region: 'us-west-2',
    vpcPeeringConnectionId: '<unknown:peer.id>',
    autoAccept: true,
    tags: { System: 'pulse', Name: 'peer' },
  });
  expect(parentName(acceptance)).toBe('peer');
});

const across = async (reachDataSubnets?: boolean) =>
  all(await recordPeering(reachDataSubnets), 'aws:ec2/route:Route')
    .filter(({ inputs }) => inputs.vpcPeeringConnectionId !== undefined)
    .map(({ name, inputs }) => [name, inputs.region, inputs.routeTableId, inputs.destinationCidrBlock]);

const privateRoutes = [
  ['peer-us-east-1-a', 'us-east-1', '<unknown:east-private-a.id>', '10.1.0.0/16'],
  ['peer-us-east-1-b', 'us-east-1', '<unknown:east-private-b.id>', '10.1.0.0/16'],
  ['peer-us-west-2-a', 'us-west-2', '<unknown:west-private-a.id>', '10.0.0.0/16'],
  ['peer-us-west-2-b', 'us-west-2', '<unknown:west-private-b.id>', '10.0.0.0/16'],
  ['peer-us-west-2-c', 'us-west-2', '<unknown:west-private-c.id>', '10.0.0.0/16'],
];

test('routes go both ways between the private subnets, and to the data subnets only where asked', async () => {
  expect(await across()).toEqual(privateRoutes);
  expect(await across(true)).toEqual(
    [
      ...privateRoutes,
      ['peer-us-east-1-data', 'us-east-1', '<unknown:east-data.id>', '10.1.0.0/16'],
      ['peer-us-west-2-data', 'us-west-2', '<unknown:west-data.id>', '10.0.0.0/16'],
    ].sort(),
  );
});

test('routes wait for the acceptance', async () => {
  const routes = all(await recordPeering(), 'aws:ec2/route:Route').filter(({ name }) => name.startsWith('peer-'));
  for (const route of routes) expect(route.dependsOn.join()).toContain('VpcPeeringConnectionAccepter::peer');
});

test('an existing network, one region twice and one range twice are refused, all at once', async () => {
  let message = '';
  await record(() => {
    const existing = {
      vpcId: 'vpc-0a',
      publicSubnetIds: ['subnet-1', 'subnet-2'],
      privateSubnetIds: ['subnet-3', 'subnet-4'],
      dataSubnetIds: ['subnet-5', 'subnet-6'],
      natAddresses: [],
    };
    const requester = new Network('east', { ...east, existing });
    const accepter = new Network('other', east);
    message = messageOf(() => new Peering('peer', { requester, accepter }));
  });
  expect(message.split('\n')).toEqual([
    'Peering "peer" cannot be created:',
    '  requester: is an existing network: its route tables are not managed here, so join it by hand or let us make it',
    '  accepter: is in us-east-1 too; one network serves a region',
    '  accepter: has the range 10.0.0.0/16 of the requester',
  ]);
});
