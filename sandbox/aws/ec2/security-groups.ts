import { CloudError, problem, type Problem } from '../../model/errors';
import { ec2Id } from '../../model/ids';
import { number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, exactlyOne, named, toSecurityGroup, toVpc } from '../parts';
import { rangeOf } from './cidr';

export const securityGroup: ResourceType = {
  token: aws('ec2', 'SecurityGroup'),
  naming: named(255, {
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    rule: 'InvalidParameterValue: a group name holds a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*, and does not start with sg-',
    taken: {
      code: 'InvalidGroup.Duplicate',
      sentence: (name) => `The security group '${name}' already exists for this VPC`,
      within: 'vpcId',
    },
  }),
  references: [toVpc(), toSecurityGroup('ingress.*.securityGroups.*'), toSecurityGroup('egress.*.securityGroups.*')],
  replaceOn: ['description', 'name', 'namePrefix', 'vpcId'],
  sets: ['ingress', 'egress'],
  keeps: ['vpcId'],
  computed: ['arn', 'ownerId', 'tagsAll'],
  defaults: { description: 'Managed by Pulumi', revokeRulesOnDelete: false },
  create: ({ cloud }) => {
    const id = ec2Id('sg');
    return { id, state: { arn: cloud.arn('ec2', `security-group/${id}`), ownerId: cloud.account } };
  },
};

/** Takes over the group that a network is born with; deleting it leaves the group as it is. */
export const defaultSecurityGroup: ResourceType = {
  token: aws('ec2', 'DefaultSecurityGroup'),
  references: [toVpc('vpcId', false)],
  replaceOn: ['vpcId'],
  sets: ['ingress', 'egress'],
  computed: ['arn', 'description', 'name', 'namePrefix', 'ownerId', 'tagsAll'],
  create: ({ inputs, cloud }) => {
    const network = cloud.find([aws('ec2', 'Vpc')], text(inputs, 'vpcId') ?? '');
    const id = text(network?.state, 'defaultSecurityGroupId') ?? ec2Id('sg');
    return {
      id,
      state: {
        arn: cloud.arn('ec2', `security-group/${id}`),
        description: 'default VPC security group',
        name: 'default',
        namePrefix: '',
        ownerId: cloud.account,
      },
    };
  },
};

function checkRule(inputs: Bag): Problem[] {
  const problems = exactlyOne(inputs, ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId']);
  const cidr = text(inputs, 'cidrIpv4');
  if (cidr !== undefined && !rangeOf(cidr)) problems.push(problem('cidrIpv4', `"${cidr}" is not a valid CIDR block`));
  const [from, to] = [number(inputs, 'fromPort'), number(inputs, 'toPort')];
  if (text(inputs, 'ipProtocol') === '-1') return problems;
  if (inputs.fromPort === undefined || inputs.toPort === undefined) {
    problems.push(problem('fromPort', 'fromPort and toPort are required unless ipProtocol is -1'));
  } else if (from !== undefined && to !== undefined && from > to) {
    problems.push(problem('toPort', `InvalidParameterValue: Invalid TCP/UDP port range (${from}:${to})`));
  }
  return problems;
}

function rule(name: 'SecurityGroupIngressRule' | 'SecurityGroupEgressRule'): ResourceType {
  const token = aws('vpc', name);
  const same = [
    'securityGroupId',
    'cidrIpv4',
    'cidrIpv6',
    'referencedSecurityGroupId',
    'ipProtocol',
    'fromPort',
    'toPort',
  ];
  const key = (inputs: Bag) => same.map((property) => text(inputs, property) ?? '').join(' ');
  return {
    token,
    required: ['ipProtocol', 'securityGroupId'],
    // A group's own rules go with it; a rule that names another group holds that one.
    references: [toSecurityGroup('securityGroupId', false), toSecurityGroup('referencedSecurityGroupId')],
    replaceOn: ['securityGroupId'],
    computed: ['arn', 'securityGroupRuleId', 'tagsAll'],
    check: checkRule,
    create: ({ inputs, cloud }) => {
      if (cloud.all(token).some((other) => key(other.inputs) === key(inputs))) {
        const sentence = 'the specified rule already exists';
        throw new CloudError('InvalidPermission.Duplicate', sentence);
      }
      const id = ec2Id('sgr');
      return { id, state: { arn: cloud.arn('ec2', `security-group-rule/${id}`), securityGroupRuleId: id } };
    },
  };
}

export const ingressRule = rule('SecurityGroupIngressRule');
export const egressRule = rule('SecurityGroupEgressRule');
