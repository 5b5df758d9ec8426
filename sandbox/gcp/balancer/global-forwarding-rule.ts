import { CloudError } from '../../model/errors';
import { matches, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { google } from '../google';
import { publicAddress } from '../network/addresses';
import { gcp, to } from '../parts';
import { backendService } from './backend-service';
import { front, protocols, rule } from './rule-parts';
import { targetHttpProxy, targetHttpsProxy } from './proxies';
import { urlMap } from './url-map';

export const globalForwardingRule = google({
  ...rule,
  token: gcp('compute', 'GlobalForwardingRule'),
  id: 'projects/{project}/global/forwardingRules/{name}',
  required: ['target'],
  references: [
    { ...to('target', [targetHttpProxy.token, targetHttpsProxy.token], true), except: /^(all-apis|vpc-sc)$/ },
    { ...to('ipAddress', [gcp('compute', 'GlobalAddress')], true), except: /^[\d.]+$|:/ },
  ],
  enumerations: {
    ipProtocol: protocols,
    ipVersion: ['IPV4', 'IPV6'],
    loadBalancingScheme: ['EXTERNAL', 'EXTERNAL_MANAGED', 'INTERNAL_MANAGED', 'INTERNAL_SELF_MANAGED'],
    networkTier: ['PREMIUM', 'STANDARD'],
  },
  replaceOn: [
    'allowPscGlobalAccess',
    'description',
    'ipAddress',
    'ipProtocol',
    'ipVersion',
    'metadataFilters',
    'name',
    'network',
    'networkTier',
    'noAutomateDnsZone',
    'portRange',
    'project',
    'serviceDirectoryRegistrations',
    'sourceIpRanges',
    'subnetwork',
  ],
  computed: [
    'baseForwardingRule',
    'forwardingRuleId',
    'ipAddress',
    'ipProtocol',
    'labelFingerprint',
    'networkTier',
    'pscConnectionId',
    'pscConnectionStatus',
  ],
  defaults: { loadBalancingScheme: 'EXTERNAL' },
  make: ({ inputs, cloud }) => {
    refuseMixedSchemes(inputs, (token, value) => cloud.find([token], value)?.inputs);
    return {
      state: {
        ...front(),
        ...(inputs.ipAddress === undefined ? { ipAddress: publicAddress() } : {}),
        ...(inputs.ipProtocol === undefined ? { ipProtocol: 'TCP' } : {}),
        ...(inputs.networkTier === undefined ? { networkTier: 'PREMIUM' } : {}),
        pscConnectionId: '',
        pscConnectionStatus: '',
      },
    };
  },
});

/** The rule and the backend services behind it are of one kind of balancer. */
function refuseMixedSchemes(inputs: Bag, find: (token: string, value: string) => Bag | undefined): void {
  const target = text(inputs, 'target') ?? '';
  const found = find(targetHttpProxy.token, target) ?? find(targetHttpsProxy.token, target);
  const map = find(urlMap.token, text(found, 'urlMap') ?? '');
  const paths = ['defaultService', 'pathMatchers.*.defaultService', 'pathMatchers.*.pathRules.*.service'];
  const scheme = text(inputs, 'loadBalancingScheme') ?? 'EXTERNAL';
  for (const { value } of paths.flatMap((path) => matches(map, path))) {
    const service = find(backendService.token, String(value));
    const other = service && (text(service, 'loadBalancingScheme') ?? 'EXTERNAL');
    if (other !== undefined && other !== scheme) {
      const sentence = `Invalid value for field 'resource.loadBalancingScheme': '${scheme}'. The backend service ${text(service, 'name')} has ${other}.`;
      throw new CloudError('invalid', sentence);
    }
  }
}
