import { CloudError, problem } from '../../model/errors';
import { ec2Id, hex, lowerAlphanumeric } from '../../model/ids';
import { text, texts } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, exactlyOne, toRole, toSecurityGroup, toSubnet, toVpc } from '../parts';

export const vpcEndpoint: ResourceType = {
  token: aws('ec2', 'VpcEndpoint'),
  required: ['vpcId'],
  references: [
    toVpc(),
    toSubnet('subnetIds.*'),
    toSecurityGroup('securityGroupIds.*'),
    { path: 'routeTableIds.*', to: [aws('ec2', 'RouteTable')], error: 'InvalidRouteTableId.NotFound' },
  ],
  enumerations: { vpcEndpointType: ['Gateway', 'Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork'] },
  replaceOn: ['serviceName', 'vpcEndpointType', 'vpcId'],
  sets: ['routeTableIds', 'subnetIds', 'securityGroupIds'],
  keeps: ['policy', 'routeTableIds', 'subnetIds', 'securityGroupIds', 'ipAddressType'],
  computed: [
    'arn',
    'cidrBlocks',
    'dnsEntries',
    'networkInterfaceIds',
    'ownerId',
    'prefixListId',
    'requesterManaged',
    'state',
    'tagsAll',
  ],
  defaults: { vpcEndpointType: 'Gateway', privateDnsEnabled: false },
  check: (inputs, cloud) => {
    const service = text(inputs, 'serviceName');
    const found = /^com\.amazonaws\.(vpce\.)?([a-z0-9-]+)\.(.+)$/.exec(service ?? '');
    if (service === undefined) return [];
    const where = text(inputs, 'serviceRegion') ?? cloud.region;
    if (!found || (found[2] !== where && found[2] !== 's3-global')) {
      return [
        problem('serviceName', `InvalidServiceName: The Vpc Endpoint Service '${service}' does not exist in ${where}`),
      ];
    }
    const gateway = (text(inputs, 'vpcEndpointType') ?? 'Gateway') === 'Gateway';
    if (gateway && !['s3', 'dynamodb'].includes(found[3] ?? '')) {
      return [
        problem(
          'vpcEndpointType',
          `InvalidParameter: Endpoint type (Gateway) does not match available service types for ${service}`,
        ),
      ];
    }
    return [];
  },
  create: ({ inputs, cloud }) => {
    const id = ec2Id('vpce');
    const service = text(inputs, 'serviceName') ?? '';
    const gateway = (text(inputs, 'vpcEndpointType') ?? 'Gateway') === 'Gateway';
    const last = service.split('.').pop() ?? '';
    const dnsName = `${id}-${lowerAlphanumeric(8)}.${last}.${cloud.region}.vpce.amazonaws.com`;
    return {
      id,
      state: {
        arn: cloud.arn('ec2', `vpc-endpoint/${id}`),
        cidrBlocks: gateway ? ['52.216.0.0/15'] : [],
        dnsEntries: gateway ? [] : [{ dnsName, hostedZoneId: 'Z7HUB22UULQXV' }],
        networkInterfaceIds: texts(inputs, 'subnetIds').map(() => ec2Id('eni')),
        ownerId: cloud.account,
        prefixListId: gateway ? `pl-${hex(8)}` : '',
        requesterManaged: false,
        state: service.includes('vpce-svc-') ? 'pendingAcceptance' : 'available',
      },
    };
  },
};

const watched = [
  'eniId',
  'regionalNatGatewayId',
  'subnetId',
  'transitGatewayAttachmentId',
  'transitGatewayId',
  'vpcId',
];

export const flowLog: ResourceType = {
  token: aws('ec2', 'FlowLog'),
  references: [
    toVpc('vpcId', false),
    { path: 'subnetId', to: [aws('ec2', 'Subnet')], error: 'InvalidSubnetID.NotFound' },
    toRole('iamRoleArn'),
  ],
  enumerations: {
    trafficType: ['ACCEPT', 'REJECT', 'ALL'],
    logDestinationType: ['cloud-watch-logs', 's3', 'kinesis-data-firehose'],
    maxAggregationInterval: [60, 600],
  },
  replaceOn: [
    'deliverCrossAccountRole',
    'destinationOptions',
    'eniId',
    'iamRoleArn',
    'logDestination',
    'logDestinationType',
    'logFormat',
    'maxAggregationInterval',
    'subnetId',
    'trafficType',
    'transitGatewayAttachmentId',
    'transitGatewayId',
    'vpcId',
  ],
  keeps: ['logFormat', 'logDestination'],
  computed: ['arn', 'tagsAll'],
  defaults: { logDestinationType: 'cloud-watch-logs', maxAggregationInterval: 600 },
  check: (inputs) => {
    const toGroup = (text(inputs, 'logDestinationType') ?? 'cloud-watch-logs') === 'cloud-watch-logs';
    const reason = 'InvalidParameter: DeliverLogsPermissionArn is required for a destination in CloudWatch Logs';
    return [
      ...exactlyOne(inputs, watched),
      ...(toGroup && inputs.iamRoleArn === undefined ? [problem('iamRoleArn', reason)] : []),
    ];
  },
  create: ({ inputs, cloud }) => {
    const destination = (text(inputs, 'logDestination') ?? '').replace(/:\*$/, '');
    const target = [aws('cloudwatch', 'LogGroup'), aws('s3', 'Bucket')];
    // A bucket's destination may name a folder in it.
    const bucket = /^(arn:aws:s3:::[^/]+)\//.exec(destination)?.[1] ?? destination;
    if (!cloud.find(target, bucket, true) && !cloud.store.existing().includes(bucket)) {
      throw new CloudError('InvalidParameter', `LogDestination: ${destination} does not exist`);
    }
    const id = ec2Id('fl');
    return { id, state: { arn: cloud.arn('ec2', `vpc-flow-log/${id}`) } };
  },
};
