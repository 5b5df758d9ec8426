import { text, texts } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, named, toSubnet } from '../parts';

const groupName = {
  lowercase: true,
  pattern: /^[a-z][a-z0-9.-]*$/i,
  rule: 'InvalidParameterValue: a name holds letters, digits and hyphens, and starts with a letter',
};

export const subnetGroup: ResourceType = {
  token: aws('elasticache', 'SubnetGroup'),
  naming: named(255, {
    ...groupName,
    taken: { code: 'CacheSubnetGroupAlreadyExists', sentence: (name) => `Cache subnet group ${name} already exists.` },
  }),
  required: ['subnetIds'],
  // What holds a subnet is the network interfaces of the caches; the group stands for them here.
  references: [toSubnet('subnetIds.*')],
  replaceOn: ['name'],
  sets: ['subnetIds'],
  computed: ['arn', 'tagsAll', 'vpcId'],
  defaults: { description: 'Managed by Pulumi' },
  inUse: 'CacheSubnetGroupInUse',
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const subnet = cloud.find([aws('ec2', 'Subnet')], texts(inputs, 'subnetIds')[0] ?? '');
    return {
      id: name,
      state: { arn: cloud.arn('elasticache', `subnetgroup:${name}`), vpcId: text(subnet?.inputs, 'vpcId') ?? '' },
    };
  },
};

export const parameterGroup: ResourceType = {
  token: aws('elasticache', 'ParameterGroup'),
  naming: named(255, {
    ...groupName,
    taken: { code: 'CacheParameterGroupAlreadyExists', sentence: (name) => `Parameter group ${name} already exists` },
  }),
  required: ['family'],
  enumerations: {
    family: [
      'memcached1.4',
      'memcached1.5',
      'memcached1.6',
      'redis2.6',
      'redis2.8',
      'redis3.2',
      'redis4.0',
      'redis5.0',
      'redis6.x',
      'redis7',
      'valkey7',
      'valkey8',
      'valkey9',
    ],
  },
  replaceOn: ['description', 'family', 'name'],
  sets: ['parameters'],
  computed: ['arn', 'tagsAll'],
  defaults: { description: 'Managed by Pulumi' },
  inUse: 'InvalidCacheParameterGroupState',
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return { id: name, state: { arn: cloud.arn('elasticache', `parametergroup:${name}`) } };
  },
};
