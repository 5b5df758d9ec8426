import { randomInt } from 'node:crypto';
import type { Cloud } from '../../model/cloud';
import { CloudError, problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { gcp, label, toNetwork } from '../parts';
import { addressIn, checkRange, overlap, rangeOf } from './cidr';

const made = (): Bag => ({ creationTimestamp: new Date().toISOString() });
/** Numbers as Google gives to its resources. */
export const numericId = (): string => `${randomInt(1e9, 9e9)}${randomInt(1e8, 9e8)}`;

export const network = google({
  token: gcp('compute', 'Network'),
  id: 'projects/{project}/global/networks/{name}',
  links: COMPUTE,
  naming: label(),
  enumerations: { routingMode: ['REGIONAL', 'GLOBAL'] },
  replaceOn: [
    'autoCreateSubnetworks',
    'description',
    'internalIpv6Range',
    'name',
    'networkProfile',
    'params',
    'project',
  ],
  keeps: ['mtu', 'routingMode', 'internalIpv6Range', 'networkFirewallPolicyEnforcementOrder'],
  computed: ['gatewayIpv4', 'networkId', 'numericId', 'mtu', 'routingMode'],
  defaults: {
    autoCreateSubnetworks: true,
    deleteDefaultRoutesOnCreate: false,
    mtu: 1460,
    networkFirewallPolicyEnforcementOrder: 'AFTER_CLASSIC_FIREWALL',
    routingMode: 'REGIONAL',
  },
  check: (inputs) => {
    const mtu = number(inputs, 'mtu');
    if (mtu === undefined || (mtu >= 1300 && mtu <= 8896)) return [];
    return [problem('mtu', `invalid: an MTU lies between 1300 and 8896, got ${mtu}`)];
  },
  make: () => {
    const id = numericId();
    return { state: { gatewayIpv4: '', networkId: id, numericId: id } };
  },
});

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
        ...made(),
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

export const router = google({
  token: gcp('compute', 'Router'),
  id: 'projects/{project}/regions/{region}/routers/{name}',
  links: COMPUTE,
  naming: label(),
  references: [toNetwork()],
  replaceOn: ['encryptedInterconnectRouter', 'name', 'nccGateway', 'network', 'params', 'project', 'region'],
  computed: ['creationTimestamp'],
  make: () => ({ state: made() }),
});

export const routerNat = google({
  token: gcp('compute', 'RouterNat'),
  id: '{project}/{region}/{router}/{name}',
  naming: label(),
  required: ['router', 'sourceSubnetworkIpRangesToNat'],
  references: [
    { path: 'router', to: [router.token], error: 'notFound' },
    { path: 'natIps.*', to: [gcp('compute', 'Address')], error: 'notFound', holds: true },
    { path: 'drainNatIps.*', to: [gcp('compute', 'Address')], error: 'notFound', holds: true },
    { path: 'subnetworks.*.name', to: [subnetwork.token], error: 'notFound', holds: true },
  ],
  enumerations: {
    autoNetworkTier: ['PREMIUM', 'STANDARD'],
    natIpAllocateOption: ['AUTO_ONLY', 'MANUAL_ONLY'],
    sourceSubnetworkIpRangesToNat: [
      'ALL_SUBNETWORKS_ALL_IP_RANGES',
      'ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES',
      'LIST_OF_SUBNETWORKS',
    ],
    type: ['PUBLIC', 'PRIVATE'],
    'logConfig.filter': ['ERRORS_ONLY', 'TRANSLATIONS_ONLY', 'ALL'],
  },
  replaceOn: ['endpointTypes', 'initialNatIps', 'name', 'project', 'region', 'router', 'type'],
  sets: ['natIps', 'drainNatIps', 'subnetworks'],
  keeps: ['autoNetworkTier', 'enableEndpointIndependentMapping', 'minPortsPerVm', 'maxPortsPerVm', 'drainNatIps'],
  computed: ['autoNetworkTier'],
  defaults: {
    icmpIdleTimeoutSec: 30,
    tcpEstablishedIdleTimeoutSec: 1200,
    tcpTransitoryIdleTimeoutSec: 30,
    type: 'PUBLIC',
  },
  check: (inputs) => {
    const [option, addresses] = [text(inputs, 'natIpAllocateOption'), inputs.natIps];
    const problems = [];
    if (option === 'MANUAL_ONLY' && (!Array.isArray(addresses) || addresses.length === 0)) {
      problems.push(problem('natIps', 'invalid: natIps are required where natIpAllocateOption is MANUAL_ONLY'));
    }
    if (flag(inputs, 'enableDynamicPortAllocation') && flag(inputs, 'enableEndpointIndependentMapping')) {
      const reason = 'invalid: dynamic port allocation and endpoint-independent mapping exclude each other';
      problems.push(problem('enableDynamicPortAllocation', reason));
    }
    return problems;
  },
  make: ({ inputs, cloud, place }) => {
    const home = cloud.find([router.token], text(inputs, 'router') ?? '');
    // Its own name may be a link, and the id has the name alone.
    const id = `${place.project}/${place.region}/${text(home?.inputs, 'name') ?? text(inputs, 'router')}/${text(inputs, 'name')}`;
    return { id, state: { autoNetworkTier: 'PREMIUM' } };
  },
});
