import { CloudError } from '../../model/errors';
import { lowerAlphanumeric } from '../../model/ids';
import { flag, number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, toKey, toSecurityGroup } from '../parts';
import { parameterGroup, subnetGroup } from './groups';
import { checkShape, isClustered, membersOf } from './shape';

/** The short form of a region in ElastiCache's host names, e.g. `use1` for us-east-1. */
export function shortRegion(region: string): string {
  const [area = '', ...rest] = region.split('-');
  const digit = rest.pop() ?? '';
  const direction = rest
    .join('')
    .replace(/^(north|south)(east|west)$/, (_, one: string, two: string) => `${one[0]}${two[0]}`);
  return `${area}${direction.length > 2 ? direction[0] : direction}${digit}`;
}

function endpoints(id: string, infix: string, inputs: Bag, region: string): Bag {
  const zone = `${infix}.${shortRegion(region)}.cache.amazonaws.com`;
  const secure = flag(inputs, 'transitEncryptionEnabled') === true;
  const host = (role: string, plain: string) => (secure ? `${role}.${id}.${zone}` : plain);
  if (isClustered(inputs)) {
    const plain = `${id}.${infix}.clustercfg.${shortRegion(region)}.cache.amazonaws.com`;
    return {
      configurationEndpointAddress: host('clustercfg', plain),
      primaryEndpointAddress: '',
      readerEndpointAddress: '',
    };
  }
  const [first, reader] = ['ng.0001', 'ro'].map(
    (part) =>
      `${id}${part === 'ro' ? '-ro' : ''}.${infix}.${part === 'ro' ? 'ng.0001' : part}.${shortRegion(region)}.cache.amazonaws.com`,
  );
  return {
    configurationEndpointAddress: '',
    primaryEndpointAddress: host('master', first ?? ''),
    readerEndpointAddress: host('replica', reader ?? ''),
  };
}

const actualVersion = (inputs: Bag): string => {
  const asked = text(inputs, 'engineVersion') ?? (text(inputs, 'engine') === 'valkey' ? '8.0' : '7.1');
  return asked.split('.').length === 3 ? asked : `${asked}.0`;
};

