import { record, type Recording } from '../../../cli/offline/recorder';
import { Network, type NetworkArgs } from '../../../components/aws/network/network';
import { all, counts, messageOf, one, parentName } from '../recorded';

const two: NetworkArgs = {
  zones: ['us-east-1a', 'us-east-1b'],
  cidr: '10.20.0.0/16',
  natGateways: 'single',
  flowLogRetentionDays: 90,
  tags: { System: 'pulse' },
};
const three: NetworkArgs = { ...two, zones: [...two.zones, 'us-east-1c'] };
const existing = {
  vpcId: 'vpc-0a1b2c3d',
  publicSubnetIds: ['subnet-1', 'subnet-2'],
  privateSubnetIds: ['subnet-3', 'subnet-4'],
  dataSubnetIds: ['subnet-5', 'subnet-6'],
  natAddresses: ['198.51.100.7'],
};

const recordNetwork = (args: NetworkArgs) =>
  record(() => {
    const network = new Network('net', args);
    const { vpcId, publicSubnetIds, privateSubnetIds, dataSubnetIds, natAddresses, privateRouteTableIds } = network;
    return { vpcId, publicSubnetIds, privateSubnetIds, dataSubnetIds, natAddresses, privateRouteTableIds };
  });

const byName = (recording: Recording, type: string, name: string) => {
  const found = all(recording, type).find((resource) => resource.name === name);
  if (!found) throw new Error(`no ${type} called ${name}`);
  return found;
};

test('two zones with one NAT gateway: what there is', async () => {
  const recording = await recordNetwork(two);
  expect(counts(recording)).toEqual({
    'stackladder:aws:Network': 1,
    'aws:ec2/vpc:Vpc': 1,
    'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': 1,
    'aws:ec2/internetGateway:InternetGateway': 1,
    'aws:ec2/subnet:Subnet': 6,
    'aws:ec2/routeTable:RouteTable': 4,
    'aws:ec2/routeTableAssociation:RouteTableAssociation': 6,
    'aws:ec2/route:Route': 3,
    'aws:ec2/eip:Eip': 1,
    'aws:ec2/natGateway:NatGateway': 1,
    'aws:ec2/vpcEndpoint:VpcEndpoint': 2,
    'aws:ec2/flowLog:FlowLog': 1,
    'aws:cloudwatch/logGroup:LogGroup': 1,
    'aws:iam/role:Role': 1,
    'aws:iam/rolePolicy:RolePolicy': 1,
  });
  const children = recording.resources.filter(({ type }) => type !== 'stackladder:aws:Network');
  expect(new Set(children.map(parentName))).toEqual(new Set(['net']));
  const global = ['aws:iam/role:Role', 'aws:iam/rolePolicy:RolePolicy'];
  for (const { type, inputs } of children) {
    expect([type, inputs.region]).toEqual([type, global.includes(type) ? undefined : 'us-east-1']);
  }
  expect(recording.outputs).toEqual({
    vpcId: '<unknown:net.id>',
    publicSubnetIds: ['<unknown:net-public-a.id>', '<unknown:net-public-b.id>'],
    privateSubnetIds: ['<unknown:net-private-a.id>', '<unknown:net-private-b.id>'],
    dataSubnetIds: ['<unknown:net-data-a.id>', '<unknown:net-data-b.id>'],
    natAddresses: ['<unknown:net-nat-a.publicIp>'],
    privateRouteTableIds: ['<unknown:net-private-a.id>', '<unknown:net-private-b.id>'],
  });
});

test('the VPC resolves names, its default group lets nothing through, and no subnet hands out public addresses', async () => {
  const recording = await recordNetwork(three);
  expect(one(recording, 'aws:ec2/vpc:Vpc').inputs).toEqual({
    region: 'us-east-1',
    cidrBlock: '10.20.0.0/16',
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { System: 'pulse', Name: 'net' },
  });
  expect(one(recording, 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup').inputs).toMatchObject({
    vpcId: '<unknown:net.id>',
    ingress: [],
    egress: [],
  });
  const subnets = all(recording, 'aws:ec2/subnet:Subnet');
  expect(subnets.map(({ inputs }) => inputs.mapPublicIpOnLaunch)).toEqual(Array(9).fill(false));
  expect(subnets.map(({ name, inputs }) => [name, inputs.availabilityZone, inputs.cidrBlock])).toEqual([
    ['net-data-a', 'us-east-1a', '10.20.192.0/22'],
    ['net-data-b', 'us-east-1b', '10.20.196.0/22'],
    ['net-data-c', 'us-east-1c', '10.20.200.0/22'],
    ['net-private-a', 'us-east-1a', '10.20.0.0/20'],
    ['net-private-b', 'us-east-1b', '10.20.16.0/20'],
    ['net-private-c', 'us-east-1c', '10.20.32.0/20'],
    ['net-public-a', 'us-east-1a', '10.20.128.0/21'],
    ['net-public-b', 'us-east-1b', '10.20.136.0/21'],
    ['net-public-c', 'us-east-1c', '10.20.144.0/21'],
  ]);
});

