import { problem } from '../../model/errors';
import { number } from '../../model/reading';
import { COMPUTE, google } from '../google';
import { between, gcp, label } from '../parts';

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
    return {
      state: {
        creationTimestamp: new Date().toISOString(),
        type: kind.replace('HealthCheck', '').replace('Tls', '_WITH_TLS').toUpperCase(),
      },
    };
  },
});
