import { randomInt, randomUUID } from 'node:crypto';
import type { Cloud } from '../../model/cloud';
import { CloudError, problem, type Problem } from '../../model/errors';
import { flag, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { google } from '../google';
import { authority } from '../memorystore/endpoints';
import { between, gcp, label, toNetwork } from '../parts';

const versions = ['REDIS_4_0', 'REDIS_5_0', 'REDIS_6_X', 'REDIS_7_0', 'REDIS_7_2'];

/** Memorystore for Redis: one store that is not sharded. */
const instance = google({
  token: gcp('redis', 'Instance'),
  id: 'projects/{project}/locations/{region}/instances/{name}',
  labels: true,
  naming: label(40),
  required: ['memorySizeGb'],
  references: [{ ...toNetwork('authorizedNetwork'), error: 'INVALID_ARGUMENT' }],
  enumerations: {
    connectMode: ['DIRECT_PEERING', 'PRIVATE_SERVICE_ACCESS'],
    readReplicasMode: ['READ_REPLICAS_DISABLED', 'READ_REPLICAS_ENABLED'],
    redisVersion: versions,
    tier: ['BASIC', 'STANDARD_HA'],
    transitEncryptionMode: ['SERVER_AUTHENTICATION', 'DISABLED'],
    'persistenceConfig.persistenceMode': ['DISABLED', 'RDB'],
    'persistenceConfig.rdbSnapshotPeriod': ['ONE_HOUR', 'SIX_HOURS', 'TWELVE_HOURS', 'TWENTY_FOUR_HOURS'],
  },
  replaceOn: [
    'alternativeLocationId',
    'authorizedNetwork',
    'connectMode',
    'customerManagedKey',
    'locationId',
    'name',
    'project',
    'region',
    'reservedIpRange',
    'tier',
    'transitEncryptionMode',
  ],
  keeps: [
    'alternativeLocationId',
    'authorizedNetwork',
    'locationId',
    'maintenanceVersion',
    'persistenceConfig',
    'readReplicasMode',
    'redisVersion',
    'replicaCount',
    'reservedIpRange',
    'secondaryIpRange',
  ],
  secrets: ['authString'],
  computed: [
    'authString',
    'createTime',
    'currentLocationId',
    'effectiveReservedIpRange',
    'host',
    'maintenanceSchedules',
    'nodes',
    'persistenceIamIdentity',
    'port',
    'readEndpoint',
    'readEndpointPort',
    'serverCaCerts',
  ],
  defaults: { authEnabled: false, connectMode: 'DIRECT_PEERING', tier: 'BASIC', transitEncryptionMode: 'DISABLED' },
  protection: { flag: 'deletionProtection', byDefault: false },
  check: checkInstance,
  make: ({ inputs, cloud }) => {
    if (text(inputs, 'connectMode') === 'PRIVATE_SERVICE_ACCESS') needConnection(inputs, cloud);
    const encrypted = text(inputs, 'transitEncryptionMode') === 'SERVER_AUTHENTICATION';
    const now = new Date().toISOString();
    return {
      state: {
        authString: flag(inputs, 'authEnabled') ? randomUUID() : '',
        createTime: now,
        currentLocationId: text(inputs, 'locationId') ?? '',
        effectiveReservedIpRange: '10.0.240.0/29',
        host: `10.0.${randomInt(240, 254)}.${randomInt(2, 254)}`,
        maintenanceSchedules: [],
        nodes: [],
        persistenceIamIdentity: '',
        port: encrypted ? 6378 : 6379,
        readEndpoint: '',
        readEndpointPort: 0,
        serverCaCerts: encrypted ? [{ cert: authority(), createTime: now, serialNumber: '0' }] : [],
      },
    };
  },
  update: ({ record, inputs, changed }) => {
    const [before, after] = [record.inputs, inputs].map((bag) => versions.indexOf(text(bag, 'redisVersion') ?? ''));
    if (changed.includes('redisVersion') && (after ?? 0) < (before ?? 0)) {
      throw new CloudError('INVALID_ARGUMENT', 'the version of an instance cannot be lowered');
    }
  },
});

function checkInstance(inputs: Bag): Problem[] {
  const problems = between(inputs, 'memorySizeGb', 1, 300);
  const basic = text(inputs, 'tier') !== 'STANDARD_HA';
  const refuse = (path: string, reason: string) => problems.push(problem(path, `INVALID_ARGUMENT: ${reason}`));
  if (basic && (number(inputs, 'replicaCount') ?? 0) > 0) refuse('replicaCount', 'the BASIC tier has no replicas');
  if (text(inputs, 'readReplicasMode') === 'READ_REPLICAS_ENABLED' && (number(inputs, 'memorySizeGb') ?? 0) < 5) {
    refuse('readReplicasMode', 'read replicas need 5 GB at least');
  }
  return problems;
}

/** Its address comes out of a range that the network has given to Google. */
function needConnection(inputs: Bag, cloud: Cloud): void {
  const idOf = (value: string): string | undefined => cloud.find([gcp('compute', 'Network')], value)?.id;
  const network = text(inputs, 'authorizedNetwork') ?? '';
  const joined = cloud
    .all(gcp('servicenetworking', 'Connection'))
    .some((connection) => idOf(text(connection.inputs, 'network') ?? '') === idOf(network));
  if (!joined) {
    throw new CloudError('FAILED_PRECONDITION', `no private services access connection for ${network}`);
  }
}

export const redis = [instance];