test('a NAT gateway in each zone serves its own zone, and the data subnets have no way out', async () => {
  const recording = await recordNetwork({ ...three, natGateways: 'per-zone' });
  const routes = all(recording, 'aws:ec2/route:Route').map(({ inputs }) => [
    inputs.routeTableId,
    inputs.destinationCidrBlock,
    inputs.natGatewayId ?? inputs.gatewayId,
  ]);
  expect(routes).toEqual([
    ['<unknown:net-private-a.id>', '0.0.0.0/0', '<unknown:net-nat-a.id>'],
    ['<unknown:net-private-b.id>', '0.0.0.0/0', '<unknown:net-nat-b.id>'],
    ['<unknown:net-private-c.id>', '0.0.0.0/0', '<unknown:net-nat-c.id>'],
    ['<unknown:net-public.id>', '0.0.0.0/0', '<unknown:net.id>'],
  ]);
  expect(
    all(recording, 'aws:ec2/natGateway:NatGateway').map(({ inputs }) => [inputs.subnetId, inputs.allocationId]),
  ).toEqual(
    ['a', 'b', 'c'].map((zone) => [`<unknown:net-public-${zone}.id>`, `<unknown:net-nat-${zone}.allocationId>`]),
  );
  const onData = all(recording, 'aws:ec2/routeTableAssociation:RouteTableAssociation').filter(
    ({ inputs }) => inputs.routeTableId === '<unknown:net-data.id>',
  );
  expect(onData.map(({ inputs }) => inputs.subnetId)).toEqual([
    '<unknown:net-data-a.id>',
    '<unknown:net-data-b.id>',
    '<unknown:net-data-c.id>',
  ]);
  for (const endpoint of all(recording, 'aws:ec2/vpcEndpoint:VpcEndpoint')) {
    expect(endpoint.inputs.vpcEndpointType).toBe('Gateway');
    expect(endpoint.inputs.routeTableIds).toEqual([
      '<unknown:net-private-a.id>',
      '<unknown:net-private-b.id>',
      '<unknown:net-private-c.id>',
      '<unknown:net-data.id>',
    ]);
  }
  expect(all(recording, 'aws:ec2/vpcEndpoint:VpcEndpoint').map(({ inputs }) => inputs.serviceName)).toEqual([
    'com.amazonaws.us-east-1.dynamodb',
    'com.amazonaws.us-east-1.s3',
  ]);
});

test('flow logs are kept as long as asked, by a role that can do nothing else', async () => {
  const recording = await recordNetwork(two);
  expect(one(recording, 'aws:cloudwatch/logGroup:LogGroup').inputs.retentionInDays).toBe(90);
  expect(one(recording, 'aws:ec2/flowLog:FlowLog').inputs).toMatchObject({
    vpcId: '<unknown:net.id>',
    trafficType: 'ALL',
    logDestination: '<unknown:net-flow-logs.arn>',
    iamRoleArn: '<unknown:net-flow-logs.arn>',
  });
  const policy = JSON.parse(one(recording, 'aws:iam/rolePolicy:RolePolicy').inputs.policy as string);
  expect(policy.Statement.map((statement: { Resource: string }) => statement.Resource)).toEqual([
    '<unknown:net-flow-logs.arn>:*',
  ]);
  const trust = JSON.parse(one(recording, 'aws:iam/role:Role').inputs.assumeRolePolicy as string);
  expect(trust.Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '<unknown:net.ownerId>' } },
    },
  ]);
});

