import { CloudError, problem, type Problem } from '../../model/errors';
import { ec2Id } from '../../model/ids';
import { flag, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Cloud } from '../../model/cloud';
import type { Bag } from '../../model/values';
import { aws, toVpc } from '../parts';
import { contains, overlap, rangeOf } from './cidr';

function checkRange(inputs: Bag): Problem[] {
  const cidr = text(inputs, 'cidrBlock');
  if (cidr === undefined) return [];
  const range = rangeOf(cidr);
  if (!range) return [problem('cidrBlock', `"${cidr}" is not a valid CIDR block`)];
  if (range.bits >= 16 && range.bits <= 28) return [];
  return [problem('cidrBlock', `InvalidVpc.Range: the CIDR '${cidr}' is invalid: a block is between /16 and /28`)];
}

export const vpc: ResourceType = {
  token: aws('ec2', 'Vpc'),
  replaceOn: ['cidrBlock', 'ipv4IpamPoolId', 'ipv4NetmaskLength'],
  computed: [
    'arn',
    'defaultNetworkAclId',
    'defaultRouteTableId',
    'defaultSecurityGroupId',
    'dhcpOptionsId',
    'ipv6AssociationId',
    'mainRouteTableId',
    'ownerId',
    'tagsAll',
  ],
  defaults: { enableDnsSupport: true, enableDnsHostnames: false, instanceTenancy: 'default' },
  enumerations: { instanceTenancy: ['default', 'dedicated'] },
  check: checkRange,
  create: ({ cloud }) => {
    const id = ec2Id('vpc');
    const routeTable = ec2Id('rtb');
    return {
      id,
      state: {
        arn: cloud.arn('ec2', `vpc/${id}`),
        defaultNetworkAclId: ec2Id('acl'),
        defaultRouteTableId: routeTable,
        defaultSecurityGroupId: ec2Id('sg'),
        dhcpOptionsId: ec2Id('dopt'),
        ipv6AssociationId: '',
        mainRouteTableId: routeTable,
        ownerId: cloud.account,
      },
    };
  },
};

export const subnet: ResourceType = {
  token: aws('ec2', 'Subnet'),
  required: ['vpcId'],
  references: [toVpc()],
  replaceOn: ['availabilityZone', 'availabilityZoneId', 'cidrBlock', 'ipv6Native', 'outpostArn', 'vpcId'],
  keeps: ['availabilityZone', 'availabilityZoneId'],
  computed: ['arn', 'ipv6CidrBlockAssociationId', 'ownerId', 'tagsAll'],
  defaults: { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false },
  check: (inputs, cloud) => {
    const zone = text(inputs, 'availabilityZone');
    const elsewhere = zone !== undefined && cloud.region !== '' && !zone.startsWith(cloud.region);
    const reason = `InvalidParameterValue: value (${zone}) for parameter availabilityZone is invalid in ${cloud.region}`;
    return [...checkRange(inputs), ...(elsewhere ? [problem('availabilityZone', reason)] : [])];
  },
  create: ({ inputs, cloud }) => {
    const cidr = text(inputs, 'cidrBlock') ?? '';
    const vpcId = text(inputs, 'vpcId') ?? '';
    const whole = text(cloud.find([vpc.token], vpcId)?.inputs, 'cidrBlock');
    if (whole !== undefined && !contains(whole, cidr)) {
      throw new CloudError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
    }
    const others = cloud.all(subnet.token).filter((other) => text(other.inputs, 'vpcId') === vpcId);
    if (others.some((other) => overlap(text(other.inputs, 'cidrBlock') ?? '', cidr))) {
      throw new CloudError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
    }
    const id = ec2Id('subnet');
    return {
      id,
      state: {
        arn: cloud.arn('ec2', `subnet/${id}`),
        availabilityZone: text(inputs, 'availabilityZone') ?? `${cloud.region}a`,
        ipv6CidrBlockAssociationId: '',
        ownerId: cloud.account,
      },
    };
  },
};

export const internetGateway: ResourceType = {
  token: aws('ec2', 'InternetGateway'),
  references: [toVpc()],
  replaceOn: [],
  computed: ['arn', 'ownerId', 'tagsAll'],
  create: ({ inputs, cloud }) => {
    const vpcId = text(inputs, 'vpcId');
    const attached = cloud.all(internetGateway.token).some((other) => text(other.inputs, 'vpcId') === vpcId);
    if (vpcId !== undefined && attached) {
      throw new CloudError('Resource.AlreadyAssociated', `${vpcId} already has an internet gateway attached`);
    }
    const id = ec2Id('igw');
    return { id, state: { arn: cloud.arn('ec2', `internet-gateway/${id}`), ownerId: cloud.account } };
  },
  remove: (record, cloud) => {
    const vpcId = text(record.inputs, 'vpcId');
    if (vpcId !== undefined && hasPublicAddresses(vpcId, cloud)) {
      const sentence = `Network ${vpcId} has some mapped public address(es). Please unmap those before detaching the gateway.`;
      throw new CloudError('DependencyViolation', sentence);
    }
  },
};

function hasPublicAddresses(vpcId: string, cloud: Cloud): boolean {
  const gateways = cloud.all(aws('ec2', 'NatGateway')).some((gateway) => {
    const within = cloud.find([subnet.token], text(gateway.inputs, 'subnetId') ?? '');
    return text(within?.inputs, 'vpcId') === vpcId && text(gateway.inputs, 'connectivityType') !== 'private';
  });
  const balancers = cloud
    .all(aws('lb', 'LoadBalancer'))
    .some((balancer) => text(balancer.state, 'vpcId') === vpcId && !flag(balancer.inputs, 'internal'));
  return gateways || balancers;
}

/** Whether the internet reaches a network; yes for one that was not made here. */
export function reachesInternet(vpcId: string | undefined, cloud: Cloud): boolean {
  if (vpcId === undefined || !cloud.find([vpc.token], vpcId)) return true;
  return cloud.all(internetGateway.token).some((gateway) => text(gateway.inputs, 'vpcId') === vpcId);
}
