import type { WorkerGroupArgs } from '../../../components/aws/worker-group/group';

/** Mercenary's Celery workers, behind a pooler as SV-SDK's are. */
export const celery: WorkerGroupArgs = {
  region: 'us-east-1',
  vpcId: 'vpc-0a',
  privateSubnetIds: ['subnet-3', 'subnet-4'],
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/mercenary/api:1.4.2',
  command: ['celery', '-A', 'app.worker', 'worker', "--hostname=it's"],
  machine: 'r5.large',
  capacity: { min: 2, max: 10, desired: 3 },
  queue: { name: 'celery', key: 'celery', library: 'celery' },
  scaling: {
    kind: 'rules',
    out: [
      { signal: 'depth-per-worker', jobs: 100, minutes: 5 },
      { signal: 'cpu', percent: 80, minutes: 5 },
    ],
    in: [
      { signal: 'depth-per-worker', jobs: 10, minutes: 15 },
      { signal: 'cpu', percent: 30, minutes: 10 },
    ],
    cooldownSeconds: 300,
  },
  namespace: 'Stackladder/mercenary-prod',
  spot: true,
  drainSeconds: 600,
  diskGb: 30,
  environment: { ENVIRONMENT: 'production' },
  secrets: { BROKER_URL: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:broker-a1B2c3' },
  pooled: {
    pooler: {
      image: 'docker.io/edoburu/pgbouncer:v1.24.1-p1',
      port: 6432,
      poolSize: 5,
      minPoolSize: 1,
      maxDatabaseConnections: 10,
      maxClientConnections: 100,
      timeoutSeconds: 30,
      pods: 2,
    },
    databases: [
      {
        variable: 'DATABASE_URL',
        name: 'mercenary',
        host: 'primary.example.com',
        port: 5432,
        database: 'mercenary',
        user: 'owner',
        passwordArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:password-d4E5f6',
      },
    ],
  },
  queues: {
    queues: [{ name: 'celery', key: 'celery', library: 'celery' }],
    variable: 'BROKER_URL',
    namespace: 'Stackladder/mercenary-prod',
  },
  securityGroupIds: ['sg-clients'],
  logRetentionDays: 90,
  tags: { System: 'mercenary' },
};
