import { randomInt } from 'node:crypto';
import { CloudError, problem, type Problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { between, gcp, label, to } from '../parts';

const created = (): Bag => ({ creationTimestamp: new Date().toISOString() });

const checkKinds = [
  'httpHealthCheck',
  'httpsHealthCheck',
  'http2HealthCheck',
  'tcpHealthCheck',
  'sslHealthCheck',
  'grpcHealthCheck',
  'grpcTlsHealthCheck',
];

export const healthCheck = google({
  token: gcp('compute', 'HealthCheck'),
  id: 'projects/{project}/global/healthChecks/{name}',
  links: COMPUTE,
  naming: label(),
  enumerations: {
    'httpHealthCheck.portSpecification': ['USE_FIXED_PORT', 'USE_NAMED_PORT', 'USE_SERVING_PORT'],
    'httpHealthCheck.proxyHeader': ['NONE', 'PROXY_V1'],
  },
  replaceOn: ['name', 'project'],
  computed: ['creationTimestamp', 'type'],
  defaults: { checkIntervalSec: 5, healthyThreshold: 2, timeoutSec: 5, unhealthyThreshold: 2 },
  check: (inputs) => {
    const given = checkKinds.filter((kind) => inputs[kind] !== undefined);
    const problems = [
      ...between(inputs, 'checkIntervalSec', 1, 300),
      ...between(inputs, 'timeoutSec', 1, 300),
      ...between(inputs, 'healthyThreshold', 1, 10),
      ...between(inputs, 'unhealthyThreshold', 1, 10),
    ];
    if (given.length !== 1) {
      problems.push(
        problem(given[1] ?? 'httpHealthCheck', `exactly one of ${checkKinds.join(', ')} must be specified`),
      );
    }
    const [interval, timeout] = [number(inputs, 'checkIntervalSec') ?? 5, number(inputs, 'timeoutSec') ?? 5];
    if (timeout > interval) {
      problems.push(
        problem('timeoutSec', `timeout_sec (${timeout}) must be no more than check_interval_sec (${interval})`),
      );
    }
    return problems;
  },
  make: ({ inputs }) => {
    const kind = checkKinds.find((key) => inputs[key] !== undefined) ?? 'httpHealthCheck';
    return { state: { ...created(), type: kind.replace('HealthCheck', '').replace('Tls', '_WITH_TLS').toUpperCase() } };
  },
});

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
        ...created(),
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

export const backendBucket = google({
  token: gcp('compute', 'BackendBucket'),
  id: 'projects/{project}/global/backendBuckets/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['bucketName'],
  references: [
    to('bucketName', [gcp('storage', 'Bucket')]),
    to('edgeSecurityPolicy', [gcp('compute', 'SecurityPolicy')], true),
  ],
  enumerations: {
    compressionMode: ['AUTOMATIC', 'DISABLED'],
    'cdnPolicy.cacheMode': ['USE_ORIGIN_HEADERS', 'FORCE_CACHE_ALL', 'CACHE_ALL_STATIC'],
  },
  replaceOn: ['name', 'params', 'project'],
  keeps: ['cdnPolicy'],
  computed: ['creationTimestamp'],
  check: (inputs) =>
    flag(inputs, 'enableCdn') !== true && inputs.cdnPolicy !== undefined && inputs.enableCdn === undefined
      ? [problem('cdnPolicy', 'invalid: a CDN policy needs enableCdn')]
      : [],
  make: () => ({ state: created() }),
});

/** Proves signed URLs of a backend bucket. The provider sends it once, and shows it never again. */
export const signedUrlKey = google({
  token: gcp('compute', 'BackendBucketSignedUrlKey'),
  id: 'projects/{project}/global/backendBuckets/{backendBucket}/signedUrlKeys/{name}',
  naming: label(),
  required: ['backendBucket', 'keyValue'],
  references: [to('backendBucket', [backendBucket.token])],
  replaceOn: ['backendBucket', 'keyValue', 'name', 'project'],
  secrets: ['keyValue'],
  check: (inputs) => {
    const key = text(inputs, 'keyValue');
    return key !== undefined && !/^[\w-]{22}==$/.test(key)
      ? [problem('keyValue', 'invalid: a key is 128 bits in base64url')]
      : [];
  },
});
