import { record } from '../../../cli/offline/recorder';
import { AtlasEndpoint, type AtlasEndpointArgs } from '../../../components/aws/atlas-endpoint/atlas-endpoint';
import { all, counts, messageOf, one, parentName } from '../recorded';

const args: AtlasEndpointArgs = {
  region: 'us-west-2',
  projectId: 'project-1',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  clientSecurityGroupIds: { services: 'sg-services' },
  clientCidrs: ['10.10.0.0/16'],
  tags: { System: 'pulse' },
};
const name = 'pulse-atlas';

test('service, interface endpoint and the link between the two', async () => {
  const recording = await record(() => void new AtlasEndpoint(name, args));
  expect(counts(recording)).toEqual({
    'stackladder:aws:AtlasEndpoint': 1,
    'aws:ec2/securityGroup:SecurityGroup': 1,
    'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': 2,
    'mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint': 1,
    'aws:ec2/vpcEndpoint:VpcEndpoint': 1,
    'mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService': 1,
  });
  const offer = one(recording, 'mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint');
  expect(offer.inputs).toEqual({ projectId: 'project-1', providerName: 'AWS', region: 'US_WEST_2' });
  expect(one(recording, 'aws:ec2/vpcEndpoint:VpcEndpoint').inputs).toEqual({
    region: 'us-west-2',
    vpcId: 'vpc-1',
    vpcEndpointType: 'Interface',
    serviceName: `<unknown:${name}.endpointServiceName>`,
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupIds: [`<unknown:${name}.id>`],
    tags: { System: 'pulse' },
  });
  const link = one(recording, 'mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService');
  expect(link.inputs).toEqual({
    projectId: 'project-1',
    privateLinkId: `<unknown:${name}.privateLinkId>`,
    endpointServiceId: `<unknown:${name}.id>`,
    providerName: 'AWS',
  });
  expect(recording.resources.filter((resource) => resource.custom).map(parentName)).toEqual(Array(6).fill(name));
});

test("Atlas's ports are open to the clients and to peered networks, and nothing is open to the world", async () => {
  const recording = await record(() => void new AtlasEndpoint(name, args));
  const group = one(recording, 'aws:ec2/securityGroup:SecurityGroup');
  expect(group.inputs).not.toHaveProperty('ingress');
  expect(group.inputs).not.toHaveProperty('egress');
  const rules = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
  expect(rules.map(({ inputs }) => [inputs.referencedSecurityGroupId, inputs.cidrIpv4])).toEqual([
    [undefined, '10.10.0.0/16'],
    ['sg-services', undefined],
  ]);
  for (const rule of rules) expect(rule.inputs).toMatchObject({ ipProtocol: 'tcp', fromPort: 1024, toPort: 65_535 });
});

test('all faults in one message', () => {
  const wrong = {
    ...args,
    region: 'us-central1',
    subnetIds: [],
    clientSecurityGroupIds: {},
    clientCidrs: ['0.0.0.0/0', '0.0.0.0/0'],
  };
  expect(messageOf(() => new AtlasEndpoint('e', wrong)).split('\n')).toEqual([
    'AtlasEndpoint "e" cannot be created:',
    '  region: "us-central1" is not a region of AWS',
    '  subnetIds: one subnet is needed at least',
    '  clientCidrs[0]: "0.0.0.0/0" must be the range of a peered network, /8 or smaller',
    '  clientCidrs[1]: "0.0.0.0/0" must be the range of a peered network, /8 or smaller',
    '  clientCidrs: "0.0.0.0/0" stands there more than once',
  ]);
  expect(messageOf(() => new AtlasEndpoint('e', { ...args, clientSecurityGroupIds: {}, clientCidrs: [] }))).toContain(
    'clientSecurityGroupIds: an endpoint that nobody may reach is of no use',
  );
});
