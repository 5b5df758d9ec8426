import type { LoadBalancedGroupArgs } from '../../../components/aws/load-balanced-group/group';

/** Pulse's API at Large, as the guide has it. */
export const api: LoadBalancedGroupArgs = {
  region: 'us-east-1',
  vpcId: 'vpc-0a',
  publicSubnetIds: ['subnet-1', 'subnet-2'],
  privateSubnetIds: ['subnet-3', 'subnet-4'],
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/pulse/api:1.4.2',
  port: 8081,
  machine: 't3.large',
  capacity: { min: 2, max: 10, desired: 3 },
  healthCheck: {
    path: '/health',
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    graceSeconds: 180,
  },
  scaling: { cpuPercent: 70, memoryPercent: 80 },
  rateLimit: { requests: 100, windowSeconds: 60, status: 429 },
  idleTimeoutSeconds: 60,
  drainSeconds: 30,
  diskGb: 20,
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/4711',
  environment: { PORT: '8081', GREETING: `it's "100 %" \\ $HOME` },
  secrets: {
    MONGO_URL: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:mongo-a1B2c3',
    REDIS_URL: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:redis-d4E5f6',
  },
  bucketArns: ['arn:aws:s3:::recordings'],
  securityGroupIds: ['sg-clients'],
  logRetentionDays: 90,
  deletionProtection: true,
  alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:alerts',
  tags: { System: 'pulse' },
};
