import type { Problem } from '../../model/errors';
import { list, text, texts } from '../../model/reading';
import type { Naming, ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, named, toSubnet } from '../parts';

/** Names of groups, proxies and what else RDS calls: it keeps them in small letters. */
export const rdsName = {
  lowercase: true,
  pattern: /^(?!.*--)[a-z][a-z0-9-]*[a-z0-9]$/i,
  rule: 'InvalidParameterValue: a name holds letters, digits and hyphens, starts with a letter, has no two hyphens in a row and ends with none',
};

/** Identifiers of instances and clusters, 63 characters of one namespace a region. */
export const rdsNaming = (property: string, code: string, what: string): Naming => ({
  property,
  max: 63,
  ...rdsName,
  taken: { code, sentence: (name) => `${what} already exists: ${name}` },
});

export const subnetGroup: ResourceType = {
  token: aws('rds', 'SubnetGroup'),
  naming: named(255, {
    ...rdsName,
    taken: { code: 'DBSubnetGroupAlreadyExists', sentence: (name) => `The DB subnet group '${name}' already exists.` },
  }),
  required: ['subnetIds'],
  references: [toSubnet('subnetIds.*')],
  replaceOn: ['name', 'namePrefix'],
  sets: ['subnetIds'],
  computed: ['arn', 'supportedNetworkTypes', 'tagsAll', 'vpcId'],
  defaults: { description: 'Managed by Pulumi' },
  inUse: 'InvalidDBSubnetGroupStateFault',
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const subnet = cloud.find([aws('ec2', 'Subnet')], texts(inputs, 'subnetIds')[0] ?? '');
    return {
      id: name,
      state: {
        arn: cloud.arn('rds', `subgrp:${name}`),
        supportedNetworkTypes: ['IPV4'],
        vpcId: text(subnet?.inputs, 'vpcId') ?? '',
      },
    };
  },
};

const families =
  /^(postgres1[2-8]|mysql(5\.7|8\.0|8\.4)|mariadb10\.\d+|aurora-postgresql1[2-8]|aurora-mysql(5\.7|8\.0))$/;

/** What the server reads at its start alone: `rds.force_ssl` of PostgreSQL before 15 among it. */
function staticProblems(family: string, inputs: Bag): Problem[] {
  const names = ['rds.logical_replication', ...(/^postgres1[0-4]$/.test(family) ? ['rds.force_ssl'] : [])];
  return list(inputs, 'parameters')
    .filter((one) => names.includes(text(one, 'name') ?? '') && text(one, 'applyMethod') !== 'pending-reboot')
    .map((one) => ({
      property: 'parameters',
      reason: `InvalidParameterCombination: cannot use immediate apply method for static parameter ${text(one, 'name')}`,
    }));
}

/** Parameters by version family, of instances and of whole clusters alike. */
function group(name: 'ParameterGroup' | 'ClusterParameterGroup', resource: string): ResourceType {
  return {
    token: aws('rds', name),
    naming: named(255, {
      ...rdsName,
      taken: { code: 'DBParameterGroupAlreadyExists', sentence: (taken) => `Parameter group ${taken} already exists` },
    }),
    required: ['family'],
    replaceOn: ['description', 'family', 'name', 'namePrefix'],
    sets: ['parameters'],
    computed: ['arn', 'tagsAll'],
    defaults: { description: 'Managed by Pulumi' },
    inUse: 'InvalidDBParameterGroupState',
    check: (inputs) => {
      const family = text(inputs, 'family');
      if (family === undefined) return [];
      if (families.test(family)) return staticProblems(family, inputs);
      return [{ property: 'family', reason: `InvalidParameterValue: ParameterGroupFamily ${family} is not valid` }];
    },
    create: ({ inputs, cloud }) => {
      const made = text(inputs, 'name') ?? '';
      return { id: made, state: { arn: cloud.arn('rds', `${resource}:${made}`) } };
    },
  };
}

export const parameterGroup = group('ParameterGroup', 'pg');
export const clusterParameterGroup = group('ClusterParameterGroup', 'cluster-pg');
