import { randomInt } from 'node:crypto';
import { CloudError } from '../../model/errors';
import { uuid } from '../../model/ids';
import { matches, text } from '../../model/reading';
import { google } from '../google';
import { gcp } from '../parts';
import { checkInstance } from './checks';
import { authority, endpointOf, needPolicy } from './endpoints';

/** GB of a node that keys can fill, by Google's table of Memorystore for Valkey. */
const nodeSizes: Record<string, number> = {
  SHARED_CORE_NANO: 1.12,
  CUSTOM_PICO: 3,
  CUSTOM_MICRO: 5,
  CUSTOM_MINI: 7,
  STANDARD_SMALL: 5.2,
  STANDARD_LARGE: 10.4,
  HIGHCPU_MEDIUM: 6,
  HIGHMEM_MEDIUM: 10.4,
  HIGHMEM_XLARGE: 46.4,
  HIGHMEM_2XLARGE: 92.8,
};

const versions = ['VALKEY_7_2', 'VALKEY_8_0', 'VALKEY_9_0'];

export const memorystoreInstance = google({
  token: gcp('memorystore', 'Instance'),
  id: 'projects/{project}/locations/{location}/instances/{instanceId}',
  labels: true,
  naming: {
    property: 'instanceId',
    max: 63,
    pattern: /^[a-z0-9](?=.{3,})[a-z0-9-]*[a-z0-9]$/,
    rule: 'INVALID_ARGUMENT: an instance id has 4 to 63 lower-case letters, digits and hyphens, no hyphen last',
  },
  required: ['instanceId', 'location', 'shardCount'],
  references: [
    { path: 'desiredAutoCreatedEndpoints.*.network', to: [gcp('compute', 'Network')], error: 'NOT_FOUND', holds: true },
  ],
  enumerations: {
    authorizationMode: ['AUTH_DISABLED', 'IAM_AUTH', 'TOKEN_AUTH'],
    engineVersion: versions,
    mode: ['CLUSTER', 'CLUSTER_DISABLED'],
    nodeType: Object.keys(nodeSizes),
    transitEncryptionMode: ['TRANSIT_ENCRYPTION_DISABLED', 'SERVER_AUTHENTICATION'],
    'persistenceConfig.mode': ['DISABLED', 'RDB', 'AOF'],
    'persistenceConfig.aofConfig.appendFsync': ['NEVER', 'EVERY_SEC', 'ALWAYS'],
    'zoneDistributionConfig.mode': ['MULTI_ZONE', 'SINGLE_ZONE'],
  },
  replaceOn: [
    'authorizationMode',
    'desiredAutoCreatedEndpoints',
    'desiredPscAutoConnections',
    'gcsSource',
    'instanceId',
    'kmsKey',
    'location',
    'managedBackupSource',
    'mode',
    'project',
    'serverCaMode',
    'serverCaPool',
    'transitEncryptionMode',
    'zoneDistributionConfig',
  ],
  keeps: [
    'authorizationMode',
    'engineVersion',
    'mode',
    'nodeType',
    'persistenceConfig',
    'replicaCount',
    'serverCaMode',
    'transitEncryptionMode',
    'zoneDistributionConfig',
    'crossInstanceReplicationConfig',
    'maintenanceVersion',
  ],
  computed: [
    'availableMaintenanceVersions',
    'backupCollection',
    'createTime',
    'discoveryEndpoints',
    'effectiveMaintenanceVersion',
    'endpoints',
    'maintenanceSchedules',
    'managedServerCas',
    'name',
    'nodeConfigs',
    'pscAttachmentDetails',
    'pscAutoConnections',
    'state',
    'stateInfos',
    'uid',
    'updateTime',
  ],
  defaults: {
    authorizationMode: 'AUTH_DISABLED',
    deletionProtectionEnabled: true,
    engineVersion: 'VALKEY_8_0',
    mode: 'CLUSTER',
    nodeType: 'HIGHMEM_MEDIUM',
    replicaCount: 0,
    transitEncryptionMode: 'TRANSIT_ENCRYPTION_DISABLED',
  },
  protection: { flag: 'deletionProtectionEnabled', byDefault: true },
  check: checkInstance,
  make: ({ inputs, cloud, id, place }) => {
    for (const { value } of matches(inputs, 'desiredAutoCreatedEndpoints.*.network')) {
      needPolicy(String(value), text(inputs, 'location') ?? '', cloud);
    }
    const now = new Date().toISOString();
    const encrypted = text(inputs, 'transitEncryptionMode') === 'SERVER_AUTHENTICATION';
    const addresses = [
      `10.128.${randomInt(0, 255)}.${randomInt(2, 254)}`,
      `10.128.${randomInt(0, 255)}.${randomInt(2, 254)}`,
    ];
    const endpoints = matches(inputs, 'desiredAutoCreatedEndpoints.*').map(({ value }) =>
      endpointOf({
        network: text(value, 'network') ?? '',
        project: text(value, 'projectId') ?? place.project,
        addresses,
        cluster: text(inputs, 'mode') !== 'CLUSTER_DISABLED',
      }),
    );
    return {
      state: {
        availableMaintenanceVersions: [],
        backupCollection: '',
        createTime: now,
        discoveryEndpoints: [],
        effectiveMaintenanceVersion: '',
        endpoints,
        maintenanceSchedules: [],
        managedServerCas: encrypted ? [{ caCerts: [{ certificates: [authority()] }] }] : [],
        name: id,
        pscAttachmentDetails: [],
        pscAutoConnections: [],
        state: 'ACTIVE',
        stateInfos: [],
        uid: uuid(),
        updateTime: now,
      },
    };
  },
  view: (record) => ({
    nodeConfigs: [{ sizeGb: nodeSizes[text(record.inputs, 'nodeType') ?? 'HIGHMEM_MEDIUM'] ?? 0 }],
  }),
  changing: (changed) => ['updateTime', ...(changed.includes('nodeType') ? ['nodeConfigs'] : [])],
  update: ({ record, inputs, changed }) => {
    // Its API takes one field in a request, and the provider sends one request for all that has changed.
    if (changed.length > 1) {
      const sentence = `exactly 1 update_mask field must be specified per update request, not ${changed.join(', ')}`;
      throw new CloudError('INVALID_ARGUMENT', sentence);
    }
    const [before, after] = [record.inputs, inputs].map((bag) =>
      versions.indexOf(text(bag, 'engineVersion') ?? 'VALKEY_8_0'),
    );
    if (changed.includes('engineVersion') && (after ?? 0) < (before ?? 0)) {
      throw new CloudError('INVALID_ARGUMENT', 'engine version downgrades are not supported');
    }
    return { state: { updateTime: new Date().toISOString() } };
  },
});

export const memorystore = [memorystoreInstance];
