import { createHash } from 'node:crypto';
import { CloudError } from '../../model/errors';
import { ec2Id } from '../../model/ids';
import { text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, exactlyOne, toSubnet, toVpc } from '../parts';
import { rangeOf } from './cidr';

export const routeTable: ResourceType = {
  token: aws('ec2', 'RouteTable'),
  required: ['vpcId'],
  references: [toVpc()],
  replaceOn: ['vpcId'],
  sets: ['routes', 'propagatingVgws'],
  computed: ['arn', 'ownerId', 'tagsAll'],
  create: ({ cloud }) => {
    const id = ec2Id('rtb');
    return { id, state: { arn: cloud.arn('ec2', `route-table/${id}`), ownerId: cloud.account } };
  },
};

const destinations = ['destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId'];
const targets = [
  'carrierGatewayId',
  'coreNetworkArn',
  'egressOnlyGatewayId',
  'gatewayId',
  'localGatewayId',
  'natGatewayId',
  'networkInterfaceId',
  'transitGatewayId',
  'vpcEndpointId',
  'vpcPeeringConnectionId',
];

export const route: ResourceType = {
  token: aws('ec2', 'Route'),
  required: ['routeTableId'],
  references: [
    { path: 'routeTableId', to: [routeTable.token], error: 'InvalidRouteTableID.NotFound' },
    { path: 'gatewayId', to: [aws('ec2', 'InternetGateway')], error: 'InvalidGatewayID.NotFound' },
    { path: 'natGatewayId', to: [aws('ec2', 'NatGateway')], error: 'InvalidNatGatewayID.NotFound' },
    { path: 'vpcEndpointId', to: [aws('ec2', 'VpcEndpoint')], error: 'InvalidVpcEndpointId.NotFound' },
    {
      path: 'vpcPeeringConnectionId',
      to: [aws('ec2', 'VpcPeeringConnection'), aws('ec2', 'VpcPeeringConnectionAccepter')],
      error: 'InvalidVpcPeeringConnectionID.NotFound',
      anyRegion: true,
    },
  ],
  replaceOn: [...destinations, 'routeTableId'],
  computed: ['instanceId', 'instanceOwnerId', 'origin', 'state'],
  check: (inputs) => [...exactlyOne(inputs, destinations), ...exactlyOne(inputs, targets)],
  create: ({ inputs, cloud }) => {
    const table = text(inputs, 'routeTableId') ?? '';
    const to = destinations.map((key) => text(inputs, key)).find((value) => value !== undefined) ?? '';
    const twin = cloud
      .all(route.token)
      .some(
        (other) =>
          text(other.inputs, 'routeTableId') === table && destinations.some((key) => text(other.inputs, key) === to),
      );
    if (twin) {
      throw new CloudError(
        'RouteAlreadyExists',
        `Route in Route Table (${table}) with destination (${to}) already exists`,
      );
    }
    if (text(inputs, 'destinationCidrBlock') !== undefined && !rangeOf(to)) {
      throw new CloudError('InvalidParameterValue', `Value (${to}) for parameter destinationCidrBlock is invalid.`);
    }
    const hash = createHash('sha256').update(to).digest().readUInt32BE(0);
    return {
      id: `r-${table}${hash}`,
      state: { instanceId: '', instanceOwnerId: '', origin: 'CreateRoute', state: 'active' },
    };
  },
};

export const routeTableAssociation: ResourceType = {
  token: aws('ec2', 'RouteTableAssociation'),
  required: ['routeTableId'],
  references: [
    toSubnet('subnetId'),
    { path: 'routeTableId', to: [routeTable.token], error: 'InvalidRouteTableID.NotFound', holds: true },
    { path: 'gatewayId', to: [aws('ec2', 'InternetGateway')], error: 'InvalidGatewayID.NotFound' },
  ],
  replaceOn: ['gatewayId', 'subnetId'],
  computed: [],
  check: (inputs) => exactlyOne(inputs, ['gatewayId', 'subnetId']),
  create: ({ inputs, cloud }) => {
    const subnetId = text(inputs, 'subnetId');
    const twin = cloud.all(routeTableAssociation.token).find((other) => text(other.inputs, 'subnetId') === subnetId);
    if (subnetId !== undefined && twin) {
      const sentence = `the specified association for route table ${text(inputs, 'routeTableId')} conflicts with an existing association`;
      throw new CloudError('Resource.AlreadyAssociated', sentence);
    }
    return { id: ec2Id('rtbassoc'), state: {} };
  },
};
