import { CloudError, problem } from '../model/errors';
import { hex } from '../model/ids';
import { flag, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { atlas, toProject } from './parts';

const policies = [
  'policyItemHourly',
  'policyItemDaily',
  'policyItemWeeklies',
  'policyItemMonthlies',
  'policyItemYearlies',
];

export const cloudBackupSchedule: ResourceType = {
  token: atlas('CloudBackupSchedule'),
  required: ['clusterName', 'projectId'],
  references: [toProject(), { path: 'clusterName', to: [atlas('AdvancedCluster')], error: 'CLUSTER_NOT_FOUND' }],
  enumerations: { 'policyItemHourly.frequencyInterval': [1, 2, 4, 6, 8, 12] },
  replaceOn: ['projectId'],
  sets: ['copySettings'],
  keeps: [
    ...policies,
    'referenceHourOfDay',
    'referenceMinuteOfHour',
    'restoreWindowDays',
    'copySettings',
    'useOrgAndGroupNamesInExportPrefix',
  ],
  computed: ['clusterId', 'idPolicy', 'nextSnapshot'],
  defaults: { autoExportEnabled: false, referenceHourOfDay: 0, referenceMinuteOfHour: 0, restoreWindowDays: 7 },
  check: (inputs) => {
    const days = number(inputs, 'restoreWindowDays');
    return days !== undefined && days < 1
      ? [problem('restoreWindowDays', 'INVALID_RESTORE_WINDOW: a restore window is at least one day')]
      : [];
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'clusterName') ?? '';
    const projectId = text(inputs, 'projectId');
    const cluster = cloud
      .all(atlas('AdvancedCluster'))
      .find((one) => text(one.inputs, 'name') === name && text(one.inputs, 'projectId') === projectId);
    if (cluster && !flag(cluster.inputs, 'backupEnabled')) {
      throw new CloudError('BACKUP_CONFIG_NOT_FOUND', `cloud backup is not enabled on the cluster ${name}`);
    }
    return {
      id: `${projectId}-${name}`,
      state: { clusterId: text(cluster?.state, 'clusterId') ?? '', idPolicy: hex(24), nextSnapshot: '' },
    };
  },
};
