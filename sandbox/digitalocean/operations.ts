import { problem, type Problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { isEmpty, type Bag } from '../model/values';
import { between, named, now, ocean, toProject, toTag } from './parts';

const insights = (kind: string, names: string[]): string[] => names.map((name) => `v1/insights/${kind}/${name}`);

const alertTypes = [
  ...insights('droplet', ['load_1', 'load_5', 'load_15', 'memory_utilization_percent', 'disk_utilization_percent']),
  ...insights('droplet', ['cpu', 'disk_read', 'disk_write', 'public_outbound_bandwidth', 'public_inbound_bandwidth']),
  ...insights('droplet', ['private_outbound_bandwidth', 'private_inbound_bandwidth']),
  ...insights('lbaas', ['avg_cpu_utilization_percent', 'connection_utilization_percent', 'droplet_health']),
  ...insights('lbaas', ['tls_connections_per_second_utilization_percent']),
  ...['5xx', '4xx'].flatMap((status) =>
    insights('lbaas', [
      `increase_in_http_error_rate_percentage_${status}`,
      `increase_in_http_error_rate_count_${status}`,
    ]),
  ),
  ...['', '_50p', '_95p', '_99p'].flatMap((end) => insights('lbaas', [`high_http_request_response_time${end}`])),
  ...['load_15', 'cpu', 'memory_utilization', 'disk_utilization'].map((name) => `v1/dbaas/alerts/${name}_alerts`),
];

/** Somebody has to be told, by e-mail or Slack. */
function toldProblems(inputs: Bag, path: string): Problem[] {
  const told = list(inputs, `${path}.emails`).length + list(inputs, `${path}.slacks`).length > 0;
  return told ? [] : [problem(path, '400 bad_request: at least one of email or slack is required')];
}

export const monitorAlert: ResourceType = {
  token: ocean('MonitorAlert'),
  required: ['alerts', 'compare', 'description', 'type', 'value', 'window'],
  enumerations: {
    type: alertTypes,
    compare: ['GreaterThan', 'LessThan'],
    window: ['5m', '10m', '30m', '1h'],
  },
  references: [
    toTag('tags.*'),
    {
      path: 'entities.*',
      to: [ocean('LoadBalancer'), ocean('DatabaseCluster'), ocean('Droplet')],
      error: '404 not_found',
    },
  ],
  replaceOn: [],
  sets: ['entities', 'tags'],
  computed: ['uuid'],
  defaults: { enabled: true },
  check: (inputs) => (isEmpty(inputs.alerts) ? [] : toldProblems(inputs, 'alerts')),
  create: () => {
    const id = uuid();
    return { id, state: { uuid: id } };
  },
};

export const uptimeCheck: ResourceType = {
  token: ocean('UptimeCheck'),
  naming: named({ pattern: undefined }),
  required: ['target'],
  enumerations: { type: ['ping', 'http', 'https'], 'regions.*': ['us_east', 'us_west', 'eu_west', 'se_asia'] },
  replaceOn: [],
  sets: ['regions'],
  keeps: ['regions', 'type'],
  computed: ['regions', 'type'],
  defaults: { enabled: true },
  create: ({ inputs }) => ({
    id: uuid(),
    state: {
      ...(inputs.regions === undefined && { regions: ['us_east', 'us_west', 'eu_west', 'se_asia'] }),
      ...(inputs.type === undefined && { type: 'https' }),
    },
  }),
};

export const uptimeAlert: ResourceType = {
  token: ocean('UptimeAlert'),
  naming: named({ pattern: undefined }),
  required: ['checkId', 'notifications', 'type'],
  enumerations: {
    type: ['latency', 'down', 'down_global', 'ssl_expiry'],
    comparison: ['greater_than', 'less_than'],
    period: ['2m', '3m', '5m', '10m', '15m', '30m', '1h'],
  },
  references: [{ path: 'checkId', to: [ocean('UptimeCheck')], error: '404 not_found' }],
  replaceOn: [],
  computed: [],
  check: (inputs) => {
    const needs = ['latency', 'ssl_expiry'].includes(text(inputs, 'type') ?? '');
    const missing = needs && (isEmpty(inputs.threshold) || isEmpty(inputs.comparison));
    return [
      ...(missing ? [problem('threshold', `400 bad_request: ${text(inputs, 'type')} has a threshold`)] : []),
      ...(list(inputs, 'notifications').length > 0 ? toldProblems(inputs, 'notifications.0') : []),
    ];
  },
  create: () => ({ id: uuid(), state: {} }),
};

export const project: ResourceType = {
  token: ocean('Project'),
  naming: named({
    max: 175,
    pattern: undefined,
    taken: { code: '409 conflict', sentence: () => 'name is already in use' },
  }),
  enumerations: { environment: ['Development', 'Staging', 'Production'] },
  replaceOn: [],
  sets: ['resources'],
  keeps: ['purpose', 'resources'],
  computed: ['createdAt', 'ownerId', 'ownerUuid', 'resources', 'updatedAt'],
  defaults: { description: '', isDefault: false, purpose: 'Web Application' },
  inUse: '412 precondition_failed: cannot delete a project with resources',
  check: (inputs) => between({ length: (text(inputs, 'description') ?? '').length }, 'length', 0, 255),
  create: () => ({ id: uuid(), state: { createdAt: now(), ownerId: 1_234_567, ownerUuid: uuid(), updatedAt: now() } }),
  changing: () => ['updatedAt'],
  update: () => ({ state: { updatedAt: now() } }),
};

export const projectResources: ResourceType = {
  token: ocean('ProjectResources'),
  required: ['project', 'resources'],
  references: [toProject('project')],
  replaceOn: ['project'],
  sets: ['resources'],
  computed: [],
  // The provider gives each the project's id; the sandbox's store tells them apart.
  create: ({ inputs }) => ({ id: `${text(inputs, 'project')}/${uuid()}`, state: {} }),
};

export const operations = [monitorAlert, uptimeCheck, uptimeAlert, project, projectResources];
