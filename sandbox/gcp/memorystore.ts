import { randomBytes, randomInt } from 'node:crypto';
import type { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { uuid } from '../model/ids';
import { matches, number, text } from '../model/reading';
import type { Bag } from '../model/values';
import { google } from './google';
import { between, gcp } from './parts';

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
    const [before, after] = [record.inputs, inputs].map((bag) =>
      versions.indexOf(text(bag, 'engineVersion') ?? 'VALKEY_8_0'),
    );
    if (changed.includes('engineVersion') && (after ?? 0) < (before ?? 0)) {
      throw new CloudError('INVALID_ARGUMENT', 'engine version downgrades are not supported');
    }
    return { state: { updateTime: new Date().toISOString() } };
  },
});

function checkInstance(inputs: Bag): Problem[] {
  const problems = [...between(inputs, 'shardCount', 1, 250), ...between(inputs, 'replicaCount', 0, 5)];
  const shards = number(inputs, 'shardCount') ?? 1;
  if (text(inputs, 'mode') === 'CLUSTER_DISABLED' && shards > 1) {
    problems.push(problem('shardCount', 'INVALID_ARGUMENT: with cluster mode disabled an instance has one shard'));
  }
  const nodes = shards * (1 + (number(inputs, 'replicaCount') ?? 0));
  if (nodes > 250)
    problems.push(problem('shardCount', `INVALID_ARGUMENT: an instance has at most 250 nodes, not ${nodes}`));
  const single = text(inputs, 'zoneDistributionConfig.mode') === 'SINGLE_ZONE';
  if (
    single &&
    inputs.zoneDistributionConfig !== undefined &&
    text(inputs, 'zoneDistributionConfig.zone') === undefined
  ) {
    problems.push(problem('zoneDistributionConfig', 'INVALID_ARGUMENT: the mode SINGLE_ZONE needs a zone'));
  }
  if (inputs.desiredAutoCreatedEndpoints !== undefined && inputs.desiredPscAutoConnections !== undefined) {
    problems.push(problem('desiredPscAutoConnections', 'conflicts with desiredAutoCreatedEndpoints'));
  }
  const schedule = inputs.automatedBackupConfig;
  if (schedule !== undefined && !/^\d+(\.\d+)?s$/.test(text(schedule, 'retention') ?? '86400s')) {
    problems.push(
      problem('automatedBackupConfig', 'INVALID_ARGUMENT: retention is a number of seconds such as 86400s'),
    );
  }
  return problems;
}

/** Endpoints are made in a network only where a policy lets Memorystore do so, in this region. */
function needPolicy(network: string, location: string, cloud: Cloud): void {
  const idOf = (value: string): string | undefined => cloud.find([gcp('compute', 'Network')], value)?.id;
  const home = idOf(network);
  const policy = cloud
    .all(gcp('networkconnectivity', 'ServiceConnectionPolicy'))
    .some(
      ({ inputs }) =>
        text(inputs, 'location') === location &&
        text(inputs, 'serviceClass') === 'gcp-memorystore' &&
        idOf(text(inputs, 'network') ?? '') === home,
    );
  if (!policy) {
    const sentence = `no service connection policy of the class gcp-memorystore for ${network} in ${location}`;
    throw new CloudError('FAILED_PRECONDITION', sentence);
  }
}

/** A network gets two connections: one to find the cluster by, one that leads to its nodes. */
function endpointOf(of: { network: string; project: string; addresses: string[]; cluster: boolean }): Bag {
  const kinds = of.cluster ? ['CONNECTION_TYPE_DISCOVERY', ''] : ['CONNECTION_TYPE_PRIMARY', 'CONNECTION_TYPE_READER'];
  return {
    connections: kinds.map((connectionType, index) => ({
      pscAutoConnection: {
        connectionType,
        forwardingRule: `https://www.googleapis.com/compute/v1/projects/${of.project}/regions/-/forwardingRules/sca-auto-fr-${uuid()}`,
        ipAddress: of.addresses[index] ?? '',
        network: of.network,
        port: 6379,
        projectId: of.project,
        pscConnectionId: String(randomInt(1e12, 9e12)),
        serviceAttachment: `projects/${randomInt(1e9, 9e9)}/regions/-/serviceAttachments/gcp-memorystore-auto-${index}`,
      },
    })),
  };
}

/** Only its form is that of a certificate: nothing here speaks TLS. */
const authority = (): string =>
  `-----BEGIN CERTIFICATE-----\n${randomBytes(192).toString('base64')}\n-----END CERTIFICATE-----\n`;

export const memorystore = [memorystoreInstance];
