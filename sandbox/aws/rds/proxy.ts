import { CloudError } from '../../model/errors';
import { lowerAlphanumeric } from '../../model/ids';
import { text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, exactlyOne, named, toRole, toSecurityGroup, toSubnet } from '../parts';
import { cluster } from './cluster';
import { rdsName } from './groups';
import { instance } from './instance';

export const proxy: ResourceType = {
  token: aws('rds', 'Proxy'),
  naming: named(62, {
    ...rdsName,
    taken: { code: 'DBProxyAlreadyExistsFault', sentence: (name) => `DB Proxy ${name} already exists` },
  }),
  required: ['engineFamily', 'roleArn', 'vpcSubnetIds'],
  references: [
    toRole('roleArn'),
    toSubnet('vpcSubnetIds.*'),
    toSecurityGroup('vpcSecurityGroupIds.*'),
    { path: 'auths.*.secretArn', to: [aws('secretsmanager', 'Secret')], error: 'InvalidParameterValue' },
  ],
  enumerations: { engineFamily: ['MYSQL', 'POSTGRESQL', 'SQLSERVER'], 'auths.*.iamAuth': ['DISABLED', 'REQUIRED'] },
  replaceOn: ['engineFamily', 'vpcSubnetIds'],
  sets: ['auths', 'vpcSecurityGroupIds', 'vpcSubnetIds'],
  keeps: ['vpcSecurityGroupIds', 'idleClientTimeout'],
  computed: ['arn', 'endpoint', 'tagsAll'],
  defaults: { debugLogging: false, idleClientTimeout: 1800, requireTls: false },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return {
      id: name,
      state: {
        arn: cloud.arn('rds', `db-proxy:prx-${lowerAlphanumeric(17)}`),
        endpoint: `${name}.proxy-c${lowerAlphanumeric(11)}.${cloud.region}.rds.amazonaws.com`,
      },
    };
  },
};

const toProxy = { path: 'dbProxyName', to: [proxy.token], error: 'DBProxyNotFoundFault', holds: true };

export const proxyDefaultTargetGroup: ResourceType = {
  token: aws('rds', 'ProxyDefaultTargetGroup'),
  required: ['dbProxyName'],
  references: [{ ...toProxy, holds: false }],
  replaceOn: ['dbProxyName'],
  keeps: ['connectionPoolConfig'],
  computed: ['arn', 'name'],
  create: ({ inputs, cloud }) => ({
    id: text(inputs, 'dbProxyName') ?? '',
    state: { arn: cloud.arn('rds', `target-group:prx-tg-${lowerAlphanumeric(17)}`), name: 'default' },
  }),
};

export const proxyTarget: ResourceType = {
  token: aws('rds', 'ProxyTarget'),
  required: ['dbProxyName', 'targetGroupName'],
  references: [
    { ...toProxy, holds: false },
    { path: 'dbInstanceIdentifier', to: [instance.token], error: 'DBInstanceNotFound' },
    { path: 'dbClusterIdentifier', to: [cluster.token], error: 'DBClusterNotFoundFault' },
  ],
  replaceOn: ['dbClusterIdentifier', 'dbInstanceIdentifier', 'dbProxyName', 'targetGroupName'],
  computed: ['endpoint', 'port', 'rdsResourceId', 'targetArn', 'trackedClusterId', 'type'],
  check: (inputs) => exactlyOne(inputs, ['dbInstanceIdentifier', 'dbClusterIdentifier']),
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'dbInstanceIdentifier') ?? text(inputs, 'dbClusterIdentifier') ?? '';
    const type = inputs.dbInstanceIdentifier === undefined ? 'TRACKED_CLUSTER' : 'RDS_INSTANCE';
    const found = cloud.find([instance.token, cluster.token], name);
    if (text(found?.inputs, 'replicateSourceDb') !== undefined) {
      throw new CloudError('InvalidParameterValue', 'a proxy leads to the writer, not to a read replica');
    }
    return {
      id: [text(inputs, 'dbProxyName'), text(inputs, 'targetGroupName'), type, name].join('/'),
      state: {
        endpoint: text(found?.state, 'address') ?? text(found?.state, 'endpoint') ?? '',
        port: found?.state.port ?? 0,
        rdsResourceId: name,
        targetArn: text(found?.state, 'arn') ?? '',
        trackedClusterId: '',
        type,
      },
    };
  },
};
