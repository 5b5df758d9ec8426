import { randomInt } from 'node:crypto';
import { CloudError, problem, type Problem } from '../../model/errors';
import { list, matches, text } from '../../model/reading';
import { isBag, type Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { between, gcp, label, to } from '../parts';
import { backendBucket, backendService } from './backends';

const created = (): Bag => ({ creationTimestamp: new Date().toISOString() });
const services = [backendService.token, backendBucket.token];
const redirects = ['MOVED_PERMANENTLY_DEFAULT', 'FOUND', 'PERMANENT_REDIRECT', 'SEE_OTHER', 'TEMPORARY_REDIRECT'];

export const urlMap = google({
  token: gcp('compute', 'URLMap'),
  id: 'projects/{project}/global/urlMaps/{name}',
  links: COMPUTE,
  naming: label(),
  references: [
    to('defaultService', services, true),
    to('pathMatchers.*.defaultService', services, true),
    to('pathMatchers.*.pathRules.*.service', services, true),
    to('pathMatchers.*.routeRules.*.service', services, true),
  ],
  enumerations: {
    'defaultUrlRedirect.redirectResponseCode': redirects,
    'pathMatchers.*.defaultUrlRedirect.redirectResponseCode': redirects,
  },
  replaceOn: ['name', 'project'],
  sets: ['hostRules', 'hostRules.*.hosts'],
  computed: ['creationTimestamp', 'fingerprint', 'mapId'],
  check: checkUrlMap,
  make: () => ({ state: { ...created(), fingerprint: '', mapId: randomInt(1e12, 9e12) } }),
});

function checkUrlMap(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const kinds = ['defaultService', 'defaultUrlRedirect', 'defaultRouteAction'].filter(
    (key) => inputs[key] !== undefined,
  );
  if (kinds.length === 0 || (kinds.includes('defaultUrlRedirect') && kinds.length > 1)) {
    problems.push(problem('defaultService', 'exactly one of defaultService, defaultUrlRedirect must be specified'));
  }
  if (isBag(inputs.defaultUrlRedirect) && inputs.defaultUrlRedirect.stripQuery === undefined) {
    problems.push(problem('defaultUrlRedirect', 'Missing required argument: stripQuery is required'));
  }
  const matchers = matches(inputs, 'pathMatchers.*.name').map(({ value }) => value);
  const used = matches(inputs, 'hostRules.*.pathMatcher').map(({ value }) => value);
  const lost = used.find((name) => !matchers.includes(name));
  if (lost !== undefined) problems.push(problem('hostRules', `invalid: there is no path matcher ${String(lost)}`));
  const idle = matchers.find((name) => !used.includes(name));
  if (idle !== undefined)
    problems.push(problem('pathMatchers', `invalid: no host rule uses the path matcher ${String(idle)}`));
  const hosts = matches(inputs, 'hostRules.*.hosts.*').map(({ value }) => value);
  if (new Set(hosts).size < hosts.length) problems.push(problem('hostRules', 'invalid: a host is in two rules'));
  return problems;
}

const proxy = {
  links: COMPUTE,
  naming: label(),
  required: ['urlMap'],
  computed: ['creationTimestamp', 'fingerprint', 'proxyId'],
  keeps: ['proxyBind'],
  make: () => ({ state: { ...created(), fingerprint: '', proxyId: randomInt(1e12, 9e12) } }),
};

export const targetHttpProxy = google({
  ...proxy,
  token: gcp('compute', 'TargetHttpProxy'),
  id: 'projects/{project}/global/targetHttpProxies/{name}',
  references: [to('urlMap', [urlMap.token], true)],
  replaceOn: ['description', 'httpKeepAliveTimeoutSec', 'name', 'project', 'proxyBind'],
  check: (inputs) => between(inputs, 'httpKeepAliveTimeoutSec', 5, 1200),
});

export const targetHttpsProxy = google({
  ...proxy,
  token: gcp('compute', 'TargetHttpsProxy'),
  id: 'projects/{project}/global/targetHttpsProxies/{name}',
  references: [
    to('urlMap', [urlMap.token], true),
    to('sslCertificates.*', [gcp('compute', 'ManagedSslCertificate')], true),
    to('sslPolicy', [gcp('compute', 'SSLPolicy')], true),
    to('certificateMap', [gcp('certificatemanager', 'CertificateMap')], true),
    to('certificateManagerCertificates.*', [gcp('certificatemanager', 'Certificate')], true),
  ],
  enumerations: {
    quicOverride: ['NONE', 'ENABLE', 'DISABLE'],
    tlsEarlyData: ['STRICT', 'PERMISSIVE', 'UNRESTRICTED', 'DISABLED'],
  },
  replaceOn: ['description', 'httpKeepAliveTimeoutSec', 'name', 'project', 'proxyBind', 'tlsEarlyData'],
  keeps: [...proxy.keeps, 'tlsEarlyData', 'serverTlsPolicy'],
  defaults: { quicOverride: 'NONE' },
  check: (inputs) => {
    const certificates = ['sslCertificates', 'certificateMap', 'certificateManagerCertificates'];
    const problems = between(inputs, 'httpKeepAliveTimeoutSec', 5, 1200);
    if (
      certificates.every(
        (key) => inputs[key] === undefined || list(inputs, key).length + Number(typeof inputs[key] === 'string') === 0,
      )
    ) {
      problems.push(problem('sslCertificates', 'invalid: a target HTTPS proxy needs at least one certificate'));
    }
    const map = text(inputs, 'certificateMap');
    if (map !== undefined && !map.startsWith('//certificatemanager.googleapis.com/projects/')) {
      const reason = `invalid: certificateMap is written //certificatemanager.googleapis.com/projects/…/certificateMaps/…, got ${map}`;
      problems.push(problem('certificateMap', reason));
    }
    return problems;
  },
});

const protocols = ['TCP', 'UDP', 'ESP', 'AH', 'SCTP', 'ICMP'];
const rule = {
  links: COMPUTE,
  labels: true,
  naming: label(),
  keeps: [
    'ipAddress',
    'ipProtocol',
    'ipVersion',
    'network',
    'networkTier',
    'portRange',
    'sourceIpRanges',
    'subnetwork',
    'serviceDirectoryRegistrations',
  ],
};
const front = (): Bag => ({
  forwardingRuleId: randomInt(1e12, 9e12),
  labelFingerprint: '42WmSpB8rSM=',
  baseForwardingRule: '',
});

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
        ...(inputs.ipAddress === undefined
          ? { ipAddress: `34.${randomInt(64, 127)}.${randomInt(1, 255)}.${randomInt(1, 255)}` }
          : {}),
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
        ...created(),
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
