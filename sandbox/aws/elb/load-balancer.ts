import { randomInt } from 'node:crypto';
import { CloudError, problem } from '../../model/errors';
import { hex } from '../../model/ids';
import { flag, list, text, texts } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { reachesInternet } from '../ec2/network';
import { aws, between, named, resourceOf, toBucket, toSecurityGroup, toSubnet } from '../parts';

/** Route 53's zones of Application Load Balancers, from AWS's list of service endpoints. */
export const balancerZones: Record<string, string> = {
  'us-east-1': 'Z35SXDOTRQ7X7K',
  'us-east-2': 'Z3AADJGX6KTTL2',
  'us-west-1': 'Z368ELLRRE2KJ0',
  'us-west-2': 'Z1H1FL5HABSF5',
  'eu-west-1': 'Z32O12XQLNTSW2',
  'eu-central-1': 'Z215JYRZR1TBD5',
  'ap-southeast-1': 'Z1LMS91P8CMLE5',
};

export const loadBalancer: ResourceType = {
  token: aws('lb', 'LoadBalancer'),
  naming: named(32, {
    pattern: /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    rule: 'ValidationError: a name holds letters, digits and hyphens, and neither starts nor ends with a hyphen',
    taken: {
      code: 'DuplicateLoadBalancerName',
      sentence: (name) => `A load balancer with the name '${name}' already exists`,
    },
  }),
  references: [
    toSubnet('subnets.*'),
    toSubnet('subnetMappings.*.subnetId'),
    toSecurityGroup('securityGroups.*'),
    toBucket('accessLogs.bucket'),
    toBucket('connectionLogs.bucket'),
  ],
  enumerations: {
    loadBalancerType: ['application', 'network', 'gateway'],
    ipAddressType: ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'],
    desyncMitigationMode: ['monitor', 'defensive', 'strictest'],
    xffHeaderProcessingMode: ['append', 'preserve', 'remove'],
  },
  replaceOn: ['customerOwnedIpv4Pool', 'internal', 'loadBalancerType', 'name', 'namePrefix'],
  sets: ['securityGroups', 'subnets', 'subnetMappings'],
  keeps: ['securityGroups'],
  computed: ['arn', 'arnSuffix', 'dnsName', 'tagsAll', 'vpcId', 'zoneId'],
  defaults: {
    desyncMitigationMode: 'defensive',
    dropInvalidHeaderFields: false,
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: false,
    enableHttp2: true,
    idleTimeout: 60,
    internal: false,
    ipAddressType: 'ipv4',
    loadBalancerType: 'application',
    preserveHostHeader: false,
    xffHeaderProcessingMode: 'append',
  },
  check: (inputs) => [
    ...between(inputs, 'idleTimeout', 1, 4000),
    ...(list(inputs, 'subnets').length + list(inputs, 'subnetMappings').length === 1 &&
    (text(inputs, 'loadBalancerType') ?? 'application') === 'application'
      ? [
          problem(
            'subnets',
            'ValidationError: At least two subnets in two different Availability Zones must be specified',
          ),
        ]
      : []),
  ],
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const internal = flag(inputs, 'internal') === true;
    const subnets = texts(inputs, 'subnets').map((id) => cloud.find([aws('ec2', 'Subnet')], id));
    const seen = subnets.map(
      (subnet) => text(subnet?.state, 'availabilityZone') ?? text(subnet?.inputs, 'availabilityZone'),
    );
    if (subnets.every(Boolean) && new Set(seen).size < seen.length) {
      throw new CloudError(
        'InvalidConfigurationRequest',
        'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
      );
    }
    const vpcId = text(subnets[0]?.inputs, 'vpcId') ?? '';
    if (!internal && subnets[0] && !reachesInternet(vpcId, cloud)) {
      throw new CloudError('InvalidSubnet', `VPC ${vpcId} has no internet gateway`);
    }
    const strangers = texts(inputs, 'securityGroups').filter((id) => {
      const group = cloud.find([aws('ec2', 'SecurityGroup')], id);
      return group && vpcId !== '' && (text(group.inputs, 'vpcId') ?? vpcId) !== vpcId;
    });
    if (strangers.length > 0) {
      throw new CloudError(
        'InvalidConfigurationRequest',
        `security group ${strangers[0]} does not belong to VPC '${vpcId}'`,
      );
    }
    mayWriteLogs(inputs, cloud);
    const kind = { application: 'app', network: 'net', gateway: 'gwy' }[
      text(inputs, 'loadBalancerType') ?? 'application'
    ];
    const arn = cloud.arn('elasticloadbalancing', `loadbalancer/${kind}/${name}/${hex(16)}`);
    return {
      id: arn,
      state: {
        arn,
        arnSuffix: resourceOf(arn).replace('loadbalancer/', ''),
        dnsName:
          `${internal ? 'internal-' : ''}${name}-${randomInt(1e8, 2e9)}.${cloud.region}.elb.amazonaws.com`.toLowerCase(),
        vpcId,
        zoneId: balancerZones[cloud.region] ?? 'Z35SXDOTRQ7X7K',
      },
    };
  },
  update: ({ inputs, changed, cloud }) => {
    if (changed.includes('accessLogs')) mayWriteLogs(inputs, cloud);
  },
  remove: (record) => {
    if (flag(record.inputs, 'enableDeletionProtection')) {
      const sentence = `Load balancer '${record.id}' cannot be deleted because deletion protection is enabled`;
      throw new CloudError('OperationNotPermitted', sentence);
    }
  },
};

/** The balancer writes a test object when logs are switched on, so the bucket's policy must be there before. */
function mayWriteLogs(inputs: Parameters<typeof text>[0], cloud: Parameters<ResourceType['create']>[0]['cloud']): void {
  const bucket = text(inputs, 'accessLogs.bucket');
  if (bucket === undefined || !flag(inputs, 'accessLogs.enabled')) return;
  if (!cloud.find([aws('s3', 'Bucket')], bucket)) return;
  if (!cloud.all(aws('s3', 'BucketPolicy')).some((policy) => text(policy.inputs, 'bucket') === bucket)) {
    throw new CloudError(
      'InvalidConfigurationRequest',
      `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
    );
  }
}
