import { randomInt } from 'node:crypto';
import { CloudError, problem, type Problem } from '../../model/errors';
import { matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { between, gcp, label, to } from '../parts';
import { healthCheck } from './health-check';

const managers = [gcp('compute', 'RegionInstanceGroupManager')];
const groups = [...managers, gcp('compute', 'GlobalNetworkEndpointGroup')];

export const backendService = google({
  token: gcp('compute', 'BackendService'),
  id: 'projects/{project}/global/backendServices/{name}',
  links: COMPUTE,
  naming: label(),
  references: [
    // A cluster makes endpoint groups of its own, in its zones.
    { ...to('backends.*.group', groups, true), except: /\/zones\/[^/]+\/networkEndpointGroups\// },
    to('healthChecks', [healthCheck.token], true),
    to('securityPolicy', [gcp('compute', 'SecurityPolicy')], true),
    to('edgeSecurityPolicy', [gcp('compute', 'SecurityPolicy')], true),
  ],
  enumerations: {
    compressionMode: ['AUTOMATIC', 'DISABLED'],
    loadBalancingScheme: ['EXTERNAL', 'INTERNAL_SELF_MANAGED', 'INTERNAL_MANAGED', 'EXTERNAL_MANAGED'],
    localityLbPolicy: [
      'ROUND_ROBIN',
      'LEAST_REQUEST',
      'RING_HASH',
      'RANDOM',
      'ORIGINAL_DESTINATION',
      'MAGLEV',
      'WEIGHTED_MAGLEV',
      'WEIGHTED_ROUND_ROBIN',
    ],
    protocol: ['HTTP', 'HTTPS', 'HTTP2', 'TCP', 'SSL', 'UDP', 'GRPC', 'UNSPECIFIED', 'H2C'],
    sessionAffinity: [
      'NONE',
      'CLIENT_IP',
      'CLIENT_IP_PORT_PROTO',
      'CLIENT_IP_PROTO',
      'GENERATED_COOKIE',
      'HEADER_FIELD',
      'HTTP_COOKIE',
      'STRONG_COOKIE_AFFINITY',
    ],
    'backends.*.balancingMode': ['UTILIZATION', 'RATE', 'CONNECTION', 'CUSTOM_METRICS', 'IN_FLIGHT'],
    'cdnPolicy.cacheMode': ['USE_ORIGIN_HEADERS', 'FORCE_CACHE_ALL', 'CACHE_ALL_STATIC'],
  },
  replaceOn: ['dynamicForwarding.ipPortSelection.enabled', 'name', 'params', 'project'],
  sets: ['backends', 'customRequestHeaders', 'customResponseHeaders'],
  keeps: [
    'cdnPolicy',
    'iap',
    'portName',
    'protocol',
    'sessionAffinity',
    'timeoutSec',
    'logConfig',
    'securitySettings',
    'externalManagedMigrationState',
    'networkPassThroughLbTrafficPolicy',
  ],
  computed: ['creationTimestamp', 'fingerprint', 'generatedId', 'portName'],
  defaults: {
    connectionDrainingTimeoutSec: 300,
    loadBalancingScheme: 'EXTERNAL',
    protocol: 'HTTP',
    sessionAffinity: 'NONE',
    timeoutSec: 30,
  },
  check: checkBackendService,
  make: ({ inputs, cloud }) => {
    for (const { value } of matches(inputs, 'backends.*.group')) {
      const manager = cloud.find(managers, String(value));
      if (manager && inputs.healthChecks === undefined) {
        throw new CloudError('invalid', 'Instance groups as backends need a health check');
      }
      const port = text(inputs, 'portName');
      const ports = matches(manager?.inputs, 'namedPorts.*.name').map((found) => found.value);
      if (manager && port !== undefined && !ports.includes(port)) {
        // Google takes it, and then finds no healthy backend: worth an error here, where nothing runs.
        throw new CloudError('invalid', `The instance group ${manager.id} has no named port ${port}`);
      }
    }
    return {
      state: {
        creationTimestamp: new Date().toISOString(),
        fingerprint: '',
        generatedId: randomInt(1e12, 9e12),
        ...(inputs.portName === undefined ? { portName: 'http' } : {}),
      },
    };
  },
});

function checkBackendService(inputs: Bag): Problem[] {
  const problems = [
    ...between(inputs, 'timeoutSec', 1, 2147483647),
    ...between(inputs, 'connectionDrainingTimeoutSec', 0, 3600),
    ...between(inputs, 'affinityCookieTtlSec', 0, 1209600),
  ];
  const managed = ['EXTERNAL_MANAGED', 'INTERNAL_MANAGED', 'INTERNAL_SELF_MANAGED'].includes(
    text(inputs, 'loadBalancingScheme') ?? 'EXTERNAL',
  );
  if (!managed && inputs.localityLbPolicy !== undefined) {
    problems.push(problem('localityLbPolicy', 'invalid: localityLbPolicy needs a managed load balancing scheme'));
  }
  const affinity = text(inputs, 'sessionAffinity') ?? 'NONE';
  const hashes = ['MAGLEV', 'RING_HASH'].includes(text(inputs, 'localityLbPolicy') ?? 'MAGLEV');
  if (managed && affinity !== 'NONE' && !hashes) {
    // Google takes it, and then keeps no affinity: worth an error here, where nothing runs.
    const reason = `invalid: with ${text(inputs, 'localityLbPolicy')} the affinity ${affinity} is ignored`;
    problems.push(problem('sessionAffinity', reason));
  }
  for (const { path, value } of matches(inputs, 'backends.*')) {
    const mode = text(value, 'balancingMode') ?? 'UTILIZATION';
    const rates = ['maxRate', 'maxRatePerInstance', 'maxRatePerEndpoint'].filter(
      (key) => number(value, key) !== undefined,
    );
    if (mode === 'RATE' && rates.length === 0) {
      problems.push(problem(path.join('.'), 'invalid: the balancing mode RATE needs maxRate or maxRatePerInstance'));
    }
    const scaler = number(value, 'capacityScaler');
    if (scaler !== undefined && (scaler < 0 || scaler > 1)) {
      problems.push(problem(path.join('.'), `invalid: capacityScaler lies in [0, 1], got ${scaler}`));
    }
  }
  return problems;
}
