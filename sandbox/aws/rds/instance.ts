import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { lowerAlphanumeric, upperAlphanumeric } from '../../model/ids';
import { flag, number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import type { StoredResource } from '../../store/record';
import { aws, toKey, toRole, toSecurityGroup } from '../parts';
import { parameterGroup, rdsNaming, subnetGroup } from './groups';
import { checkInstance, speedRefusal } from './instance-checks';
import { keepFinalSnapshot, managedSecret, refuseProtected } from './leaving';
import { portOf, versionRefusal } from './rules';

const token = aws('rds', 'Instance');

export const instance: ResourceType = {
  token,
  naming: rdsNaming('identifier', 'DBInstanceAlreadyExists', 'DB instance'),
  required: ['instanceClass'],
  references: [
    { path: 'dbSubnetGroupName', to: [subnetGroup.token], error: 'DBSubnetGroupNotFoundFault', holds: true },
    {
      path: 'parameterGroupName',
      to: [parameterGroup.token],
      error: 'DBParameterGroupNotFound',
      holds: true,
      except: /^default\./,
    },
    { path: 'replicateSourceDb', to: [token], error: 'DBInstanceNotFound', anyRegion: true },
    toSecurityGroup('vpcSecurityGroupIds.*'),
    toRole('monitoringRoleArn'),
    toKey('kmsKeyId'),
  ],
  enumerations: {
    storageType: ['standard', 'gp2', 'gp3', 'io1', 'io2'],
    engine: ['postgres', 'mysql', 'mariadb'],
    'enabledCloudwatchLogsExports.*': [
      'postgresql',
      'upgrade',
      'error',
      'general',
      'slowquery',
      'audit',
      'iam-db-auth-error',
    ],
  },
  replaceOn: [
    'availabilityZone',
    'backupTarget',
    'characterSetName',
    'customIamInstanceProfile',
    'dbName',
    'engine',
    'kmsKeyId',
    'ncharCharacterSetName',
    'restoreToPointInTime',
    's3Import.bucketName',
    's3Import.bucketPrefix',
    's3Import.ingestionRole',
    's3Import.sourceEngine',
    's3Import.sourceEngineVersion',
    'snapshotIdentifier',
    'storageEncrypted',
    'timezone',
    'username',
  ],
  sets: ['vpcSecurityGroupIds', 'enabledCloudwatchLogsExports'],
  keeps: [
    'allocatedStorage',
    'availabilityZone',
    'backupRetentionPeriod',
    'backupWindow',
    'caCertIdentifier',
    'characterSetName',
    'dbName',
    'dbSubnetGroupName',
    'engine',
    'engineVersion',
    'identifier',
    'iops',
    'kmsKeyId',
    'licenseModel',
    'maintenanceWindow',
    'monitoringRoleArn',
    'multiAz',
    'networkType',
    'optionGroupName',
    'parameterGroupName',
    'performanceInsightsKmsKeyId',
    'performanceInsightsRetentionPeriod',
    'port',
    'storageThroughput',
    'storageType',
    'username',
    'vpcSecurityGroupIds',
  ],
  secrets: ['password', 'passwordWo'],
  computed: [
    'address',
    'allocatedStorage',
    'arn',
    'availabilityZone',
    'dbName',
    'endpoint',
    'engine',
    'engineVersionActual',
    'hostedZoneId',
    'latestRestorableTime',
    'listenerEndpoints',
    'masterUserSecrets',
    'port',
    'replicas',
    'resourceId',
    'status',
    'tagsAll',
    'username',
  ],
  defaults: {
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: false,
    deleteAutomatedBackups: true,
    deletionProtection: false,
    monitoringInterval: 0,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
    storageEncrypted: false,
  },
  inUse: 'InvalidDBInstanceState',
  check: checkInstance,
  // What has grown by itself is no difference to what the program began with.
  lets: (olds, news) => {
    const [before, after] = [number(olds, 'allocatedStorage') ?? 0, number(news, 'allocatedStorage') ?? 0];
    return before > after && growsByItself(news, after) ? ['allocatedStorage'] : [];
  },
  create: ({ inputs, cloud }) => {
    if (flag(inputs, 'multiAz') === true && inputs.availabilityZone !== undefined) {
      const sentence = 'Requesting a specific availability zone is not valid for Multi-AZ instances.';
      throw new CloudError('InvalidParameterCombination', sentence);
    }
    const source = sourceOf(inputs, cloud);
    if (source) refuseReplica(inputs, source, cloud);
    const id = `db-${upperAlphanumeric(26)}`;
    const name = text(inputs, 'identifier') ?? '';
    const engine = text(inputs, 'engine') ?? text(source?.state, 'engine') ?? text(source?.inputs, 'engine') ?? '';
    const port = number(inputs, 'port') ?? number(source?.state, 'port') ?? portOf(engine);
    const address = `${name}.c${lowerAlphanumeric(11)}.${cloud.region}.rds.amazonaws.com`;
    return {
      id,
      state: {
        address,
        arn: cloud.arn('rds', `db:${name}`),
        availabilityZone: text(inputs, 'availabilityZone') ?? `${cloud.region}a`,
        endpoint: `${address}:${port}`,
        engine,
        engineVersionActual: actual(engine, text(inputs, 'engineVersion') ?? text(source?.inputs, 'engineVersion')),
        hostedZoneId: 'Z2R2ITUGPM61AM',
        latestRestorableTime: '',
        listenerEndpoints: [],
        masterUserSecrets: managedSecret(inputs, cloud, name),
        port,
        resourceId: id,
        status: 'available',
        ...(source && inheritedFrom(source)),
      },
    };
  },
  update: ({ record, inputs, changed, cloud }) => {
    const before = number(record.inputs, 'allocatedStorage') ?? 0;
    const after = number(inputs, 'allocatedStorage') ?? before;
    if (after < before && growsByItself(inputs, after)) inputs.allocatedStorage = before;
    else if (after < before) {
      const sentence = `Invalid storage size: allocated storage cannot be reduced from ${before} to ${after} GiB`;
      throw new CloudError('InvalidParameterCombination', sentence);
    }
    const speed = speedRefusal(inputs, before, after);
    if (speed) throw new CloudError('InvalidParameterCombination', speed);
    if (changed.includes('replicateSourceDb') && inputs.replicateSourceDb !== undefined) {
      throw new CloudError('InvalidParameterCombination', 'an instance becomes no replica once it exists');
    }
    const replicas = replicasOf(record, cloud);
    if (flag(inputs, 'manageMasterUserPassword') === true && replicas.length > 0) refuseManaged();
    if (flag(inputs, 'blueGreenUpdate.enabled') === true && replicas.length > 0 && !onlyMarks(changed)) {
      throw new CloudError(
        'InvalidDBInstanceState',
        'Low-downtime updates cannot be used with instances that have replicas',
      );
    }
    if (replicas.length > 0 && number(inputs, 'backupRetentionPeriod') === 0) {
      throw new CloudError('InvalidParameterValue', 'Backups cannot be turned off on an instance that has replicas');
    }
    const engine = text(record.state, 'engine') ?? '';
    const version = text(inputs, 'engineVersion');
    const running = text(record.inputs, 'engineVersion') ?? text(record.state, 'engineVersionActual') ?? '';
    if (changed.includes('engineVersion') && version !== undefined) {
      const refused = versionRefusal(engine, running, version, flag(inputs, 'allowMajorVersionUpgrade') === true);
      if (refused) throw new CloudError('InvalidParameterCombination', refused);
    }
    const name = text(inputs, 'identifier') ?? '';
    const host = (text(record.state, 'address') ?? '').replace(/^[^.]+/, name);
    const port = number(inputs, 'port') ?? number(record.state, 'port') ?? 0;
    return {
      state: {
        address: host,
        endpoint: `${host}:${port}`,
        port,
        arn: cloud.arn('rds', `db:${name}`),
        engineVersionActual: actual(engine, version ?? running),
        masterUserSecrets: managedSecret(inputs, cloud, name),
      },
    };
  },
  changing: (changed) => [
    ...(changed.includes('identifier') ? ['address', 'arn', 'endpoint'] : []),
    ...(changed.includes('engineVersion') ? ['engineVersionActual'] : []),
  ],
  view: (record, cloud) => ({
    replicas: replicasOf(record, cloud).map(({ inputs }) => text(inputs, 'identifier') ?? ''),
  }),
  remove: (record, cloud) => {
    refuseProtected(record, 'DB Instance');
    if (record.inputs.replicateSourceDb === undefined) keepFinalSnapshot(record, cloud, 'DBSnapshotAlreadyExists');
  },
};

/** A version number as it runs: the newest minor of what was asked for. */
function actual(engine: string, version: string | undefined): string {
  const asked = version ?? '17';
  const whole = engine.includes('mysql') ? 3 : 2;
  return asked.split('.').length >= whole ? asked : `${asked}.${engine.includes('mysql') ? 5 : 6}`;
}

function growsByItself(inputs: Bag, allocated: number): boolean {
  return (number(inputs, 'maxAllocatedStorage') ?? 0) > allocated;
}

function sourceOf(inputs: Bag, cloud: Cloud): StoredResource | undefined {
  const name = text(inputs, 'replicateSourceDb');
  return name === undefined ? undefined : cloud.find([token], name, true);
}

function replicasOf(record: StoredResource, cloud: Cloud): StoredResource[] {
  const names = [record.id, text(record.state, 'arn'), text(record.inputs, 'identifier')];
  return cloud.all(token).filter(({ inputs }) => {
    const source = text(inputs, 'replicateSourceDb');
    return source !== undefined && names.includes(source);
  });
}

function refuseManaged(): never {
  const sentence =
    'RDS cannot manage and rotate the master password in Secrets Manager of an instance that has read replicas';
  throw new CloudError('InvalidParameterCombination', sentence);
}

function refuseReplica(inputs: Bag, source: StoredResource, cloud: Cloud): void {
  const far = source.region !== cloud.region;
  if (flag(source.inputs, 'manageMasterUserPassword') === true) refuseManaged();
  if ((number(source.inputs, 'backupRetentionPeriod') ?? 0) === 0) {
    const sentence = 'Automated backups are not enabled for this database instance.';
    throw new CloudError('InvalidDBInstanceState', sentence);
  }
  if (far && !(text(inputs, 'replicateSourceDb') ?? '').startsWith('arn:')) {
    throw new CloudError('InvalidParameterValue', 'a source in another region is named by its ARN');
  }
  if (far && flag(source.inputs, 'storageEncrypted') === true && inputs.kmsKeyId === undefined) {
    const sentence = 'Cannot create a cross region encrypted read replica without a KMS key of its own region';
    throw new CloudError('InvalidParameterCombination', sentence);
  }
  if (!far && inputs.dbSubnetGroupName !== undefined) {
    const sentence = 'The DB subnet group of a replica in the region of its source is the source’s own';
    throw new CloudError('InvalidParameterCombination', sentence);
  }
}

function inheritedFrom(source: StoredResource): Bag {
  const of = (key: string) => source.inputs[key] ?? source.state[key] ?? null;
  return { allocatedStorage: of('allocatedStorage'), dbName: of('dbName'), username: of('username') };
}

/** Tags and protection change without an update of the database. */
function onlyMarks(changed: string[]): boolean {
  return changed.every((key) => ['tags', 'deletionProtection', 'blueGreenUpdate', 'password'].includes(key));
}
