import type { System } from './system';

/**
 * Pulse Control Plane: a Go API on 8081 in front of MongoDB and Redis, with recordings and static assets on a CDN.
 *
 * Where its guide is wrong in practice, this file does what it means:
 * - `pulse-api:latest` cannot be rolled back, so the image comes from configuration and a policy refuses `latest`;
 * - HighErrorRate compares errors per second with 0.05; the sentence above it says 5 %, and so does the alert here;
 * - SlowResponses takes a quantile of raw counters; here it is the p95 over the window;
 * - `setParameter: maxConns` is refused by Atlas; the pool is fitted to the tier's limit instead;
 * - the nginx file has `limit_req_zone` inside a server block; the limit itself (100 a minute) is what counts.
 */
export const pulse: System = {
  name: 'pulse',
  title: 'Pulse Control Plane',
  runsOn: {
    aws: ['instances', 'kubernetes'],
    gcp: ['instances', 'kubernetes'],
    digitalocean: ['instances', 'kubernetes'],
    kubernetes: ['kubernetes'],
  },
  regions: {
    // The guide: us-east-1 and us-central1. The second region is judgement: the far coast, for the nearest-region answer.
    aws: ['us-east-1', 'us-west-2'],
    gcp: ['us-central1', 'us-west1'],
    digitalocean: ['nyc3', 'sfo3'],
    // A plain cluster is one region: its own.
    kubernetes: ['cluster'],
  },
  // The guide's t3.large and n1-standard-2 where it names one; below it as little as holds a cluster's own pods too
  // (t3.small takes 11 pods in all, e2-medium leaves 0.9 processors).
  clusterNodes: {
    aws: { small: 't3.medium', medium: 't3.large', large: 't3.large', enterprise: 't3.xlarge' },
    gcp: { small: 'e2-standard-2', medium: 'e2-standard-2', large: 'n1-standard-2', enterprise: 'e2-standard-4' },
    digitalocean: { small: 's-2vcpu-4gb', medium: 's-2vcpu-4gb', large: 's-2vcpu-4gb', enterprise: 's-2vcpu-4gb' },
    // A member of the database in prod asks for 2 processors and 8 GiB, which a node of 8 GiB has not got to give.
    kubernetes: {
      small: '4 vCPU / 16 GiB',
      medium: '4 vCPU / 16 GiB',
      large: '4 vCPU / 16 GiB',
      enterprise: '4 vCPU / 16 GiB',
    },
  },

  services: [
    {
      name: 'api',
      port: 8081,
      machines: {
        aws: { small: 't3.small', medium: 't3.medium', large: 't3.large', enterprise: 't3.xlarge' },
        // The guide names n1-standard-2 where AWS has t3.large; the others are nearest to AWS's by vCPU and memory.
        gcp: { small: 'e2-small', medium: 'e2-medium', large: 'n1-standard-2', enterprise: 'e2-standard-4' },
        // The guide names one size, 4 GB and 2 vCPU: it holds at every phase.
        digitalocean: { small: 's-2vcpu-4gb', medium: 's-2vcpu-4gb', large: 's-2vcpu-4gb', enterprise: 's-2vcpu-4gb' },
      },
      pod: {
        requests: { cpu: '500m', memory: '512Mi' },
        limits: { cpu: '1000m', memory: '1Gi' },
        liveness: { initialDelaySeconds: 10, periodSeconds: 10 },
        readiness: { initialDelaySeconds: 5, periodSeconds: 5 },
      },
      proxy: {
        maxFails: 3,
        failTimeoutSeconds: 30,
        keepalive: 32,
        connectTimeoutSeconds: 60,
        sendTimeoutSeconds: 60,
        readTimeoutSeconds: 60,
      },
      range: { min: 2, max: 10 },
      healthCheck: {
        path: '/health',
        intervalSeconds: 10,
        timeoutSeconds: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3, // the guide's max_fails
        graceSeconds: 180,
      },
      scaling: { cpuPercent: 70, memoryPercent: 80 },
      rateLimit: { requests: 100, windowSeconds: 60, burst: 20, status: 429 },
      idleTimeoutSeconds: 60,
      drainSeconds: 30,
      diskGb: 20,
      environment: { GO_ENV: 'production', GIN_MODE: 'release', PORT: '8081' },
      connections: { documentDatabase: 'MONGO_URL', cache: 'REDIS_URL' },
      databasePool: { max: 100, min: 10, maxVariable: 'MONGO_MAX_POOL_SIZE', minVariable: 'MONGO_MIN_POOL_SIZE' },
    },
  ],

  documentDatabase: {
    name: 'pulse',
    hosts: { aws: 'atlas', gcp: 'atlas', digitalocean: 'digitalocean', kubernetes: 'operator' },
    tierByEnvironment: {
      atlas: { dev: 'M0', staging: 'M10', prod: 'M30' },
      // The guide: a managed MongoDB of 4 GB, whatever it is for.
      digitalocean: { dev: 'db-s-2vcpu-4gb', staging: 'db-s-2vcpu-4gb', prod: 'db-s-2vcpu-4gb' },
      // In staging and prod as much as M10 and M30 leave to MongoDB: 2 GB, and 2 vCPU with 8 GB.
      operator: { dev: '500m/1Gi', staging: '1000m/2Gi', prod: '2000m/8Gi' },
    },
    maxTierByPhase: { atlas: { small: 'M40', medium: 'M40', large: 'M50', enterprise: 'M60' } },
    electableNodes: {
      atlas: { dev: 3, staging: 3, prod: 3 },
      digitalocean: { dev: 1, staging: 3, prod: 3 },
      operator: { dev: 1, staging: 3, prod: 3 },
    },
    mongoVersion: '8.0',
    indexes: [
      { collection: 'organizations', keys: [['admin_email', 1]] },
      { collection: 'organizations', keys: [['plan', 1]] },
      { collection: 'organizations', keys: [['is_deleted', 1]] },
      { collection: 'projects', keys: [['pulse_api_key', 1]], unique: true },
      { collection: 'projects', keys: [['org_id', 1]] },
      { collection: 'projects', keys: [['region', 1]] },
      { collection: 'projects', keys: [['is_deleted', 1]] },
      {
        collection: 'usage_metrics',
        keys: [
          ['project_id', 1],
          ['timestamp', -1],
        ],
      },
      { collection: 'usage_metrics', keys: [['timestamp', -1]] },
      {
        collection: 'audit_logs',
        keys: [
          ['user_email', 1],
          ['timestamp', -1],
        ],
      },
      {
        collection: 'audit_logs',
        keys: [
          ['action', 1],
          ['timestamp', -1],
        ],
      },
      { collection: 'audit_logs', keys: [['timestamp', -1]], expireAfterSeconds: 31_536_000 }, // a year
      {
        collection: 'webhooks',
        keys: [
          ['project_id', 1],
          ['timestamp', -1],
        ],
      },
      { collection: 'webhooks', keys: [['status', 1]] },
      {
        collection: 'team_members',
        keys: [
          ['org_id', 1],
          ['email', 1],
        ],
        unique: true,
      },
      { collection: 'team_members', keys: [['email', 1]] },
    ],
  },

  cache: {
    engineVersion: '8.0',
    nodeTypes: {
      // SV-SDK's roadmap for small and medium; from Large a node that is not burstable.
      aws: {
        small: 'cache.t3.micro',
        medium: 'cache.t3.small',
        large: 'cache.r6g.large',
        enterprise: 'cache.r6g.large',
      },
      // The smallest with a service level; from Large as much memory as AWS's node, for it changes in place.
      gcp: {
        small: 'STANDARD_SMALL',
        medium: 'STANDARD_SMALL',
        large: 'HIGHMEM_MEDIUM',
        enterprise: 'HIGHMEM_MEDIUM',
      },
      // No shards there: one node with the memory of all, and its standby.
      digitalocean: {
        small: 'db-s-1vcpu-1gb',
        medium: 'db-s-1vcpu-2gb',
        large: 'db-s-8vcpu-32gb',
        enterprise: 'db-s-16vcpu-64gb',
      },
      kubernetes: { small: '250m/512Mi', medium: '250m/1Gi', large: '500m/2Gi', enterprise: '500m/2Gi' },
    },
    port: 6379,
    evictionPolicy: 'allkeys-lru', // keys are copies with a TTL (30 and 5 minutes): any may go
  },

  objectStores: [
    { name: 'recordings', noncurrentVersionDays: 30, infrequentAccessAfterDays: 30 },
    { name: 'static', noncurrentVersionDays: 7 },
  ],
  contentDelivery: [
    { pathPattern: '*', store: 'static', maxAgeSeconds: 86_400, signed: false },
    { pathPattern: '/recordings/*', store: 'recordings', maxAgeSeconds: 3_600, signed: true },
  ],

  alerts: [
    {
      name: 'HighErrorRate',
      kind: 'error-rate',
      service: 'api',
      percent: 5,
      minutes: 5,
      summary: 'High error rate detected',
    },
    {
      name: 'SlowResponses',
      kind: 'latency',
      service: 'api',
      percentile: 95,
      seconds: 1,
      minutes: 10,
      summary: 'API responses are slow',
    },
    { name: 'DatabaseDown', kind: 'database-down', minutes: 1, summary: 'MongoDB is down' },
  ],
  dashboard: [
    { title: 'Request Rate', kind: 'request-rate', service: 'api' },
    { title: 'Response Time (p95)', kind: 'latency-p95', service: 'api' },
    { title: 'Error Rate', kind: 'error-rate', service: 'api' },
  ],

  monthlyBudgetUsd: { small: 400, medium: 600, large: 1_800, enterprise: 6_000 },

  // The guide has no load test: users are k6's own example, and what is expected is what its two alerts say. A test has
  // one address, so above 100 requests a minute most answers are the limit's 429, which is right.
  loadTest: {
    paths: ['/health'],
    statuses: [200, 429],
    unit: 'users',
    usual: 100,
    stress: 200,
    spike: 2_000,
    restSeconds: 1,
    expects: { latency: { percentile: 95, millis: 1_000 }, errorPercent: 5 },
  },
};
