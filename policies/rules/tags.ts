import { tagsOf } from '../context';
import { fail, type Judgement, pass, unknown } from '../judge';
import type { ResourceRule } from '../rule';
import { at, list, present, UNKNOWN } from '../values';

/** Tags that every taggable resource carries: who pays, who answers for it, and what it belongs to. */
export const requiredTags = ['Project', 'System', 'Phase', 'Environment', 'Owner', 'CostCenter'];

/** Types that take tags, of those that this project makes. */
export const taggable = [
  'aws:acm/certificate:Certificate',
  'aws:autoscaling/group:Group',
  'aws:budgets/budget:Budget',
  'aws:cloudfront/distribution:Distribution',
  'aws:cloudwatch/logGroup:LogGroup',
  'aws:cloudwatch/metricAlarm:MetricAlarm',
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup',
  'aws:ec2/eip:Eip',
  'aws:ec2/flowLog:FlowLog',
  'aws:ec2/instance:Instance',
  'aws:ec2/internetGateway:InternetGateway',
  'aws:ec2/launchTemplate:LaunchTemplate',
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/routeTable:RouteTable',
  'aws:ec2/securityGroup:SecurityGroup',
  'aws:ec2/subnet:Subnet',
  'aws:ec2/vpc:Vpc',
  'aws:ec2/vpcEndpoint:VpcEndpoint',
  'aws:ec2/vpcPeeringConnection:VpcPeeringConnection',
  'aws:elasticache/parameterGroup:ParameterGroup',
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'aws:elasticache/subnetGroup:SubnetGroup',
  'aws:iam/instanceProfile:InstanceProfile',
  'aws:iam/policy:Policy',
  'aws:iam/role:Role',
  'aws:kms/key:Key',
  'aws:lb/listener:Listener',
  'aws:lb/loadBalancer:LoadBalancer',
  'aws:lb/targetGroup:TargetGroup',
  'aws:rds/cluster:Cluster',
  'aws:rds/instance:Instance',
  'aws:s3/bucket:Bucket',
  'aws:secretsmanager/secret:Secret',
  'aws:sns/topic:Topic',
  'aws:ssm/document:Document',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:wafv2/webAcl:WebAcl',
  'mongodbatlas:index/advancedCluster:AdvancedCluster',
  'mongodbatlas:index/project:Project',
];

export const tagsComplete: ResourceRule = {
  id: 'tags-complete',
  title: `Every taggable resource carries ${requiredTags.slice(0, -1).join(', ')} and ${requiredTags.at(-1)}`,
  why: 'Untagged cost belongs to nobody, and the policies read phase and environment from the tags.',
  mend: "Pass the plan's tags to the resource, or to the component that makes it.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: taggable,
  check(resource): Judgement[] {
    const tags = resource.props.tags;
    if (tags === UNKNOWN || list(tags).includes(UNKNOWN)) return [unknown('tags')];
    const known = tagsOf(resource) ?? {};
    const waits = (tag: string) => at(resource.props, `tags.${tag}`) === UNKNOWN;
    const missing = requiredTags.filter((tag) => !present(known[tag]) && !waits(tag));
    if (missing.length > 0) return [fail(`it has no tag ${missing.join(', ')}`)];
    return requiredTags.map((tag) => (waits(tag) ? unknown(`tags.${tag}`) : pass));
  },
};

export const tagRules = [tagsComplete];