const parts = (version: string | undefined): number[] => (version ?? '0').split('.').map((part) => Number(part) || 0);
function isOlder(version: string | undefined, than: string): boolean {
  const [a, b] = [parts(version), parts(than)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

export const replicationGroup: ResourceType = {
  token: aws('elasticache', 'ReplicationGroup'),
  naming: {
    property: 'replicationGroupId',
    max: 40,
    lowercase: true,
    pattern: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/,
    rule: 'InvalidParameterValue: an id holds letters, digits and hyphens, starts with a letter, has no two hyphens in a row and ends with none',
    taken: {
      code: 'ReplicationGroupAlreadyExists',
      sentence: (name) => `Replication group ${name} already exists.`,
    },
  },
  required: ['description'],
  references: [
    {
      path: 'subnetGroupName',
      to: [subnetGroup.token],
      error: 'CacheSubnetGroupNotFoundFault',
      holds: true,
      except: /^default$/,
    },
    {
      path: 'parameterGroupName',
      to: [parameterGroup.token],
      error: 'CacheParameterGroupNotFound',
      holds: true,
      except: /^default\./,
    },
    toSecurityGroup('securityGroupIds.*'),
    toKey('kmsKeyId'),
  ],
  enumerations: {
    engine: ['redis', 'valkey'],
    clusterMode: ['enabled', 'disabled', 'compatible'],
    transitEncryptionMode: ['preferred', 'required'],
    authTokenUpdateStrategy: ['SET', 'ROTATE', 'DELETE'],
    networkType: ['ipv4', 'ipv6', 'dual_stack'],
    durability: ['default', 'async', 'sync', 'disabled'],
    'logDeliveryConfigurations.*.logType': ['slow-log', 'engine-log'],
    'logDeliveryConfigurations.*.logFormat': ['json', 'text'],
    'logDeliveryConfigurations.*.destinationType': ['cloudwatch-logs', 'kinesis-firehose'],
  },
  replaceOn: [
    'atRestEncryptionEnabled',
    'dataTieringEnabled',
    'globalReplicationGroupId',
    'kmsKeyId',
    'networkType',
    'port',
    'replicationGroupId',
    'securityGroupNames',
    'snapshotArns',
    'snapshotName',
    'subnetGroupName',
  ],
  replaceWhen: (olds, news) => {
    const back = text(olds, 'engine') === 'valkey' && text(news, 'engine') === 'redis';
    const version = text(news, 'engineVersion');
    const older =
      version !== undefined && olds.engineVersion !== undefined && isOlder(version, text(olds, 'engineVersion') ?? '0');
    // Before 7.0.5 encryption in transit could only be chosen at creation.
    const fixed =
      text(news, 'engine') !== 'valkey' &&
      version !== undefined &&
      isOlder(version, '7.0.5') &&
      version !== '7.0' &&
      version !== '7.1';
    return [
      ...(back ? ['engine'] : []),
      ...(older && !back ? ['engineVersion'] : []),
      ...(fixed ? ['transitEncryptionEnabled'] : []),
    ];
  },
  sets: ['securityGroupIds', 'securityGroupNames', 'logDeliveryConfigurations', 'preferredCacheClusterAzs'],
  keeps: [
    'atRestEncryptionEnabled',
    'clusterMode',
    'dataTieringEnabled',
    'engineVersion',
    'globalReplicationGroupId',
    'maintenanceWindow',
    'networkType',
    'parameterGroupName',
    'securityGroupIds',
    'snapshotWindow',
    'subnetGroupName',
    'transitEncryptionEnabled',
    'transitEncryptionMode',
    'ipDiscovery',
  ],
  secrets: ['authToken'],
  computed: [
    'arn',
    'clusterEnabled',
    'configurationEndpointAddress',
    'engineVersionActual',
    'memberClusters',
    'primaryEndpointAddress',
    'readerEndpointAddress',
    'tagsAll',
  ],
  defaults: { engine: 'redis', autoMinorVersionUpgrade: true, authTokenUpdateStrategy: 'ROTATE', port: 6379 },
  check: checkShape,
  create: ({ inputs, cloud }) => {
    const id = (text(inputs, 'replicationGroupId') ?? '').toLowerCase();
    return {
      id,
      state: {
        arn: cloud.arn('elasticache', `replicationgroup:${id}`),
        clusterEnabled: isClustered(inputs),
        ...endpoints(id, lowerAlphanumeric(6), inputs, cloud.region),
        engineVersionActual: actualVersion(inputs),
        memberClusters: membersOf(id, inputs),
      },
    };
  },
  changing: (changed) => [
    ...(changed.some((key) => ['numNodeGroups', 'replicasPerNodeGroup', 'numCacheClusters'].includes(key))
      ? ['memberClusters']
      : []),
    ...(changed.some((key) => ['engine', 'engineVersion'].includes(key)) ? ['engineVersionActual'] : []),
  ],
  update: ({ record, inputs, changed }) => {
    const [before, after] = [text(record.inputs, 'clusterMode'), text(inputs, 'clusterMode')];
    if (changed.includes('clusterMode') && before !== 'compatible' && after !== 'compatible') {
      const sentence = 'Cluster mode can only be changed from disabled to compatible, and from compatible to enabled.';
      throw new CloudError('InvalidParameterCombination', sentence);
    }
    if (isClustered(record.inputs) && !isClustered(inputs)) {
      throw new CloudError('InvalidParameterCombination', 'Cluster mode cannot be turned off.');
    }
    const [had, has] = [record.inputs, inputs].map((given) => number(given, 'replicasPerNodeGroup') ?? 0);
    // The provider takes replicas away first, and only then changes the rest (its replication_group.go).
    if (had! > 0 && has === 0 && flag(record.inputs, 'multiAzEnabled') === true) {
      throw new CloudError(
        'InvalidParameterValue',
        'Must have at least 1 replica for Multi-AZ enabled Replication Group',
      );
    }
    if (changed.includes('durability')) {
      throw new CloudError(
        'InvalidParameterValue',
        'The durability of a replication group is fixed when it is created.',
      );
    }
    if (changed.includes('transitEncryptionEnabled') && text(inputs, 'transitEncryptionMode') !== 'preferred') {
      const sentence = 'To change encryption in transit, set the transit encryption mode to preferred first.';
      throw new CloudError('InvalidParameterCombination', sentence);
    }
    return { state: { engineVersionActual: actualVersion(inputs), memberClusters: membersOf(record.id, inputs) } };
  },
  remove: (record, cloud) => {
    const snapshot = text(record.inputs, 'finalSnapshotIdentifier');
    if (snapshot === undefined) return;
    if (cloud.leftBehind('snapshot', record.type, snapshot)) {
      throw new CloudError('SnapshotAlreadyExistsFault', `Snapshot with specified name already exists: ${snapshot}`);
    }
    cloud.leave({ kind: 'snapshot', type: record.type, name: snapshot });
  },
};
