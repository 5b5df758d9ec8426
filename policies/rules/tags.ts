import { fail, type Judgement, pass, unknown } from '../judge';
import { labelsAt, labelsOf } from '../labels';
import type { ResourceRule } from '../rule';
import { present, UNKNOWN } from '../values';

/** Tags, or what the cloud has for them, that every taggable resource carries: who pays, who answers for it, and what it belongs to. */
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
  'aws:appautoscaling/target:Target',
  'aws:lambda/function:Function',
  'aws:lb/listenerRule:ListenerRule',
  'aws:rds/cluster:Cluster',
  'aws:rds/clusterInstance:ClusterInstance',
  'aws:rds/clusterParameterGroup:ClusterParameterGroup',
  'aws:rds/instance:Instance',
  'aws:rds/parameterGroup:ParameterGroup',
  'aws:rds/proxy:Proxy',
  'aws:rds/subnetGroup:SubnetGroup',
  'aws:s3/bucket:Bucket',
  'aws:secretsmanager/secret:Secret',
  'aws:sns/topic:Topic',
  'aws:ssm/document:Document',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:wafv2/ipSet:IpSet',
  'aws:wafv2/webAcl:WebAcl',
  'aws:eks/accessEntry:AccessEntry',
  'aws:eks/addon:Addon',
  'aws:eks/cluster:Cluster',
  'aws:eks/nodeGroup:NodeGroup',
  'aws:eks/podIdentityAssociation:PodIdentityAssociation',
  'gcp:certificatemanager/certificate:Certificate',
  'gcp:compute/address:Address',
  'gcp:compute/forwardingRule:ForwardingRule',
  'gcp:compute/globalAddress:GlobalAddress',
  'gcp:compute/globalForwardingRule:GlobalForwardingRule',
  'gcp:compute/instance:Instance',
  'gcp:compute/instanceTemplate:InstanceTemplate',
  'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
  'gcp:container/cluster:Cluster',
  'gcp:memorystore/instance:Instance',
  'gcp:monitoring/alertPolicy:AlertPolicy',
  'gcp:redis/cluster:Cluster',
  'gcp:redis/instance:Instance',
  'gcp:secretmanager/secret:Secret',
  'gcp:sql/databaseInstance:DatabaseInstance',
  'gcp:storage/bucket:Bucket',
  'digitalocean:index/databaseCluster:DatabaseCluster',
  'digitalocean:index/droplet:Droplet',
  'digitalocean:index/dropletAutoscale:DropletAutoscale',
  'digitalocean:index/kubernetesCluster:KubernetesCluster',
  'digitalocean:index/kubernetesNodePool:KubernetesNodePool',
  'kubernetes:apps/v1:DaemonSet',
  'kubernetes:apps/v1:Deployment',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:autoscaling/v2:HorizontalPodAutoscaler',
  'kubernetes:batch/v1:CronJob',
  'kubernetes:batch/v1:Job',
  'kubernetes:core/v1:Namespace',
  'kubernetes:core/v1:Service',
  'kubernetes:postgresql.cnpg.io/v1:Cluster',
  'mongodbatlas:index/advancedCluster:AdvancedCluster',
  'mongodbatlas:index/project:Project',
];

export const tagsComplete: ResourceRule = {
  id: 'tags-complete',
  title: `Every taggable resource carries ${requiredTags.slice(0, -1).join(', ')} and ${requiredTags.at(-1)}`,
  why: 'Untagged cost belongs to nobody, and the policies read phase and environment from the tags.',
  mend: "Pass the plan's tags to the resource (labels on Google Cloud and Kubernetes, key:value on DigitalOcean), or to the component that makes it.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: taggable,
  check(resource): Judgement[] {
    const place = labelsAt(resource);
    const labels = labelsOf(resource);
    if (labels === UNKNOWN) return [unknown(place)];
    const missing = requiredTags.filter((tag) => !present(labels?.[tag]));
    if (missing.length > 0)
      return [fail(`it has no ${place.replace(/^.*\./, '').replace(/s$/, '')} ${missing.join(', ')}`)];
    return requiredTags.map((tag) => (labels?.[tag] === UNKNOWN ? unknown(`${place}.${tag}`) : pass));
  },
};

export const tagRules = [tagsComplete];
