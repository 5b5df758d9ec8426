import { problem } from '../../model/errors';
import { flag, text } from '../../model/reading';
import { COMPUTE, google } from '../google';
import { gcp, label, toNetwork } from '../parts';
import { subnetwork } from './subnetwork';

export const router = google({
  token: gcp('compute', 'Router'),
  id: 'projects/{project}/regions/{region}/routers/{name}',
  links: COMPUTE,
  naming: label(),
  references: [toNetwork()],
  replaceOn: ['encryptedInterconnectRouter', 'name', 'nccGateway', 'network', 'params', 'project', 'region'],
  computed: ['creationTimestamp'],
  make: () => ({ state: { creationTimestamp: new Date().toISOString() } }),
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