/** Inputs whose change replaces the resource, by type, for the types in a network (the provider's schema). */
const replacing: Record<string, string[]> = {
  'aws:ec2/vpc:Vpc': ['cidrBlock'],
  'aws:ec2/subnet:Subnet': ['vpcId', 'availabilityZone', 'cidrBlock'],
  'aws:ec2/routeTable:RouteTable': ['vpcId'],
  'aws:ec2/route:Route': ['routeTableId', 'destinationCidrBlock'],
  'aws:ec2/routeTableAssociation:RouteTableAssociation': ['subnetId', 'gatewayId'],
  'aws:ec2/natGateway:NatGateway': ['allocationId', 'subnetId'],
  'aws:ec2/vpcEndpoint:VpcEndpoint': ['serviceName', 'vpcEndpointType', 'vpcId'],
};

test.each([
  ['a third zone', two, three],
  ['a NAT gateway in each zone', three, { ...three, natGateways: 'per-zone' as const }],
  ['zones in another order', three, { ...three, zones: [three.zones[0]!, three.zones[2]!, three.zones[1]!] }],
])('%s: nothing goes and nothing is replaced', async (_, before, after) => {
  const [old, grown] = [await recordNetwork(before), await recordNetwork(after)];
  const later = new Map(grown.resources.map((resource) => [resource.urn, resource]));
  for (const resource of old.resources) {
    const next = later.get(resource.urn);
    expect([resource.urn, next !== undefined]).toEqual([resource.urn, true]);
    for (const input of replacing[resource.type] ?? []) {
      expect([resource.name, input, next!.inputs[input]]).toEqual([resource.name, input, resource.inputs[input]]);
    }
  }
});

test('what the way out needs is what instances can wait for', async () => {
  let names: string[] = [];
  await record(async () => {
    const { internetAccess } = new Network('net', two);
    const urns = await Promise.all(
      internetAccess.map((resource) => new Promise<string>((resolve) => resource.urn.apply(resolve))),
    );
    names = urns.map((urn) => urn.split('::').slice(-2).join(' ').replace(/.*\$/, ''));
  });
  expect(names.sort()).toEqual([
    'aws:ec2/route:Route net-private-a-internet',
    'aws:ec2/route:Route net-private-b-internet',
    'aws:ec2/routeTableAssociation:RouteTableAssociation net-private-a',
    'aws:ec2/routeTableAssociation:RouteTableAssociation net-private-b',
    'aws:ec2/routeTableAssociation:RouteTableAssociation net-public-a',
    'aws:ec2/routeTableAssociation:RouteTableAssociation net-public-b',
  ]);
  const recording = await recordNetwork(two);
  expect(byName(recording, 'aws:ec2/natGateway:NatGateway', 'net-nat-a').dependsOn.join()).toContain(
    'net-public-internet',
  );
});

test('an existing network: its ids come back and nothing is created', async () => {
  const recording = await recordNetwork({ ...two, existing });
  expect(counts(recording)).toEqual({ 'stackladder:aws:Network': 1 });
  expect(recording.outputs).toEqual({ ...existing, privateRouteTableIds: [] });
});

test('all faults in one message, and nothing is created', async () => {
  let message = '';
  const recording = await record(() => {
    message = messageOf(
      () =>
        new Network('net', {
          region: 'us-east-1',
          zones: ['us-west-2a', 'use1-az1', 'us-east-1a', 'us-east-1a'],
          cidr: '10.0.0.0/8',
          natGateways: 'single',
          flowLogRetentionDays: 91,
          existing: { ...existing, vpcId: 'my-vpc', dataSubnetIds: ['subnet-1'] },
        }),
    );
  });
  expect(message.split('\n')).toEqual([
    'Network "net" cannot be created:',
    '  zones: 4 must be 2 or 3 zones',
    '  zones: "us-east-1a" stands there more than once',
    '  zones[0]: "us-west-2a" is not in us-east-1',
    '  zones[1]: "use1-az1" must be the full name of an availability zone, such as us-east-1a',
    '  cidr: "10.0.0.0/8" must be a private /16 range such as 10.0.0.0/16',
    expect.stringMatching(/^ {2}flowLogRetentionDays: 91 days must be one of 1, 3, .*, 3653$/),
    '  existing.vpcId: "my-vpc" is not the id of a VPC',
    '  existing.publicSubnetIds: 2 subnets for 4 zones; there must be one per zone, in their order',
    '  existing.privateSubnetIds: 2 subnets for 4 zones; there must be one per zone, in their order',
    '  existing.dataSubnetIds: 1 subnets for 4 zones; there must be one per zone, in their order',
  ]);
  expect(recording.resources).toEqual([]);
});
