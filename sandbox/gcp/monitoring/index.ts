import { problem } from '../../model/errors';
import { uuid } from '../../model/ids';
import { text } from '../../model/reading';
import { google } from '../google';
import { numericId } from '../network/network';
import { gcp } from '../parts';
import { projectNumber } from '../place';
import { alertPolicy } from './alerts';
import { budget } from './budget';
import { notificationChannel } from './channels';
import { metricDescriptor } from './metric-descriptor';

const uptimeCheck = google({
  token: gcp('monitoring', 'UptimeCheckConfig'),
  id: 'projects/{project}/uptimeCheckConfigs/{displayName}',
  required: ['displayName', 'timeout'],
  enumerations: { period: ['60s', '300s', '600s', '900s'], checkerType: ['STATIC_IP_CHECKERS', 'VPC_CHECKERS'] },
  replaceOn: [
    'checkerType',
    'httpCheck.authInfo.passwordWoVersion',
    'httpCheck.requestMethod',
    'monitoredResource',
    'project',
    'resourceGroup',
    'syntheticMonitor',
  ],
  keeps: ['checkerType', 'monitoredResource'],
  computed: ['name', 'uptimeCheckId'],
  defaults: { period: '300s' },
  check: (inputs) => {
    const seconds = Number(/^(\d+)s$/.exec(text(inputs, 'timeout') ?? '10s')?.[1]);
    return seconds >= 1 && seconds <= 60
      ? []
      : [problem('timeout', `INVALID_ARGUMENT: a timeout lies between 1s and 60s, got ${text(inputs, 'timeout')}`)];
  },
  make: ({ inputs, place }) => {
    const stem = (text(inputs, 'displayName') ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const uptimeCheckId = `${stem}-${numericId().slice(0, 11)}`;
    const id = `projects/${place.project}/uptimeCheckConfigs/${uptimeCheckId}`;
    return { id, state: { name: id, uptimeCheckId } };
  },
});

const dashboard = google({
  token: gcp('monitoring', 'Dashboard'),
  id: 'projects/{project}/dashboards/new',
  required: ['dashboardJson'],
  replaceOn: ['project'],
  check: (inputs) => {
    const source = text(inputs, 'dashboardJson');
    if (source === undefined) return [];
    try {
      const parsed = JSON.parse(source) as { displayName?: unknown };
      return typeof parsed.displayName === 'string'
        ? []
        : [problem('dashboardJson', 'INVALID_ARGUMENT: Field displayName must be specified')];
    } catch {
      return [problem('dashboardJson', '"dashboardJson" contains an invalid JSON')];
    }
  },
  make: ({ cloud }) => ({ id: `projects/${projectNumber(cloud)}/dashboards/${uuid()}` }),
});

export const monitoring = [notificationChannel, metricDescriptor, alertPolicy, uptimeCheck, dashboard, budget];
