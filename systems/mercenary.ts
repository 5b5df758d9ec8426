import { levels } from './levels';
import { partitionSql } from './partitions';
import type { System } from './system';

/** Both `> 70 %` and `> 90 %` of the guide's table are of a value that stays there, not of one second. */
const FIVE_MINUTES = 5;

/**
 * Mercenary: a FastAPI service and Celery workers on PostgreSQL and Redis, with media on a CDN.
 *
 * Where its guide is wrong in practice, this file does what it means:
 * - RDS for PostgreSQL has no replicas that follow the load, so on AWS it is Aurora (1 to 5 readers on CPU);
 * - RDS grows storage by its own rule (10 % free), so the guide's 20 % margin is an alarm, and a ceiling to grow to;
 * - no cloud's HTTP balancer keeps a client by its address; cookie affinity is the next best;
 * - "request queue > 100" is read as requests that an instance has taken and not answered, by Little's law;
 * - Celery does not work on a sharded Redis and a cache may drop jobs, so the broker is a store of its own.
 */
export const mercenary: System = {
  name: 'mercenary',
  title: 'Mercenary',
  runsOn: {
    aws: ['instances', 'kubernetes'],
    gcp: ['instances', 'kubernetes'],
    digitalocean: ['instances', 'kubernetes'],
    kubernetes: ['kubernetes'],
  },
  // The guide names none: the same as Pulse, so that systems can share networks and people their habits.
  regions: {
    aws: ['us-east-1', 'us-west-2'],
    gcp: ['us-central1', 'us-west1'],
    digitalocean: ['nyc3', 'sfo3'],
    kubernetes: ['cluster'],
  },
  // The guide's machines by environment; in dev one that a worker's 4 GiB fit on beside the cluster's own pods.
  clusterNodes: {
    aws: { dev: 'm5.large', staging: 'm5.large', prod: 'm5.xlarge' },
    gcp: { dev: 'e2-standard-4', staging: 'e2-standard-4', prod: 'n2-standard-4' },
    digitalocean: { dev: 's-4vcpu-8gb', staging: 's-4vcpu-8gb', prod: 's-8vcpu-16gb' },
    // The database asks for 2 processors and 16 GiB from Large on.
    kubernetes: { dev: '8 vCPU / 32 GiB', staging: '8 vCPU / 32 GiB', prod: '8 vCPU / 32 GiB' },
  },

  services: [
    {
      name: 'api',
      port: 8000, // uvicorn's own; the guide names none
      machines: {
        aws: { dev: 't3.medium', staging: 'm5.large', prod: 'm5.xlarge' },
        gcp: { dev: 'e2-medium', staging: 'n2-standard-2', prod: 'n2-standard-4' },
        digitalocean: { dev: 's-2vcpu-4gb', staging: 'g-2vcpu-8gb', prod: 'g-4vcpu-16gb' },
      },
      pod: {
        requests: { cpu: '500m', memory: '1Gi' },
        limits: { cpu: '2000m', memory: '2Gi' },
        liveness: { initialDelaySeconds: 15, periodSeconds: 30 },
        readiness: { initialDelaySeconds: 5, periodSeconds: 10 },
      },
      proxy: {
        maxFails: 3,
        failTimeoutSeconds: 30,
        keepalive: 32,
        connectTimeoutSeconds: 10,
        sendTimeoutSeconds: 60,
        readTimeoutSeconds: 60,
      },
      range: { min: 2, max: 20 },
      healthCheck: {
        path: '/health',
        intervalSeconds: 30,
        timeoutSeconds: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        graceSeconds: 180,
      },
      scaling: { cpuPercent: 70, memoryPercent: 80 },
      scalingRules: {
        out: [
          { signal: 'cpu', percent: 70, minutes: 5 },
          { signal: 'memory', percent: 80, minutes: 5 },
          { signal: 'requests-per-minute', requests: 1_000, minutes: 1 },
          { signal: 'requests-in-flight', requests: 100, minutes: 1 },
          { signal: 'latency', millis: 500, minutes: 5 },
        ],
        in: [
          { signal: 'cpu', percent: 30, minutes: 15 },
          { signal: 'memory', percent: 50, minutes: 15 },
        ],
        cooldownSeconds: 300,
      },
      routing: {
        algorithm: 'round-robin',
        affinitySeconds: 3_600,
        rules: [
          { name: 'static', paths: ['/static/*', '/media/*'], redirectTo: '{content}' },
          { name: 'www', hosts: ['www.{domain}'], redirectTo: '{domain}' },
          { name: 'download', query: [{ key: 'download', value: '1' }], paths: ['/files/*'], redirectTo: '{content}' },
        ],
      },
      idleTimeoutSeconds: 300, // WebSockets that say nothing; the application beats within it
      drainSeconds: 30,
      diskGb: 30,
      environment: { ENVIRONMENT: 'production', PORT: '8000' },
      connections: {
        relationalDatabase: 'DATABASE_URL',
        relationalReplica: 'DATABASE_READ_URL',
        cache: 'REDIS_URL',
        broker: 'CELERY_BROKER_URL',
      },
      databasePool: { max: 20, min: 5, maxVariable: 'DB_POOL_MAX', minVariable: 'DB_POOL_MIN' },
    },
  ],

  workers: [
    {
      name: 'celery',
      image: 'api', // the same code, with another command
      command: ['celery', '-A', 'app.worker', 'worker', '--concurrency=4', '--queues=celery'],
      machines: {
        aws: { dev: 'r5.large', staging: 'r5.large', prod: 'r5.large' },
        gcp: { dev: 'n2-highmem-2', staging: 'n2-highmem-2', prod: 'n2-highmem-2' },
        digitalocean: { dev: 'm-2vcpu-16gb', staging: 'm-2vcpu-16gb', prod: 'm-2vcpu-16gb' },
      },
      pod: {
        requests: { cpu: '500m', memory: '4Gi' },
        limits: { cpu: '2000m', memory: '6Gi' },
        // Of this one alone: without a destination it is enough that any worker answers.
        livenessCommand: [
          'sh',
          '-c',
          'exec celery -A app.worker inspect ping --timeout 10 --destination "celery@$HOSTNAME"',
        ],
      },
      // The roadmap's counts of queue workers; a group of exactly two could not grow, so Small may go up to Medium's.
      range: {
        small: { min: 2, max: 3 },
        medium: { min: 3, max: 5 },
        large: { min: 5, max: 10 },
        enterprise: { min: 20, max: 50 },
      },
      queue: 'celery',
      scaling: {
        kind: 'rules',
        out: [{ signal: 'depth-per-worker', jobs: 100, minutes: 5 }],
        in: [{ signal: 'depth-per-worker', jobs: 10, minutes: 15 }],
        cooldownSeconds: 300,
      },
      spot: true, // "use spot instances for non-critical workloads": a job that is cut short needs task_acks_late to come back
      drainSeconds: 600,
      diskGb: 30,
      environment: { ENVIRONMENT: 'production' },
      connections: {
        relationalDatabase: 'DATABASE_URL',
        cache: 'REDIS_URL',
        broker: 'CELERY_BROKER_URL',
      },
      databasePool: { max: 5, min: 1, maxVariable: 'DB_POOL_MAX', minVariable: 'DB_POOL_MIN' },
    },
  ],

  relationalDatabase: {
    name: 'mercenary',
    engine: 'postgres',
    engineVersion: '17',
    user: 'mercenary',
    hosts: { aws: 'aurora', gcp: 'cloud-sql', digitalocean: 'digitalocean', kubernetes: 'operator' },
    classes: {
      // The smallest that Aurora has; connections of 20 instances want the memory of the next ones.
      aurora: { small: 'db.t3.medium', medium: 'db.t3.large', large: 'db.r5.large', enterprise: 'db.r5.large' },
      // Read pools want Cloud SQL's Enterprise Plus edition, whose smallest machine this is; an edition is not changed in place.
      'cloud-sql': {
        small: 'db-perf-optimized-N-2',
        medium: 'db-perf-optimized-N-2',
        large: 'db-perf-optimized-N-2',
        enterprise: 'db-perf-optimized-N-4',
      },
      // 25 connections a GiB there: the classes are what 20 instances with pools need.
      digitalocean: {
        small: 'db-s-4vcpu-8gb',
        medium: 'db-s-4vcpu-8gb',
        large: 'db-s-6vcpu-16gb',
        enterprise: 'db-s-8vcpu-32gb',
      },
      operator: { small: '1000m/4Gi', medium: '2000m/8Gi', large: '2000m/16Gi', enterprise: '2000m/16Gi' },
    },
    standbyFrom: 'large',
    replicas: {
      small: { min: 1, max: 5, fixed: 1 },
      medium: { min: 1, max: 5, fixed: 1 },
      // The roadmap's two, where a cloud cannot follow the load.
      large: { min: 1, max: 5, fixed: 2 },
      enterprise: { min: 1, max: 5, fixed: 2 },
    },
    replicaCpuPercent: 70,
    storage: {
      small: { initialGb: 20, maxGb: 100 },
      medium: { initialGb: 50, maxGb: 200 },
      large: { initialGb: 100, maxGb: 500 },
      enterprise: { initialGb: 200, maxGb: 1_000 },
    },
    freePercent: 20,
    pooler: {
      port: 6432,
      poolSize: 20,
      minPoolSize: 0,
      maxDatabaseConnections: 100,
      maxClientConnections: 1_000,
      timeoutSeconds: 30,
      pods: { small: 2, medium: 2, large: 3, enterprise: 4 },
    },
  },

  cache: {
    engineVersion: '8.0',
    nodeTypes: {
      aws: { dev: 'cache.r5.large', staging: 'cache.r5.large', prod: 'cache.r5.large' },
      // 13 GB, as AWS's node.
      gcp: { dev: 'HIGHMEM_MEDIUM', staging: 'HIGHMEM_MEDIUM', prod: 'HIGHMEM_MEDIUM' },
      // No shards there: one node with the memory of all, and its standby from Large on.
      digitalocean: {
        small: 'db-s-6vcpu-16gb',
        medium: 'db-s-6vcpu-16gb',
        large: 'db-s-8vcpu-32gb',
        enterprise: 'db-s-16vcpu-64gb',
      },
      kubernetes: { small: '500m/4Gi', medium: '500m/4Gi', large: '500m/4Gi', enterprise: '500m/4Gi' },
    },
    port: 6379,
    evictionPolicy: 'allkeys-lru', // sessions and limits are written anew; every key has a time to live of an hour
  },

  broker: {
    engineVersion: '8.0',
    nodeTypes: {
      aws: { small: 'cache.t3.small', medium: 'cache.t3.small', large: 'cache.m5.large', enterprise: 'cache.m5.large' },
      gcp: {
        small: 'STANDARD_SMALL',
        medium: 'STANDARD_SMALL',
        large: 'STANDARD_SMALL',
        enterprise: 'STANDARD_SMALL',
      },
      digitalocean: {
        small: 'db-s-1vcpu-2gb',
        medium: 'db-s-1vcpu-2gb',
        large: 'db-s-2vcpu-4gb',
        enterprise: 'db-s-2vcpu-4gb',
      },
      kubernetes: { small: '250m/1Gi', medium: '250m/1Gi', large: '500m/2Gi', enterprise: '500m/2Gi' },
    },
    port: 6379,
    queues: [{ name: 'celery', key: 'celery', library: 'celery' }],
  },

  scheduledSql: [
    {
      name: 'partitions',
      // Once a month, at noon, when databases that stop by night are there in dev too. Two months ahead, so that a run that
      // is missed is no harm. Those of the first months come with the migration that makes the tables.
      schedule: '0 12 1 * *',
      summary: 'Partitions of the next two months, by date, of the three tables that the guide names',
      sql: partitionSql(['audit_logs', 'user_sessions', 'api_requests'], 2),
    },
  ],

  offHours: {
    dev: { timezone: 'UTC', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] },
  },

  objectStores: [
    { name: 'media', noncurrentVersionDays: 30, infrequentAccessAfterDays: 30 },
    { name: 'static', noncurrentVersionDays: 7 },
  ],
  contentDelivery: [
    { pathPattern: '*', store: 'static', maxAgeSeconds: 86_400, signed: false },
    { pathPattern: '/media/*', store: 'media', maxAgeSeconds: 86_400, signed: false },
    { pathPattern: '/files/*', store: 'media', maxAgeSeconds: 3_600, signed: true },
  ],

  alerts: [
    ...levels('Cpu', 'CPU of the API', { warning: 70, critical: 90 }, (percent) => ({
      kind: 'cpu',
      service: 'api',
      percent,
    })),
    ...levels('Memory', 'Memory of the API', { warning: 80, critical: 95 }, (percent) => ({
      kind: 'memory',
      service: 'api',
      percent,
    })),
    ...levels('ErrorRate', 'Errors of the API', { warning: 1, critical: 5 }, (percent) => ({
      kind: 'error-rate',
      service: 'api',
      percent,
    })),
    ...levels('Latency', 'Slowest hundredth of the answers (p99)', { warning: 1, critical: 2 }, (seconds) => ({
      kind: 'latency',
      service: 'api',
      percentile: 99,
      seconds,
    })),
    ...levels('DiskSpace', 'Free disk space of the API’s instances', { warning: 20, critical: 10 }, (percent) => ({
      kind: 'disk-free',
      service: 'api',
      percent,
    })),
    {
      name: 'ReplicationLag',
      kind: 'replication-lag',
      millis: 100,
      minutes: FIVE_MINUTES,
      severity: 'warning',
      summary: 'Replicas are more than 100 ms behind',
    },
    {
      name: 'DatabaseStorage',
      kind: 'database-disk-free',
      percent: 20,
      minutes: FIVE_MINUTES,
      severity: 'warning',
      summary: 'The database’s storage has less than a fifth left',
    },
    {
      name: 'QueueDepth',
      kind: 'queue-depth',
      queue: 'celery',
      jobs: 10_000,
      minutes: FIVE_MINUTES,
      severity: 'critical',
      summary: 'Celery’s queue is not worked off',
    },
  ],
  dashboard: [
    { title: 'Request Rate', kind: 'request-rate', service: 'api' },
    { title: 'Error Rate', kind: 'error-rate', service: 'api' },
    { title: 'Latency (p50)', kind: 'latency-p50', service: 'api' },
    { title: 'Latency (p90)', kind: 'latency-p90', service: 'api' },
    { title: 'Latency (p99)', kind: 'latency-p99', service: 'api' },
    { title: 'CPU', kind: 'cpu', service: 'api' },
    { title: 'Memory', kind: 'memory', service: 'api' },
    { title: 'Database Connections', kind: 'database-connections' },
    { title: 'Replication Lag', kind: 'replication-lag' },
    { title: 'Cache Hit Ratio', kind: 'cache-hit-ratio' },
    { title: 'Queue Depth', kind: 'queue-depth', queue: 'celery' },
  ],

  monthlyBudgetUsd: { small: 2_000, medium: 2_600, large: 4_500, enterprise: 25_000 },

  // The guide's benchmark: 5,000 requests a second today, 10,000 its target, p99 below a second, errors below 0.1 %. It
  // tells of a launch with ten times the traffic and no number for it: the spike is the target, reached at once.
  loadTest: {
    paths: ['/health'],
    statuses: [200],
    unit: 'requests-per-second',
    usual: 5_000,
    stress: 10_000,
    spike: 10_000,
    restSeconds: 0,
    expects: { latency: { percentile: 99, millis: 1_000 }, errorPercent: 0.1 },
  },
};
