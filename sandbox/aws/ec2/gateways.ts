import { randomInt } from 'node:crypto';
import { CloudError, problem } from '../../model/errors';
import { ec2Id, publicAddress } from '../../model/ids';
import { text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, toSubnet } from '../parts';
import { reachesInternet, subnet } from './network';

export const eip: ResourceType = {
  token: aws('ec2', 'Eip'),
  replaceOn: ['address', 'domain', 'networkBorderGroup', 'publicIpv4Pool'],
  keeps: ['domain', 'networkBorderGroup', 'publicIpv4Pool'],
  computed: [
    'allocationId',
    'arn',
    'associationId',
    'carrierIp',
    'customerOwnedIp',
    'privateDns',
    'privateIp',
    'ptrRecord',
    'publicDns',
    'publicIp',
    'tagsAll',
  ],
  defaults: { domain: 'vpc', publicIpv4Pool: 'amazon' },
  inUse: 'InvalidIPAddress.InUse',
  create: ({ cloud }) => {
    const id = ec2Id('eipalloc');
    const publicIp = publicAddress();
    const zone = cloud.region === 'us-east-1' ? 'compute-1' : `${cloud.region}.compute`;
    return {
      id,
      state: {
        allocationId: id,
        arn: cloud.arn('ec2', `elastic-ip/${id}`),
        associationId: '',
        carrierIp: '',
        customerOwnedIp: '',
        privateDns: '',
        privateIp: '',
        ptrRecord: '',
        publicDns: `ec2-${publicIp.replaceAll('.', '-')}.${zone}.amazonaws.com`,
        publicIp,
      },
    };
  },
};

export const natGateway: ResourceType = {
  token: aws('ec2', 'NatGateway'),
  references: [
    toSubnet('subnetId'),
    { path: 'allocationId', to: [eip.token], error: 'InvalidAllocationID.NotFound', holds: true },
  ],
  enumerations: { connectivityType: ['public', 'private'] },
  replaceOn: ['allocationId', 'connectivityType', 'privateIp', 'secondaryPrivateIpAddressCount', 'subnetId'],
  keeps: ['privateIp'],
  computed: ['associationId', 'networkInterfaceId', 'privateIp', 'publicIp', 'tagsAll'],
  defaults: { connectivityType: 'public' },
  check: (inputs) => {
    const open = (text(inputs, 'connectivityType') ?? 'public') === 'public';
    if (!open || inputs.allocationId !== undefined || inputs.availabilityMode === 'regional') return [];
    return [problem('allocationId', 'MissingParameter: a public NAT gateway needs an allocation of an Elastic IP')];
  },
  create: ({ inputs, cloud }) => {
    const within = cloud.find([subnet.token], text(inputs, 'subnetId') ?? '');
    const vpcId = text(within?.inputs, 'vpcId');
    if (text(inputs, 'connectivityType') !== 'private' && !reachesInternet(vpcId, cloud)) {
      throw new CloudError('Gateway.NotAttached', `Network ${vpcId} has no Internet gateway attached`);
    }
    const address = cloud.find([eip.token], text(inputs, 'allocationId') ?? '');
    return {
      id: ec2Id('nat'),
      state: {
        associationId: ec2Id('eipassoc'),
        networkInterfaceId: ec2Id('eni'),
        privateIp: text(inputs, 'privateIp') ?? `10.0.0.${randomInt(4, 250)}`,
        publicIp: text(address?.state, 'publicIp') ?? '',
      },
    };
  },
};
