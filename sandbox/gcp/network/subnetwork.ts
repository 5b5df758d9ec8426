import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { matches, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { gcp, label, toNetwork } from '../parts';
import { addressIn, checkRange, overlap, rangeOf } from './cidr';
import { network, numericId } from './network';

export const subnetwork = google({
  token: gcp('compute', 'Subnetwork'),
  id: 'projects/{project}/regions/{region}/subnetworks/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['network'],
  references: [toNetwork()],
  enumerations: {
    ipv6AccessType: ['EXTERNAL', 'INTERNAL'],
    purpose: [
      'PRIVATE',
      'PRIVATE_RFC_1918',
      'REGIONAL_MANAGED_PROXY',
      'GLOBAL_MANAGED_PROXY',
      'PRIVATE_SERVICE_CONNECT',
      'PEER_MIGRATION',
      'PRIVATE_NAT',
    ],
    role: ['ACTIVE', 'BACKUP'],
    stackType: ['IPV4_ONLY', 'IPV4_IPV6', 'IPV6_ONLY'],
    'logConfig.aggregationInterval': [
      'INTERVAL_5_SEC',
      'INTERVAL_30_SEC',
      'INTERVAL_1_MIN',
      'INTERVAL_5_MIN',
      'INTERVAL_10_MIN',
      'INTERVAL_15_MIN',
    ],
    'logConfig.metadata': ['EXCLUDE_ALL_METADATA', 'INCLUDE_ALL_METADATA', 'CUSTOM_METADATA'],
  },
  replaceOn: [
    'description',
    'externalIpv6Prefix',
    'internalIpv6Prefix',
    'name',
    'network',
    'params',
    'project',
    'region',
    'reservedInternalRange',
    'resolveSubnetMask',
  ],
  // The provider sends a shorter range in place and makes a new subnetwork for any other one (its CustomizeDiff).
  replaceWhen: (olds, news) => (grows(text(olds, 'ipCidrRange'), text(news, 'ipCidrRange')) ? [] : ['ipCidrRange']),
  keeps: [
    'purpose',
    'privateIpGoogleAccess',
    'privateIpv6GoogleAccess',
    'secondaryIpRanges',
    'stackType',
    'ipCidrRange',
  ],
  computed: ['creationTimestamp', 'fingerprint', 'gatewayAddress', 'ipv6CidrRange', 'subnetworkId'],
  defaults: { purpose: 'PRIVATE', privateIpGoogleAccess: false, stackType: 'IPV4_ONLY' },
  check: (inputs) => checkRange(inputs, 'ipCidrRange'),
  make: ({ inputs, cloud, id }) => {
    refuseOverlap(inputs, cloud, id);
    return {
      state: {
        creationTimestamp: new Date().toISOString(),
        fingerprint: '',
        gatewayAddress: addressIn(text(inputs, 'ipCidrRange'), 1),
        ipv6CidrRange: '',
        subnetworkId: Number(numericId().slice(0, 12)),
      },
    };
  },
  update: ({ record, inputs, cloud }) => refuseOverlap(inputs, cloud, record.id),
});

function grows(before: string | undefined, after: string | undefined): boolean {
  const [old, wanted] = [rangeOf(before), rangeOf(after)];
  return old !== undefined && wanted !== undefined && wanted.first <= old.first && wanted.last >= old.last;
}

const rangesOf = (inputs: Bag): { first: number; last: number; bits: number }[] =>
  [text(inputs, 'ipCidrRange'), ...matches(inputs, 'secondaryIpRanges.*.ipCidrRange').map(({ value }) => String(value))]
    .map(rangeOf)
    .filter((range) => range !== undefined);

/** All ranges of a network, secondary ones too, lie side by side. */
function refuseOverlap(inputs: Bag, cloud: Cloud, id: string): void {
  const home = cloud.find([network.token], text(inputs, 'network') ?? '')?.id;
  const others = cloud
    .all(subnetwork.token)
    .filter(
      (other) => other.id !== id && cloud.find([network.token], text(other.inputs, 'network') ?? '')?.id === home,
    );
  const mine = rangesOf(inputs);
  const within = mine.some((range, at) => mine.slice(at + 1).some((other) => overlap(range, other)));
  const clash = others.find((other) => rangesOf(other.inputs).some((range) => mine.some((own) => overlap(own, range))));
  if (!within && !clash) return;
  const what = clash ? `${clash.id}'s` : 'another of its own';
  throw new CloudError(
    'invalid',
    `Invalid IPCidrRange: ${text(inputs, 'ipCidrRange')} of ${id} conflicts with ${what}`,
  );
}
