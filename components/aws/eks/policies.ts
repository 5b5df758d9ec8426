/** A policy document of IAM. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Statement[];
}

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** On the security group of the nodes: by it the controller may open the group. */
export const nodesTag = 'stackladder:cluster';

const document = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

/** What the Cluster Autoscaler may do: see every group, and change the size of those that belong to its cluster. */
export function autoscalerPolicy(clusterName: string): PolicyDocument {
  return document(
    {
      Sid: 'See',
      Effect: 'Allow',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      Resource: '*', // reading actions of these services know no resource
    },
    {
      Sid: 'Groups',
      Effect: 'Allow',
      Action: ['eks:DescribeNodegroup'],
      Resource: `arn:aws:eks:*:*:nodegroup/${clusterName}/*/*`,
    },
    {
      Sid: 'Size',
      Effect: 'Allow',
      Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      Resource: '*',
      // EKS itself puts this tag on the groups of its node groups.
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: 'owned' } },
    },
  );
}

/**
 * What the load-balancer controller may do for Services of type LoadBalancer: network balancers with their target groups
 * and security groups. The controller's published policy also covers Ingress, certificates, WAF, Shield and Cognito, which
 * nothing here uses. What it makes it tags with its cluster, and only what wears the tag may it change.
 */
export function loadBalancerPolicy(clusterName: string): PolicyDocument {
  const asked = { StringEquals: { 'aws:RequestTag/elbv2.k8s.aws/cluster': clusterName } };
  const own = { StringEquals: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': clusterName } };
  const balancing = 'arn:aws:elasticloadbalancing:*:*';
  return document(
    {
      Sid: 'See',
      Effect: 'Allow',
      Action: [
        'ec2:DescribeAccountAttributes',
        'ec2:DescribeAddresses',
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstances',
        'ec2:DescribeInternetGateways',
        'ec2:DescribeIpamPools',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeTags',
        'ec2:DescribeVpcPeeringConnections',
        'ec2:DescribeVpcs',
        'ec2:GetSecurityGroupsForVpc',
        'elasticloadbalancing:DescribeCapacityReservation',
        'elasticloadbalancing:DescribeListenerAttributes',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeLoadBalancerAttributes',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeSSLPolicies',
        'elasticloadbalancing:DescribeTags',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTrustStores',
      ],
      Resource: '*', // reading actions of these services know no resource
    },
    {
      // The first balancer of an account needs it: CreateLoadBalancer makes the role in the name of whoever calls.
      Sid: 'ServiceRole',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource:
        'arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing',
      Condition: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    },
    {
      Sid: 'Balancers',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'],
      Resource: '*',
      Condition: asked,
    },
    {
      Sid: 'Listeners',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:CreateListener'],
      Resource: [`${balancing}:loadbalancer/net/*/*`],
      Condition: own,
    },
    {
      Sid: 'TagsOfNew',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:AddTags'],
      Resource: [
        `${balancing}:targetgroup/*/*`,
        `${balancing}:loadbalancer/net/*/*`,
        `${balancing}:listener/net/*/*/*`,
      ],
      Condition: {
        StringEquals: {
          'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer', 'CreateListener'],
          'aws:RequestTag/elbv2.k8s.aws/cluster': clusterName,
        },
      },
    },
    {
      Sid: 'Own',
      Effect: 'Allow',
      Action: [
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:DeleteTargetGroup',
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:ModifyCapacityReservation',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:ModifyListenerAttributes',
        'elasticloadbalancing:ModifyLoadBalancerAttributes',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:ModifyTargetGroupAttributes',
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:RemoveTags',
        'elasticloadbalancing:SetIpAddressType',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:SetSubnets',
      ],
      Resource: '*',
      Condition: own,
    },
    {
      Sid: 'SecurityGroup',
      Effect: 'Allow',
      Action: ['ec2:CreateSecurityGroup'],
      Resource: ['arn:aws:ec2:*:*:security-group/*', 'arn:aws:ec2:*:*:vpc/*'],
    },
    {
      Sid: 'TagsOfNewSecurityGroup',
      Effect: 'Allow',
      Action: ['ec2:CreateTags'],
      Resource: 'arn:aws:ec2:*:*:security-group/*',
      Condition: {
        StringEquals: {
          'ec2:CreateAction': 'CreateSecurityGroup',
          'aws:RequestTag/elbv2.k8s.aws/cluster': clusterName,
        },
      },
    },
    {
      Sid: 'OwnSecurityGroups',
      Effect: 'Allow',
      Action: ['ec2:CreateTags', 'ec2:DeleteTags', 'ec2:DeleteSecurityGroup'],
      Resource: 'arn:aws:ec2:*:*:security-group/*',
      Condition: own,
    },
    {
      Sid: 'RulesOfNodes',
      Effect: 'Allow',
      Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      Resource: 'arn:aws:ec2:*:*:security-group/*',
      // The nodes' group has to let the balancer in.
      Condition: { StringEquals: { [`aws:ResourceTag/${nodesTag}`]: clusterName } },
    },
    {
      Sid: 'RulesOfOwn',
      Effect: 'Allow',
      Action: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      Resource: 'arn:aws:ec2:*:*:security-group/*',
      Condition: own,
    },
  );
}

/** What a service may do with its buckets: the same as its instances would. */
export function bucketPolicy(bucketArns: string[]): PolicyDocument {
  return document(
    {
      Sid: 'Buckets',
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetBucketLocation'],
      Resource: bucketArns,
    },
    {
      Sid: 'Objects',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      Resource: bucketArns.map((arn) => `${arn}/*`),
    },
  );
}

/** What cert-manager may do to prove that a domain is ours: write text records that ACME asks for, in one zone. */
export function domainProofPolicy(hostedZoneId: string): PolicyDocument {
  return document(
    { Sid: 'Follow', Effect: 'Allow', Action: ['route53:GetChange'], Resource: 'arn:aws:route53:::change/*' },
    {
      Sid: 'Prove',
      Effect: 'Allow',
      Action: ['route53:ChangeResourceRecordSets'],
      Resource: `arn:aws:route53:::hostedzone/${hostedZoneId}`,
      Condition: {
        'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] },
        'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.*'] },
      },
    },
    {
      Sid: 'See',
      Effect: 'Allow',
      Action: ['route53:ListResourceRecordSets'],
      Resource: `arn:aws:route53:::hostedzone/${hostedZoneId}`,
    },
  );
}
