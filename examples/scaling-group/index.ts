import { LoadBalancedGroup, Network } from 'stackladder/aws';

const network = new Network('web-network', {
  zones: ['us-east-1a', 'us-east-1b'],
  cidr: '10.0.0.0/16',
  natGateways: 'single',
  flowLogRetentionDays: 7,
});
const web = new LoadBalancedGroup('web', {
  vpcId: network.vpcId,
  publicSubnetIds: network.publicSubnetIds,
  privateSubnetIds: network.privateSubnetIds,
  image: 'ghcr.io/example/web:1.4.2',
  port: 8080,
  machine: 't3.small',
  capacity: { min: 2, desired: 2, max: 4 },
  healthCheck: {
    path: '/',
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    graceSeconds: 120,
  },
  scaling: { cpuPercent: 70, memoryPercent: 80 },
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
});
export const address = web.dnsName;
