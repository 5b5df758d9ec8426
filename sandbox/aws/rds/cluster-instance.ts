import { CloudError, problem, type Problem } from '../../model/errors';
import { lowerAlphanumeric, upperAlphanumeric } from '../../model/ids';
import { number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, toRole } from '../parts';
import { cluster } from './cluster';
import { parameterGroup, rdsNaming, subnetGroup } from './groups';
import { checkWatching } from './rules';

/** Aurora has the larger burstable classes and the memory-optimised ones (Aurora: supported DB instance classes). */
const auroraClass = /^db\.(serverless|(t3|t4g)\.(medium|large)|(r5|r6g|r6gd|r6i|r6id|r7g|r7i|r8g|x2g)\.\w+)$/;

function checkMember(inputs: Bag): Problem[] {
  const size = text(inputs, 'instanceClass');
  const problems = checkWatching(inputs);
  if (size !== undefined && !auroraClass.test(size)) {
    const reason = `InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=${size}, Engine=${text(inputs, 'engine')}`;
    problems.push(problem('instanceClass', reason));
  }
  return problems;
}

export const clusterInstance: ResourceType = {
  token: aws('rds', 'ClusterInstance'),
  naming: rdsNaming('identifier', 'DBInstanceAlreadyExists', 'DB instance'),
  required: ['clusterIdentifier', 'engine', 'instanceClass'],
  references: [
    { path: 'clusterIdentifier', to: [cluster.token], error: 'DBClusterNotFoundFault', holds: true },
    { path: 'dbSubnetGroupName', to: [subnetGroup.token], error: 'DBSubnetGroupNotFoundFault', holds: true },
    {
      path: 'dbParameterGroupName',
      to: [parameterGroup.token],
      error: 'DBParameterGroupNotFound',
      holds: true,
      except: /^default\./,
    },
    toRole('monitoringRoleArn'),
  ],
  enumerations: { engine: ['aurora-postgresql', 'aurora-mysql'] },
  replaceOn: [
    'availabilityZone',
    'clusterIdentifier',
    'customIamInstanceProfile',
    'dbSubnetGroupName',
    'engine',
    'identifier',
    'identifierPrefix',
  ],
  keeps: [
    'availabilityZone',
    'caCertIdentifier',
    'dbParameterGroupName',
    'dbSubnetGroupName',
    'engineVersion',
    'monitoringRoleArn',
    'performanceInsightsEnabled',
    'performanceInsightsKmsKeyId',
    'performanceInsightsRetentionPeriod',
    'preferredBackupWindow',
    'preferredMaintenanceWindow',
  ],
  computed: [
    'arn',
    'availabilityZone',
    'dbiResourceId',
    'endpoint',
    'engineVersionActual',
    'kmsKeyId',
    'networkType',
    'port',
    'storageEncrypted',
    'tagsAll',
    'writer',
  ],
  defaults: { autoMinorVersionUpgrade: true, copyTagsToSnapshot: false, monitoringInterval: 0, promotionTier: 0 },
  check: checkMember,
  create: ({ inputs, cloud }) => {
    const owner = cloud.find([cluster.token], text(inputs, 'clusterIdentifier') ?? '');
    if (owner && text(owner.inputs, 'engine') !== text(inputs, 'engine')) {
      const sentence =
        'The engine name requested for your DB instance doesn’t match the engine name of your DB cluster.';
      throw new CloudError('InvalidParameterCombination', sentence);
    }
    const name = text(inputs, 'identifier') ?? '';
    const members = cloud
      .all(aws('rds', 'ClusterInstance'))
      .filter((other) => text(other.inputs, 'clusterIdentifier') === owner?.id);
    return {
      id: name,
      state: {
        arn: cloud.arn('rds', `db:${name}`),
        availabilityZone: text(inputs, 'availabilityZone') ?? `${cloud.region}a`,
        dbiResourceId: `db-${upperAlphanumeric(26)}`,
        endpoint: `${name}.c${lowerAlphanumeric(11)}.${cloud.region}.rds.amazonaws.com`,
        engineVersionActual: text(owner?.state, 'engineVersionActual') ?? '',
        kmsKeyId: text(owner?.inputs, 'kmsKeyId') ?? '',
        networkType: 'IPV4',
        port: number(owner?.state, 'port') ?? 5432,
        storageEncrypted: true,
        writer: members.length === 0,
      },
    };
  },
};
