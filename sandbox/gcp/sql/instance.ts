import { randomInt } from 'node:crypto';
import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { flag, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { google } from '../google';
import { gcp, label, to, toNetwork } from '../parts';
import { checkInstance } from './checks';

const token = gcp('sql', 'DatabaseInstance');

/** Cloud SQL: a primary, one of its readers, or a pool of them. */
export const databaseInstance = google({
  token,
  id: '{name}',
  links: 'https://sqladmin.googleapis.com/sql/v1beta4/projects/-/instances/',
  naming: label(98, { rule: 'invalid: an instance name has at most 98 lower-case letters, digits and hyphens' }),
  required: ['databaseVersion'],
  references: [
    { ...toNetwork('settings.ipConfiguration.privateNetwork'), error: 'invalid' },
    { ...to('masterInstanceName', [token], true), error: 'instanceDoesNotExist' },
  ],
  enumerations: {
    instanceType: ['CLOUD_SQL_INSTANCE', 'ON_PREMISES_INSTANCE', 'READ_POOL_INSTANCE', 'READ_REPLICA_INSTANCE'],
    'settings.activationPolicy': ['ALWAYS', 'NEVER', 'ON_DEMAND'],
    'settings.availabilityType': ['REGIONAL', 'ZONAL'],
    'settings.diskType': ['PD_SSD', 'PD_HDD', 'HYPERDISK_BALANCED'],
    'settings.edition': ['ENTERPRISE', 'ENTERPRISE_PLUS'],
    'settings.ipConfiguration.sslMode': [
      'ALLOW_UNENCRYPTED_AND_ENCRYPTED',
      'ENCRYPTED_ONLY',
      'TRUSTED_CLIENT_CERTIFICATE_REQUIRED',
    ],
    'settings.maintenanceWindow.updateTrack': ['canary', 'stable', 'week5'],
    'settings.readPoolAutoScaleConfig.targetMetrics.*.metric': ['AVERAGE_CPU_UTILIZATION', 'AVERAGE_DB_CONNECTIONS'],
  },
  replaceOn: [
    'encryptionKeyName',
    'name',
    'project',
    'region',
    'replicaConfiguration.caCertificate',
    'replicaConfiguration.clientCertificate',
    'replicaConfiguration.clientKey',
    'replicaConfiguration.connectRetryInterval',
    'replicaConfiguration.dumpFilePath',
    'replicaConfiguration.failoverTarget',
    'replicaConfiguration.masterHeartbeatPeriod',
    'replicaConfiguration.password',
    'replicaConfiguration.sslCipher',
    'replicaConfiguration.username',
    'replicaConfiguration.verifyServerCertificate',
    'settings.collation',
  ],
  // The provider makes another instance for a smaller disk, and where the network is taken away.
  replaceWhen: (olds, news) => [
    ...((number(news, 'settings.diskSize') ?? 0) < (number(olds, 'settings.diskSize') ?? 0) &&
    number(news, 'settings.diskSize') !== undefined
      ? ['settings.diskSize']
      : []),
    ...(text(olds, 'settings.ipConfiguration.privateNetwork') !== undefined &&
    (news.settings as Bag | undefined)?.ipConfiguration === undefined
      ? ['settings.ipConfiguration']
      : []),
  ],
  sets: ['settings.databaseFlags', 'replicaNames'],
  keeps: ['instanceType', 'maintenanceVersion', 'masterInstanceName', 'nodeCount', 'project', 'region', 'replicaNames'],
  secrets: ['replicaConfiguration', 'rootPassword', 'rootPasswordWo', 'serverCaCerts'],
  computed: [
    'availableMaintenanceVersions',
    'connectionName',
    'dnsName',
    'dnsNames',
    'firstIpAddress',
    'instanceType',
    'ipAddresses',
    'maintenanceVersion',
    'privateIpAddress',
    'project',
    'pscServiceAttachmentLink',
    'publicIpAddress',
    'serverCaCerts',
    'serviceAccountEmailAddress',
  ],
  defaults: { deletionProtection: true },
  protection: { flag: 'deletionProtection', byDefault: true },
  check: checkInstance,
  make: ({ inputs, cloud, place }) => {
    const name = text(inputs, 'name') ?? '';
    const region = text(inputs, 'region') ?? place.region;
    needPeering(inputs, cloud);
    refuseOddReader(inputs, cloud);
    const address = `10.0.${randomInt(224, 239)}.${randomInt(3, 254)}`;
    const connectionName = `${place.project}:${region}:${name}`;
    return {
      state: {
        availableMaintenanceVersions: [],
        connectionName,
        dnsName: '',
        dnsNames: [],
        firstIpAddress: address,
        ...(inputs.instanceType === undefined ? { instanceType: 'CLOUD_SQL_INSTANCE' } : {}),
        ipAddresses: [{ ipAddress: address, timeToRetire: '', type: 'PRIVATE' }],
        maintenanceVersion: `${text(inputs, 'databaseVersion')}.R20260101.00_01`,
        privateIpAddress: address,
        project: place.project,
        pscServiceAttachmentLink: '',
        publicIpAddress: '',
        serverCaCerts: [{ cert: '-----BEGIN CERTIFICATE-----\n', commonName: name }],
        serviceAccountEmailAddress: `p${cloud.account}-${randomInt(1e5, 9e5)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
      },
      actual: { alsoKnownAs: [name, connectionName, `projects/${place.project}/instances/${name}`] },
    };
  },
  update: ({ record, inputs, changed }) => {
    const [before, after] = [record.inputs, inputs].map((bag) => versionOf(text(bag, 'databaseVersion') ?? ''));
    if (changed.includes('databaseVersion') && (after ?? 0) < (before ?? 0)) {
      throw new CloudError('invalid', 'The database version of an instance cannot be lowered');
    }
  },
  remove: (record) => {
    if (flag(record.inputs, 'settings.deletionProtectionEnabled')) {
      const sentence = `The instance is protected. Please disable the deletion protection and try again: ${record.id}`;
      throw new CloudError('deletionProtectionEnabled', sentence);
    }
  },
});

/** A private address comes out of a range that the network has given to Google. */
function needPeering(inputs: Bag, cloud: Cloud): void {
  const network = text(inputs, 'settings.ipConfiguration.privateNetwork');
  if (network === undefined) return;
  const idOf = (value: string): string | undefined => cloud.find([gcp('compute', 'Network')], value)?.id;
  const home = idOf(network);
  const joined = cloud
    .all(gcp('servicenetworking', 'Connection'))
    .some((connection) => idOf(text(connection.inputs, 'network') ?? '') === home);
  if (!joined) {
    const sentence = `Failed to create subnetwork: no private services access connection for ${network}`;
    throw new CloudError('NETWORK_NOT_PEERED', sentence);
  }
}

/** A reader is of its primary's engine, and a pool of a primary that has pools. */
function refuseOddReader(inputs: Bag, cloud: Cloud): void {
  const master = text(inputs, 'masterInstanceName');
  const primary = master === undefined ? undefined : cloud.find([token], master);
  if (!primary) return;
  if (
    text(primary.inputs, 'masterInstanceName') !== undefined &&
    text(inputs, 'instanceType') === 'READ_POOL_INSTANCE'
  ) {
    throw new CloudError('invalid', 'a read pool follows a primary, and no replica');
  }
  const [ours, theirs] = [inputs, primary.inputs].map((bag) => text(bag, 'databaseVersion'));
  if (ours !== theirs) throw new CloudError('invalid', `a reader is of its primary's version, ${theirs}, not ${ours}`);
  const recovers =
    flag(primary.inputs, 'settings.backupConfiguration.pointInTimeRecoveryEnabled') ??
    flag(primary.inputs, 'settings.backupConfiguration.binaryLogEnabled');
  if (!recovers) throw new CloudError('invalid', 'a primary without point-in-time recovery has no readers');
}

/** `POSTGRES_17` is 17, `MYSQL_8_4` is 8.4. */
function versionOf(version: string): number {
  return Number(version.replace(/^[A-Z]+_/, '').replace('_', '.'));
}
