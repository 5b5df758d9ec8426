import type { Environment } from '../../plan/vocabulary';
import { containing, type On, type Row } from './row';

const aws: On = { cloud: ['aws'], compute: ['instances'] };
const onAws: On = { cloud: ['aws'] };
const pods: On = { compute: ['kubernetes'] };
const plain: On = { cloud: ['kubernetes'] };
const inside = (on: On, ...environment: Environment[]): On => ({ ...on, environment });

const group = { type: 'aws:autoscaling/group:Group', named: /-api-/ };
const autoscaler = { type: 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler', named: /-api$/ };
const alarm = { type: 'aws:cloudwatch/metricAlarm:MetricAlarm' };
const template = { type: 'aws:ec2/launchTemplate:LaunchTemplate' };
const balancer = { type: 'aws:lb/loadBalancer:LoadBalancer' };
const targets = { type: 'aws:lb/targetGroup:TargetGroup' };
const rules = { type: 'aws:lb/listenerRule:ListenerRule' };
const distribution = { type: 'aws:cloudfront/distribution:Distribution' };
const pooler = { type: 'kubernetes:core/v1:ConfigMap', named: /mercenary-pooler$/, path: 'data' };
const measured = { type: 'kubernetes:core/v1:ConfigMap', named: /-metrics-(pro\w*|[0-9a-f]{8})$/, path: 'data' };
const partitions = { type: 'kubernetes:core/v1:ConfigMap', named: /partitions/ };

const scaleIn = { ...alarm, named: /-api-.*-scale-in$/ };

/** A condition that adds instances: its threshold, how long it must last, and what it is measured by. */
function trigger(line: string, signal: string, threshold: number, minutes: number, metric: string): Row[] {
  const one = { line, on: aws, ...alarm, named: new RegExp(`-api-.*-scale-out-${signal}$`) };
  return [
    { ...one, path: 'threshold', is: threshold },
    { ...one, path: 'evaluationPeriods', is: minutes },
    { ...one, path: 'metricQueries', is: containing(metric) },
  ];
}

/** Every cell and configuration value of Mercenary's guide that is infrastructure, and where a plan has it. */
export const mercenaryRows: Row[] = [
  // Horizontal Scaling: Scaling Limits; Auto-Scaling: Application
  { line: 'Minimum instances: 2', on: aws, ...group, path: 'minSize', is: 2 },
  { line: 'Maximum instances: 20', on: aws, ...group, path: 'maxSize', is: 20 },
  { line: 'Minimum instances: 2', on: pods, ...autoscaler, path: 'spec.minReplicas', is: 2 },
  { line: 'Maximum instances: 20', on: pods, ...autoscaler, path: 'spec.maxReplicas', is: 20 },
  {
    line: 'Cool-down period: 5 minutes',
    on: pods,
    ...autoscaler,
    path: 'spec.behavior.scaleUp.policies.0.periodSeconds',
    is: 300,
  },
  {
    line: 'Cool-down period: 5 minutes',
    on: pods,
    ...autoscaler,
    path: 'spec.behavior.scaleDown.policies.0.periodSeconds',
    is: 300,
  },

  // Horizontal Scaling: Scaling Triggers; Auto-Scaling: Scale-out and Scale-in Policy
  ...trigger('CPU > 70% for 5 minutes', 'cpu', 70, 5, 'CPUUtilization'),
  ...trigger('Memory > 80% for 5 minutes', 'memory', 80, 5, 'mem_used_percent'),
  ...trigger('Request queue length > 100', 'requests-in-flight', 100, 1, 'RequestCountPerTarget'),
  ...trigger('Average response time > 500ms', 'latency', 0.5, 5, 'TargetResponseTime'),
  ...trigger('Request count > 1000 RPM', 'requests-per-minute', 1_000, 1, 'RequestCountPerTarget'),
  { line: 'Scale-in: CPU < 30%', on: aws, ...scaleIn, path: 'metricQueries', is: containing('cpu < 30') },
  { line: 'Scale-in: Memory < 50%', on: aws, ...scaleIn, path: 'metricQueries', is: containing('memory < 50') },
  { line: 'Scale-in: for 15 minutes', on: aws, ...scaleIn, path: 'evaluationPeriods', is: 15 },
  {
    line: 'Cool-down period: 5 minutes',
    on: aws,
    type: 'aws:autoscaling/policy:Policy',
    named: /-api-.*-in$/,
    path: 'cooldown',
    is: 300,
  },
  {
    line: 'Cool-down period: 5 minutes',
    on: aws,
    type: 'aws:autoscaling/policy:Policy',
    named: /-api-.*-out-cpu$/,
    path: 'estimatedInstanceWarmup',
    is: 300,
  },

  // Vertical Scaling: Instance Types
  {
    line: 'Development: t3.medium',
    on: inside(aws, 'dev'),
    ...template,
    named: /-api-/,
    path: 'instanceType',
    is: 't3.medium',
  },
  {
    line: 'Staging: m5.large',
    on: inside(aws, 'staging'),
    ...template,
    named: /-api-/,
    path: 'instanceType',
    is: 'm5.large',
  },
  {
    line: 'Production: m5.xlarge',
    on: inside(aws, 'prod'),
    ...template,
    named: /-api-/,
    path: 'instanceType',
    is: 'm5.xlarge',
  },
  { line: 'Workers: r5.large', on: aws, ...template, named: /-celery-/, path: 'instanceType', is: 'r5.large' },
  {
    line: 'Cache: cache.r5.large',
    on: onAws,
    type: 'aws:elasticache/replicationGroup:ReplicationGroup',
    named: /-cache-/,
    path: 'nodeType',
    is: 'cache.r5.large',
  },

  // Database Scaling: Connection Pooling
  { line: 'Default pool size: 20 connections', on: pods, ...pooler, is: containing('default_pool_size = 20') },
  { line: 'Max pool size: 100 connections', on: pods, ...pooler, is: containing('max_db_connections = 100') },
  { line: 'Connection timeout: 30s', on: pods, ...pooler, is: containing('query_wait_timeout = 30') },

  // Database Scaling: Partitioning
  {
    line: 'Strategy: Range partitioning by date',
    on: plain,
    ...partitions,
    path: 'data',
    is: containing('FOR VALUES FROM'),
  },
  { line: 'Tables to Partition: audit_logs', on: plain, ...partitions, path: 'data', is: containing("'audit_logs'") },
  {
    line: 'Tables to Partition: user_sessions',
    on: plain,
    ...partitions,
    path: 'data',
    is: containing("'user_sessions'"),
  },
  {
    line: 'Tables to Partition: api_requests',
    on: plain,
    ...partitions,
    path: 'data',
    is: containing("'api_requests'"),
  },

  {
    line: 'Partitioning, once a month',
    on: plain,
    type: 'kubernetes:batch/v1:CronJob',
    named: /partitions/,
    path: 'spec.schedule',
    is: '0 12 1 * *',
  },

  // Content Delivery
  {
    line: 'Cached Content: Static assets',
    on: onAws,
    ...distribution,
    path: 'origins.0.domainName',
    is: containing('-static'),
  },
  {
    line: 'Cached Content: Media files',
    on: onAws,
    ...distribution,
    path: 'orderedCacheBehaviors.0.pathPattern',
    is: '/media/*',
  },
  { line: 'Brotli/Gzip compression', on: onAws, ...distribution, path: 'defaultCacheBehavior.compress', is: true },
  { line: 'HTTP/2 and HTTP/3 support', on: onAws, ...distribution, path: 'httpVersion', is: 'http2and3' },

  // Load Balancing
  { line: 'Type: Application Load Balancer (ALB)', on: aws, ...balancer, path: 'loadBalancerType', is: 'application' },
  { line: 'Protocols: HTTP/2', on: aws, ...balancer, path: 'enableHttp2', is: true },
  { line: 'Protocols: WebSockets', on: aws, ...balancer, path: 'idleTimeout', is: 300 },
  { line: 'Health Checks: Path: /health', on: aws, ...targets, path: 'healthCheck.path', is: '/health' },
  { line: 'Health Checks: Interval: 30s', on: aws, ...targets, path: 'healthCheck.interval', is: 30 },
  { line: 'Health Checks: Healthy threshold: 2', on: aws, ...targets, path: 'healthCheck.healthyThreshold', is: 2 },
  { line: 'Health Checks: Unhealthy threshold: 2', on: aws, ...targets, path: 'healthCheck.unhealthyThreshold', is: 2 },
  { line: 'Path-based routing', on: aws, ...rules, named: /static/, path: 'conditions', is: containing('/static/*') },
  { line: 'Host-based routing', on: aws, ...rules, named: /www/, path: 'conditions', is: containing('"hostHeader"') },
  {
    line: 'Query string parameters',
    on: aws,
    ...rules,
    named: /download/,
    path: 'conditions',
    is: containing('"queryStrings"'),
  },
  { line: 'Source IP affinity (cookie, the next best)', on: aws, ...targets, path: 'stickiness.type', is: 'lb_cookie' },

  // Auto-Scaling: Database
  { line: 'Read Replicas: 1-5', on: onAws, type: 'aws:appautoscaling/target:Target', path: 'minCapacity', is: 1 },
  { line: 'Read Replicas: 1-5', on: onAws, type: 'aws:appautoscaling/target:Target', path: 'maxCapacity', is: 5 },
  {
    line: 'Read Replicas: based on CPU usage',
    on: onAws,
    type: 'aws:appautoscaling/policy:Policy',
    path: 'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.predefinedMetricType',
    is: 'RDSReaderAverageCPUUtilization',
  },
  {
    line: 'Performance Insights: Enabled',
    on: onAws,
    type: 'aws:rds/clusterInstance:ClusterInstance',
    path: 'performanceInsightsEnabled',
    is: true,
  },
  {
    line: 'Storage: Auto-increase with 20% buffer (Aurora grows by itself: an alarm at 80 of 100 GiB)',
    on: { ...aws, phase: ['small'] },
    ...alarm,
    named: /DatabaseStorage/,
    path: 'threshold',
    is: 80 * 1024 ** 3,
  },
  { line: 'Replication Lag: < 100ms target', on: aws, ...alarm, named: /ReplicationLag/, path: 'threshold', is: 100 },

  // Auto-Scaling: conditions, as they are measured on a cluster
  { line: 'Scale-in: CPU < 30% for 15 minutes', on: pods, ...measured, is: containing('[15m') },

  // Cost Optimization
  {
    line: 'Use spot instances for non-critical workloads',
    on: aws,
    type: 'aws:autoscaling/group:Group',
    named: /-celery-/,
    path: 'mixedInstancesPolicy.instancesDistribution',
    is: containing('spotAllocationStrategy'),
  },
  {
    line: 'Schedule instances (dev/test environments)',
    on: inside(aws, 'dev'),
    type: 'aws:autoscaling/schedule:Schedule',
    named: /-api-/,
    path: 'timeZone',
    is: 'UTC',
  },
  {
    line: 'Budget alerts',
    on: onAws,
    type: 'aws:budgets/budget:Budget',
    path: 'notifications',
    is: containing('"threshold":80'),
  },

  // Monitoring and Alerts: Key Metrics, on the dashboard
  ...(
    [
      'Request Rate',
      'Error Rate',
      'Latency (p50)',
      'Latency (p90)',
      'Latency (p99)',
      'CPU',
      'Memory',
      'Database Connections',
      'Cache Hit Ratio',
    ] as const
  ).map((title): Row => ({
    line: `Key Metrics: ${title}`,
    on: aws,
    type: 'aws:cloudwatch/dashboard:Dashboard',
    path: 'dashboardBody',
    is: containing(`"title":"${title}"`),
  })),

  // Monitoring and Alerts: Alerting Thresholds
  { line: 'CPU Usage: > 70%', on: aws, ...alarm, named: /CpuWarning/, path: 'threshold', is: 70 },
  { line: 'CPU Usage: > 90%', on: aws, ...alarm, named: /CpuCritical/, path: 'threshold', is: 90 },
  { line: 'Memory Usage: > 80%', on: aws, ...alarm, named: /MemoryWarning/, path: 'threshold', is: 80 },
  { line: 'Memory Usage: > 95%', on: aws, ...alarm, named: /MemoryCritical/, path: 'threshold', is: 95 },
  { line: 'Error Rate: > 1%', on: aws, ...alarm, named: /ErrorRateWarning/, path: 'threshold', is: 1 },
  { line: 'Error Rate: > 5%', on: aws, ...alarm, named: /ErrorRateCritical/, path: 'threshold', is: 5 },
  { line: 'Latency (p99): > 1s', on: aws, ...alarm, named: /LatencyWarning/, path: 'threshold', is: 1 },
  { line: 'Latency (p99): > 2s', on: aws, ...alarm, named: /LatencyCritical/, path: 'threshold', is: 2 },
  { line: 'Disk Space: < 20% free', on: aws, ...alarm, named: /DiskSpaceWarning/, path: 'threshold', is: 80 },
  { line: 'Disk Space: < 10% free', on: aws, ...alarm, named: /DiskSpaceCritical/, path: 'threshold', is: 90 },
];
