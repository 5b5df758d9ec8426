import { randomInt } from 'node:crypto';
import { problem } from '../../model/errors';
import { number } from '../../model/reading';
import { COMPUTE, google } from '../google';
import { gcp, label } from '../parts';

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
