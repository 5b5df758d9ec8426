import type { PhaseName } from '../../plan/vocabulary';
import { containing, type On, type Row } from './row';

const aws: On = { cloud: ['aws'], compute: ['instances'] };
const onAws: On = { cloud: ['aws'] };
const pods: On = { compute: ['kubernetes'] };
const at = (on: On, ...phase: PhaseName[]): On => ({ ...on, phase });

const group = { type: 'aws:autoscaling/group:Group' };
const deployment = { type: 'kubernetes:apps/v1:Deployment' };
const autoscaler = { type: 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler' };
const alarm = { type: 'aws:cloudwatch/metricAlarm:MetricAlarm' };
const database = { type: 'aws:rds/instance:Instance', named: /-database$/ };
const replicas = { type: 'aws:rds/instance:Instance', named: /readers/ };
const cache = { type: 'aws:elasticache/replicationGroup:ReplicationGroup', named: /-cache-/ };
const targets = { type: 'aws:lb/targetGroup:TargetGroup' };

/** The roadmap's cells: instances and workers by phase, on scaling groups and as pods. */
function counts(line: string, of: RegExp, phase: PhaseName, min: number, max: number): Row[] {
  return [
    { line, on: at(aws, phase), ...group, named: of, path: 'minSize', is: min },
    { line, on: at(aws, phase), ...group, named: of, path: 'maxSize', is: max },
    { line, on: at(pods, phase), ...autoscaler, named: of, path: 'spec.minReplicas', is: min },
    { line, on: at(pods, phase), ...autoscaler, named: of, path: 'spec.maxReplicas', is: max },
  ];
}

/** A condition that adds instances: its threshold, and how long it must last. */
function trigger(named: RegExp, line: string, threshold: number, minutes: number): Row[] {
  return [
    { line, on: aws, ...alarm, named, path: 'threshold', is: threshold },
    { line, on: aws, ...alarm, named, path: 'evaluationPeriods', is: minutes },
  ];
}

/** Every cell and configuration value of SV-SDK's guide that is infrastructure, and where a plan has it. */
export const svSdkRows: Row[] = [
  // Horizontal Scaling: Load Balancing
  {
    line: 'Algorithm: Least connections',
    on: aws,
    ...targets,
    path: 'loadBalancingAlgorithmType',
    is: 'least_outstanding_requests',
  },
  {
    line: 'Algorithm: Least connections',
    on: pods,
    type: 'kubernetes:core/v1:ConfigMap',
    named: /app-edge$/,
    path: 'data',
    is: containing('least_conn;'),
  },
  { line: 'Health checks: /health/ready', on: aws, ...targets, path: 'healthCheck.path', is: '/health/ready' },
  {
    line: 'Health checks: /health/ready',
    on: pods,
    ...deployment,
    named: /-app$/,
    path: 'spec.template.spec.containers.0.readinessProbe.httpGet.path',
    is: '/health/ready',
  },

  // Horizontal Scaling: Auto-scaling (Kubernetes), the HorizontalPodAutoscaler email-worker
  { line: 'minReplicas: 2', on: pods, ...autoscaler, named: /email-worker$/, path: 'spec.minReplicas', is: 2 },
  { line: 'maxReplicas: 20', on: pods, ...autoscaler, named: /email-worker$/, path: 'spec.maxReplicas', is: 20 },
  {
    line: 'scaleTargetRef.kind: Deployment',
    on: pods,
    ...autoscaler,
    named: /email-worker$/,
    path: 'spec.scaleTargetRef.kind',
    is: 'Deployment',
  },
  {
    line: 'scaleTargetRef.name: email-worker',
    on: pods,
    ...autoscaler,
    named: /email-worker$/,
    path: 'spec.scaleTargetRef.name',
    is: 'email-worker',
  },
  {
    line: 'metrics.type: External',
    on: pods,
    ...autoscaler,
    named: /email-worker$/,
    path: 'spec.metrics.0.type',
    is: 'External',
  },
  {
    line: 'metric.name: queue_depth',
    on: pods,
    ...autoscaler,
    named: /email-worker$/,
    path: 'spec.metrics.0.external.metric.name',
    is: 'queue_depth',
  },
  {
    line: 'target.type: Value',
    on: pods,
    ...autoscaler,
    named: /email-worker$/,
    path: 'spec.metrics.0.external.target.type',
    is: 'Value',
  },
  {
    line: 'target.value: "1000"',
    on: pods,
    ...autoscaler,
    named: /email-worker$/,
    path: 'spec.metrics.0.external.target.value',
    is: '1000',
  },
  { line: 'minReplicas: 2', on: aws, ...group, named: /email-worker/, path: 'minSize', is: 2 },
  { line: 'maxReplicas: 20', on: aws, ...group, named: /email-worker/, path: 'maxSize', is: 20 },

  // Database Scaling
  {
    line: 'Read replicas: two at Large',
    on: at(onAws, 'large', 'enterprise'),
    ...replicas,
    path: 'instanceClass',
    is: 'db.m5.large',
  },
  {
    line: 'create-db-instance-read-replica --availability-zone us-east-1b',
    on: at(onAws, 'large', 'enterprise'),
    type: 'aws:rds/instance:Instance',
    named: /readers(?!-usw2).*-1$/,
    path: 'availabilityZone',
    is: 'us-east-1b',
  },
  {
    line: 'DB_POOL_MIN=5',
    on: pods,
    ...deployment,
    named: /-app$/,
    path: 'spec.template.spec.containers.0.env',
    is: containing('{"name":"DB_POOL_MIN","value":"5"}'),
  },
  {
    line: 'DB_POOL_MAX=20',
    on: pods,
    ...deployment,
    named: /-app$/,
    path: 'spec.template.spec.containers.0.env',
    is: containing('{"name":"DB_POOL_MAX","value":"20"}'),
  },
  {
    line: 'PgBouncer: 6432',
    on: pods,
    type: 'kubernetes:core/v1:ConfigMap',
    named: /svsdk-pooler$/,
    path: 'data',
    is: containing('listen_port = 6432'),
  },
  {
    line: 'PgBouncer: pool of 5',
    on: pods,
    type: 'kubernetes:core/v1:ConfigMap',
    named: /svsdk-pooler$/,
    path: 'data',
    is: containing('min_pool_size = 5'),
  },
  {
    line: 'PgBouncer: pool of 20',
    on: pods,
    type: 'kubernetes:core/v1:ConfigMap',
    named: /svsdk-pooler$/,
    path: 'data',
    is: containing('default_pool_size = 20'),
  },
  {
    line: 'PgBouncer: DATABASES_PORT=5432',
    on: { ...pods, cloud: ['aws', 'gcp', 'kubernetes'] },
    type: 'kubernetes:core/v1:ConfigMap',
    named: /svsdk-pooler$/,
    path: 'data',
    is: containing('port=5432'),
  },

  {
    line: 'Phase 3: + 2 read replicas',
    on: at(onAws, 'large', 'enterprise'),
    type: 'aws:rds/instance:Instance',
    named: /readers.*-2$/,
    path: 'instanceClass',
    is: 'db.m5.large',
  },

  // Redis Scaling
  {
    line: 'create-replication-group --num-node-groups 3',
    on: at(onAws, 'enterprise'),
    ...cache,
    path: 'numNodeGroups',
    is: 3,
  },
  {
    line: 'create-replication-group --replicas-per-node-group 2',
    on: at(onAws, 'enterprise'),
    ...cache,
    path: 'replicasPerNodeGroup',
    is: 2,
  },
  {
    line: 'maxmemory-policy allkeys-lru',
    on: onAws,
    type: 'aws:elasticache/parameterGroup:ParameterGroup',
    named: /-cache-/,
    path: 'parameters',
    is: containing('allkeys-lru'),
  },
  {
    line: 'modify-cache-cluster --cache-node-type cache.m5.large',
    on: at(onAws, 'large', 'enterprise'),
    ...cache,
    path: 'nodeType',
    is: 'cache.m5.large',
  },

  // Cost Optimization
  {
    line: 'Start small (t3.small)',
    on: at(aws, 'small'),
    type: 'aws:ec2/launchTemplate:LaunchTemplate',
    named: /-app-/,
    path: 'instanceType',
    is: 't3.small',
  },
  { line: 'cache.t3.micro for < 1GB', on: at(onAws, 'small'), ...cache, path: 'nodeType', is: 'cache.t3.micro' },
  { line: 'cache.t3.small for 1-3GB', on: at(onAws, 'medium'), ...cache, path: 'nodeType', is: 'cache.t3.small' },

  // Monitoring Scaling: Key Metrics to Watch, on the dashboard
  ...(
    [
      'Response Time (p50)',
      'Response Time (p95)',
      'Response Time (p99)',
      'Error Rate',
      'Request Rate',
      'CPU',
      'Memory',
      'Database Connections',
      'Replication Lag',
      'Cache Memory',
      'Cache Hit Ratio',
      'Cache Evictions',
      'Email Queue',
      'Job Queue',
    ] as const
  ).map((title): Row => ({
    line: `Key Metrics to Watch: ${title}`,
    on: aws,
    type: 'aws:cloudwatch/dashboard:Dashboard',
    path: 'dashboardBody',
    is: containing(`"title":"${title}"`),
  })),

  // Monitoring Scaling: Alerts
  { line: 'Queue depth > 10,000', on: aws, ...alarm, named: /EmailQueueDepth/, path: 'threshold', is: 10_000 },
  { line: 'Queue depth > 10,000', on: aws, ...alarm, named: /JobQueueDepth/, path: 'threshold', is: 10_000 },
  { line: 'Database CPU > 80%', on: aws, ...alarm, named: /DatabaseCpu/, path: 'threshold', is: 80 },
  { line: 'Redis memory > 90%', on: aws, ...alarm, named: /CacheMemory/, path: 'threshold', is: 90 },
  { line: 'Application response time > 1s', on: aws, ...alarm, named: /SlowResponses/, path: 'threshold', is: 1 },
  { line: 'Error rate > 5%', on: aws, ...alarm, named: /ErrorRate/, path: 'threshold', is: 5 },

  // Scaling Triggers: Auto-scaling Rules, Application Instances
  ...trigger(/-app-.*-scale-out-cpu$/, 'CPU > 70% for 5 minutes', 70, 5),
  ...trigger(/-app-.*-scale-out-latency/, 'OR response time > 500ms for 5 minutes', 0.5, 5),
  ...trigger(/-app-.*-scale-out-memory$/, 'Memory > 80%', 80, 5),
  {
    line: 'CPU < 30% for 10 minutes',
    on: aws,
    ...alarm,
    named: /-app-.*-scale-in$/,
    path: 'metricQueries',
    is: containing('cpu < 30'),
  },
  {
    line: 'CPU < 30% for 10 minutes',
    on: aws,
    ...alarm,
    named: /-app-.*-scale-in$/,
    path: 'evaluationPeriods',
    is: 10,
  },
  {
    line: 'AND response time < 200ms',
    on: aws,
    ...alarm,
    named: /-app-.*-scale-in$/,
    path: 'metricQueries',
    is: containing('< 0.2'),
  },

  // Scaling Triggers: Auto-scaling Rules, Queue Workers
  ...trigger(/-queue-worker-.*-scale-out-depth-per-worker$/, 'Queue depth > 1000 per worker', 1_000, 1),
  ...trigger(/-queue-worker-.*-scale-out-wait$/, 'OR job wait time > 60s', 60, 1),
  ...trigger(/-queue-worker-.*-scale-out-cpu$/, 'Worker CPU > 80%', 80, 5),
  {
    line: 'Queue depth < 100 per worker',
    on: aws,
    ...alarm,
    named: /-queue-worker-.*-scale-in$/,
    path: 'metricQueries',
    is: containing('depth_per_worker < 100'),
  },

  // Scaling Roadmap: Phase 1 to 4
  ...counts('Phase 1: 2 app instances', /-app(-use1|-usw2)?$/, 'small', 2, 3),
  ...counts('Phase 2: 3-5 app instances', /-app(-use1|-usw2)?$/, 'medium', 3, 5),
  ...counts('Phase 3: 5-10 app instances', /-app(-use1|-usw2)?$/, 'large', 5, 10),
  ...counts('Phase 4: 10+ app instances', /-app(-use1|-usw2)?$/, 'enterprise', 10, 20),
  ...counts('Phase 1: 2 workers', /-queue-worker(-use1|-usw2)?$/, 'small', 2, 3),
  ...counts('Phase 2: 3-5 workers', /-queue-worker(-use1|-usw2)?$/, 'medium', 3, 5),
  ...counts('Phase 3: 5-10 workers', /-queue-worker(-use1|-usw2)?$/, 'large', 5, 10),
  ...counts('Phase 4: 20+ workers', /-queue-worker(-use1|-usw2)?$/, 'enterprise', 20, 50),
  {
    line: 'Phase 1: 1 database (db.t3.small)',
    on: at(onAws, 'small'),
    ...database,
    path: 'instanceClass',
    is: 'db.t3.small',
  },
  {
    line: 'Phase 2: 1 database (db.t3.medium)',
    on: at(onAws, 'medium'),
    ...database,
    path: 'instanceClass',
    is: 'db.t3.medium',
  },
  {
    line: 'Phase 3: 1 primary + 2 read replicas (db.m5.large)',
    on: at(onAws, 'large'),
    ...database,
    path: 'instanceClass',
    is: 'db.m5.large',
  },
  { line: 'Phase 4: Multi-AZ database cluster', on: at(onAws, 'enterprise'), ...database, path: 'multiAz', is: true },
  { line: 'Phase 1: 1 Redis', on: at(onAws, 'small'), ...cache, path: 'numNodeGroups', is: 1 },
  { line: 'Phase 2: 1 Redis', on: at(onAws, 'medium'), ...cache, path: 'numNodeGroups', is: 1 },
  { line: 'Phase 3: 1 Redis cluster', on: at(onAws, 'large'), ...cache, path: 'numNodeGroups', is: 2 },
  {
    line: 'Phase 4: CDN for static assets',
    on: at(onAws, 'large', 'enterprise'),
    type: 'aws:cloudfront/distribution:Distribution',
    path: 'enabled',
    is: true,
  },
  {
    line: 'Phase 4: Geographic distribution',
    on: at(aws, 'enterprise'),
    type: 'aws:route53/record:Record',
    named: /-app-alias-usw2/,
    path: 'latencyRoutingPolicies.0.region',
    is: 'us-west-2',
  },
];
