import { randomInt } from 'node:crypto';
import { CloudError } from '../../model/errors';
import { text } from '../../model/reading';
import { google } from '../google';
import { gcp, to } from '../parts';
import { front, protocols, rule } from './rule-parts';

/** A regional rule: here for endpoints of Private Service Connect, and balancers of a region. */
export const forwardingRule = google({
  ...rule,
  token: gcp('compute', 'ForwardingRule'),
  id: 'projects/{project}/regions/{region}/forwardingRules/{name}',
  references: [
    to('network', [gcp('compute', 'Network')], true),
    to('subnetwork', [gcp('compute', 'Subnetwork')], true),
    { ...to('ipAddress', [gcp('compute', 'Address')], true), except: /^[\d.]+$|:/ },
  ],
  enumerations: {
    ipProtocol: [...protocols, 'L3_DEFAULT'],
    ipVersion: ['IPV4', 'IPV6'],
    loadBalancingScheme: ['EXTERNAL', 'EXTERNAL_MANAGED', 'INTERNAL', 'INTERNAL_MANAGED', ''],
    networkTier: ['PREMIUM', 'STANDARD'],
  },
  replaceOn: [
    'allPorts',
    'backendService',
    'description',
    'ipAddress',
    'ipCollection',
    'ipProtocol',
    'ipVersion',
    'isMirroringCollector',
    'loadBalancingScheme',
    'name',
    'network',
    'networkTier',
    'noAutomateDnsZone',
    'portRange',
    'ports',
    'project',
    'region',
    'serviceDirectoryRegistrations',
    'serviceLabel',
    'sourceIpRanges',
    'subnetwork',
  ],
  sets: ['ports'],
  computed: [
    'baseForwardingRule',
    'creationTimestamp',
    'forwardingRuleId',
    'ipAddress',
    'ipProtocol',
    'labelFingerprint',
    'networkTier',
    'pscConnectionId',
    'pscConnectionStatus',
    'serviceName',
  ],
  defaults: { loadBalancingScheme: 'EXTERNAL' },
  make: ({ inputs }) => {
    const endpoint = /\/serviceAttachments\//.test(text(inputs, 'target') ?? '');
    if (endpoint && (text(inputs, 'loadBalancingScheme') ?? 'EXTERNAL') !== '') {
      throw new CloudError(
        'invalid',
        'The load balancing scheme of a rule that leads to a service attachment is empty',
      );
    }
    return {
      state: {
        ...front(),
        creationTimestamp: new Date().toISOString(),
        ...(inputs.ipAddress === undefined ? { ipAddress: `10.128.0.${randomInt(2, 254)}` } : {}),
        ...(inputs.ipProtocol === undefined ? { ipProtocol: 'TCP' } : {}),
        ...(inputs.networkTier === undefined ? { networkTier: 'PREMIUM' } : {}),
        pscConnectionId: endpoint ? String(randomInt(1e12, 9e12)) : '',
        pscConnectionStatus: endpoint ? 'ACCEPTED' : '',
        serviceName: '',
      },
    };
  },
});
