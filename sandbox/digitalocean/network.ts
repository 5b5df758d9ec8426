import { contains, overlap, rangeOf } from '../aws/ec2/cidr';
import { CloudError, problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, matches, text, texts } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { between, now, ocean, once, publicAddress, regions, toVpc, urn } from './parts';

/** Ranges that DigitalOcean keeps for itself. */
const reserved = ['10.244.0.0/16', '10.245.0.0/16', '10.246.0.0/24', '10.229.0.0/16'];
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

export const vpc: ResourceType = {
  token: ocean('Vpc'),
  naming: once('409 conflict'),
  required: ['region'],
  enumerations: { region: regions },
  replaceOn: ['ipRange', 'region'],
  keeps: ['description', 'ipRange'],
  computed: ['createdAt', 'default', 'ipRange', 'vpcUrn'],
  defaults: { description: '' },
  inUse: '409 conflict: Can not delete VPC with members',
  check: (inputs) => {
    const range = text(inputs, 'ipRange');
    if (range === undefined) return [];
    const found = rangeOf(range);
    if (!found || found.bits < 16 || found.bits > 28) {
      return [problem('ipRange', '422 unprocessable_entity: the range must be from /16 to /28')];
    }
    if (!privateRanges.some((outer) => contains(outer, range)) || reserved.some((kept) => overlap(kept, range))) {
      return [problem('ipRange', `422 unprocessable_entity: ${range} is not a range that a VPC may have`)];
    }
    return [];
  },
  create: ({ inputs, cloud }) => {
    const range = text(inputs, 'ipRange');
    const others = cloud
      .all(ocean('Vpc'))
      .map((other) => text(other.inputs, 'ipRange') ?? text(other.state, 'ipRange'));
    if (range !== undefined && others.some((other) => other !== undefined && overlap(other, range))) {
      throw new CloudError(
        '422 unprocessable_entity',
        'This range/size overlaps with another VPC network in your account',
      );
    }
    const id = uuid();
    const state = { createdAt: now(), default: false, vpcUrn: urn('vpc', id) };
    return {
      id,
      state: range === undefined ? { ...state, ipRange: `10.${100 + (others.length % 36)}.0.0/20` } : state,
    };
  },
};

export const vpcPeering: ResourceType = {
  token: ocean('VpcPeering'),
  naming: once('409 conflict'),
  required: ['vpcIds'],
  references: [toVpc('vpcIds.*')],
  replaceOn: ['vpcIds'],
  sets: ['vpcIds'],
  computed: ['createdAt', 'status'],
  check: (inputs) => {
    const ids = list(inputs, 'vpcIds');
    return ids.length === 2 && (new Set(ids).size === 2 || texts(inputs, 'vpcIds').length < 2)
      ? []
      : [problem('vpcIds', '422 unprocessable_entity: a peering is between two different VPCs')];
  },
  create: ({ inputs, cloud }) => {
    const ends = texts(inputs, 'vpcIds').map((id) => text(cloud.find([ocean('Vpc')], id)?.inputs ?? {}, 'region'));
    if (ends.includes('blr1') && new Set(ends).size > 1) {
      throw new CloudError('422 unprocessable_entity', 'peering between data centres is not available in blr1');
    }
    return { id: uuid(), state: { createdAt: now(), status: 'ACTIVE' } };
  },
};

const networksOf = (inputs: Bag): string =>
  matches(inputs, 'vpcs.*.vpcUuid')
    .map(({ value }) => String(value))
    .sort()
    .join();

export const vpcNatGateway: ResourceType = {
  token: ocean('VpcNatGateway'),
  naming: once('409 conflict'),
  required: ['region', 'size', 'type', 'vpcs'],
  enumerations: { region: regions, type: ['PUBLIC'] },
  references: [toVpc('vpcs.*.vpcUuid')],
  replaceOn: [],
  // Another network's gateway is another one; which of them is the default may change.
  replaceWhen: (olds, news) => (networksOf(olds) === networksOf(news) ? [] : ['vpcs']),
  sets: ['vpcs'],
  keeps: ['icmpTimeoutSeconds', 'projectId', 'tcpTimeoutSeconds', 'udpTimeoutSeconds'],
  computed: ['createdAt', 'egresses', 'projectId', 'state', 'updatedAt'],
  check: (inputs) => between(inputs, 'size', 1, 4),
  create: () => ({
    id: uuid(),
    state: {
      createdAt: now(),
      updatedAt: now(),
      state: 'ACTIVE',
      projectId: uuid(),
      egresses: [{ publicGateways: [{ ipv4: publicAddress() }] }],
    },
  }),
};

export const network = [vpc, vpcPeering, vpcNatGateway];
