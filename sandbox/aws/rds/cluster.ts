import { CloudError, problem, type Problem } from '../../model/errors';
import { lowerAlphanumeric, upperAlphanumeric } from '../../model/ids';
import { flag, number, text } from '../../model/reading';
import type { Cloud } from '../../model/cloud';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, between, toKey, toRole, toSecurityGroup } from '../parts';
import { clusterParameterGroup, rdsNaming, subnetGroup } from './groups';
import { keepFinalSnapshot, managedSecret, refuseProtected } from './leaving';
import { checkFamily, checkPassword, checkWatching, checkWindows, portOf, versionRefusal } from './rules';

const token = aws('rds', 'Cluster');

function checkCluster(inputs: Bag, cloud: Cloud): Problem[] {
  const managed = flag(inputs, 'manageMasterUserPassword') === true;
  const problems = [
    ...between(inputs, 'backupRetentionPeriod', 1, 35),
    ...checkWindows(inputs, 'preferredBackupWindow', 'preferredMaintenanceWindow'),
    ...checkWatching(inputs),
    ...checkPassword(inputs, 'masterPassword', managed),
    ...checkFamily(inputs, cloud, 'dbClusterParameterGroupName', clusterParameterGroup.token),
  ];
  const elsewhere = ['snapshotIdentifier', 'restoreToPointInTime', 'globalClusterIdentifier'].some(
    (key) => inputs[key] !== undefined,
  );
  if (elsewhere) return problems;
  for (const key of ['masterUsername', ...(managed ? [] : ['masterPassword'])]) {
    if (inputs[key] === undefined && inputs.masterPasswordWo === undefined) {
      problems.push(problem(key, `"${key}": required field is not set`));
    }
  }
  return problems;
}

export const cluster: ResourceType = {
  token,
  naming: rdsNaming('clusterIdentifier', 'DBClusterAlreadyExistsFault', 'DB Cluster'),
  required: ['engine'],
  references: [
    { path: 'dbSubnetGroupName', to: [subnetGroup.token], error: 'DBSubnetGroupNotFoundFault', holds: true },
    {
      path: 'dbClusterParameterGroupName',
      to: [clusterParameterGroup.token],
      error: 'DBClusterParameterGroupNotFound',
      holds: true,
      except: /^default\./,
    },
    toSecurityGroup('vpcSecurityGroupIds.*'),
    toRole('monitoringRoleArn'),
    toKey('kmsKeyId'),
  ],
  enumerations: {
    engine: ['aurora-postgresql', 'aurora-mysql'],
    storageType: ['', 'aurora', 'aurora-iopt1'],
    'enabledCloudwatchLogsExports.*': [
      'postgresql',
      'audit',
      'error',
      'general',
      'slowquery',
      'instance',
      'iam-db-auth-error',
    ],
  },
  replaceOn: [
    'availabilityZones',
    'clusterIdentifier',
    'clusterIdentifierPrefix',
    'databaseName',
    'dbSubnetGroupName',
    'dbSystemId',
    'engine',
    'engineMode',
    'kmsKeyId',
    'masterUsername',
    'restoreToPointInTime',
    's3Import.bucketName',
    's3Import.bucketPrefix',
    's3Import.ingestionRole',
    's3Import.sourceEngine',
    's3Import.sourceEngineVersion',
    'snapshotIdentifier',
    'sourceRegion',
    'storageEncrypted',
  ],
  sets: ['availabilityZones', 'enabledCloudwatchLogsExports', 'vpcSecurityGroupIds'],
  keeps: [
    'allocatedStorage',
    'availabilityZones',
    'caCertificateIdentifier',
    'clusterMembers',
    'databaseName',
    'dbClusterParameterGroupName',
    'dbSubnetGroupName',
    'engineVersion',
    'globalClusterIdentifier',
    'kmsKeyId',
    'masterUsername',
    'networkType',
    'port',
    'preferredBackupWindow',
    'preferredMaintenanceWindow',
    'vpcSecurityGroupIds',
  ],
  secrets: ['masterPassword', 'masterPasswordWo'],
  computed: [
    'arn',
    'clusterMembers',
    'clusterResourceId',
    'endpoint',
    'engineVersionActual',
    'hostedZoneId',
    'masterUserSecrets',
    'masterUsername',
    'port',
    'readerEndpoint',
    'tagsAll',
  ],
  defaults: {
    backupRetentionPeriod: 1,
    engineMode: 'provisioned',
    deletionProtection: false,
    skipFinalSnapshot: false,
  },
  inUse: 'InvalidDBClusterStateFault',
  check: checkCluster,
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'clusterIdentifier') ?? '';
    const host = (role: string) => `${name}.cluster-${role}c${lowerAlphanumeric(11)}.${cloud.region}.rds.amazonaws.com`;
    return {
      id: name,
      state: {
        arn: cloud.arn('rds', `cluster:${name}`),
        clusterResourceId: `cluster-${upperAlphanumeric(26)}`,
        endpoint: host(''),
        engineVersionActual: actual(text(inputs, 'engineVersion')),
        hostedZoneId: 'Z2R2ITUGPM61AM',
        masterUserSecrets: managedSecret(inputs, cloud, name),
        port: number(inputs, 'port') ?? portOf(text(inputs, 'engine') ?? ''),
        readerEndpoint: host('ro-'),
      },
    };
  },
  update: ({ record, inputs, changed }) => {
    const version = text(inputs, 'engineVersion');
    const running = text(record.inputs, 'engineVersion') ?? '';
    if (changed.includes('engineVersion') && version !== undefined) {
      const major = flag(inputs, 'allowMajorVersionUpgrade') === true;
      const refused = versionRefusal(text(inputs, 'engine') ?? '', running, version, major);
      if (refused) throw new CloudError('InvalidParameterCombination', refused);
    }
    return { state: { engineVersionActual: actual(version ?? running) } };
  },
  changing: (changed) => (changed.includes('engineVersion') ? ['engineVersionActual'] : []),
  view: (record, cloud) => ({
    clusterMembers: cloud
      .all(aws('rds', 'ClusterInstance'))
      .filter(({ inputs, region }) => text(inputs, 'clusterIdentifier') === record.id && region === record.region)
      .map(({ id }) => id),
  }),
  remove: (record, cloud) => {
    refuseProtected(record, 'Cluster');
    keepFinalSnapshot(record, cloud, 'DBClusterSnapshotAlreadyExistsFault');
  },
};

const actual = (version: string | undefined): string => (version?.includes('.') ? version : `${version ?? '17'}.5`);
