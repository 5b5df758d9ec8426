import { randomInt } from 'node:crypto';
import { problem } from '../../model/errors';
import { number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { gcp, label, toNetwork, toSubnetwork } from '../parts';
import { addressIn, rangeOf } from './cidr';

/** An address out of Google's public ranges. */
export const publicAddress = (): string => `34.${randomInt(64, 127)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
const internal = (inputs: Bag): boolean => text(inputs, 'addressType') === 'INTERNAL';
const created = (): Bag => ({ creationTimestamp: new Date().toISOString(), labelFingerprint: '42WmSpB8rSM=' });

export const address = google({
  token: gcp('compute', 'Address'),
  id: 'projects/{project}/regions/{region}/addresses/{name}',
  links: COMPUTE,
  labels: true,
  naming: label(),
  references: [toNetwork(), toSubnetwork()],
  enumerations: {
    addressType: ['INTERNAL', 'EXTERNAL'],
    ipVersion: ['IPV4', 'IPV6'],
    networkTier: ['PREMIUM', 'STANDARD'],
    purpose: [
      'GCE_ENDPOINT',
      'SHARED_LOADBALANCER_VIP',
      'VPC_PEERING',
      'IPSEC_INTERCONNECT',
      'PRIVATE_SERVICE_CONNECT',
    ],
  },
  replaceOn: [
    'address',
    'addressType',
    'description',
    'ipCollection',
    'ipVersion',
    'ipv6EndpointType',
    'name',
    'network',
    'networkTier',
    'prefixLength',
    'project',
    'purpose',
    'region',
    'subnetwork',
  ],
  keeps: ['address', 'networkTier', 'prefixLength', 'purpose', 'subnetwork', 'ipVersion'],
  computed: ['address', 'addressId', 'creationTimestamp', 'labelFingerprint', 'networkTier', 'purpose', 'users'],
  defaults: { addressType: 'EXTERNAL' },
  check: (inputs) =>
    internal(inputs) && text(inputs, 'networkTier') !== undefined
      ? [problem('networkTier', 'invalid: a network tier cannot be given for an internal address')]
      : [],
  make: ({ inputs, cloud }) => {
    const subnet = cloud.find([gcp('compute', 'Subnetwork')], text(inputs, 'subnetwork') ?? '');
    const taken = cloud.all(gcp('compute', 'Address')).length;
    const free = internal(inputs)
      ? addressIn(text(subnet?.inputs, 'ipCidrRange') ?? '10.128.0.0/20', 2 + taken)
      : publicAddress();
    return {
      state: {
        ...created(),
        ...(inputs.address === undefined ? { address: free } : {}),
        ...(internal(inputs) || inputs.networkTier !== undefined ? {} : { networkTier: 'PREMIUM' }),
        ...(internal(inputs) && inputs.purpose === undefined ? { purpose: 'GCE_ENDPOINT' } : {}),
        addressId: randomInt(1e12, 9e12),
        users: [],
      },
    };
  },
});

export const globalAddress = google({
  token: gcp('compute', 'GlobalAddress'),
  id: 'projects/{project}/global/addresses/{name}',
  links: COMPUTE,
  labels: true,
  naming: label(),
  references: [toNetwork()],
  enumerations: {
    addressType: ['INTERNAL', 'EXTERNAL'],
    ipVersion: ['IPV4', 'IPV6'],
    purpose: ['VPC_PEERING', 'PRIVATE_SERVICE_CONNECT'],
  },
  replaceOn: [
    'address',
    'addressType',
    'description',
    'ipVersion',
    'name',
    'network',
    'prefixLength',
    'project',
    'purpose',
  ],
  keeps: ['address', 'prefixLength'],
  computed: ['address', 'creationTimestamp', 'labelFingerprint', 'prefixLength'],
  defaults: { addressType: 'EXTERNAL' },
  check: (inputs) => {
    const peering = text(inputs, 'purpose') === 'VPC_PEERING';
    const problems = [];
    if (peering && !internal(inputs)) {
      problems.push(problem('addressType', 'invalid: an address for VPC_PEERING is INTERNAL'));
    }
    if (peering && inputs.network === undefined) {
      problems.push(problem('network', 'invalid: an address for VPC_PEERING needs its network'));
    }
    const length = number(inputs, 'prefixLength');
    if (length !== undefined && (length < 8 || length > 29)) {
      problems.push(problem('prefixLength', `invalid: a reserved range is between /8 and /29, got /${length}`));
    }
    const given = text(inputs, 'address');
    if (given !== undefined && length !== undefined && !aligned(given, length)) {
      problems.push(problem('address', `invalid: ${given} is not the first address of a /${length}`));
    }
    return problems;
  },
  make: ({ inputs }) => ({
    state: {
      ...created(),
      ...(inputs.address === undefined ? { address: internal(inputs) ? '10.240.0.0' : publicAddress() } : {}),
    },
  }),
});

function aligned(given: string, length: number): boolean {
  const range = rangeOf(`${given}/${length}`);
  return range === undefined || range.first % 2 ** (32 - length) === 0;
}
