import type { InstancePoolerOptions } from '../../../components/instances/pooler';
import type { QueueDepthOptions } from '../../../components/instances/queue-depth';
import type { ScheduledSqlOptions } from '../../../components/instances/scheduled-sql';
import type { PoolerPlan } from '../../../plan/types';

/** Mercenary's pooler. */
export const pooler: PoolerPlan = {
  image: 'docker.io/edoburu/pgbouncer:v1.24.1-p1',
  port: 6432,
  poolSize: 20,
  minPoolSize: 5,
  maxDatabaseConnections: 100,
  maxClientConnections: 1000,
  timeoutSeconds: 30,
  pods: 2,
};

export const behindPooler: InstancePoolerOptions = {
  pooler,
  databases: [
    {
      variable: 'DATABASE_URL',
      name: 'mercenary',
      host: 'primary.example.com',
      port: 5432,
      database: 'mercenary',
      user: 'owner',
    },
    {
      variable: 'DATABASE_READ_URL',
      name: 'mercenary_read',
      host: 'reader.example.com',
      port: 5432,
      database: 'mercenary',
      user: 'owner',
    },
  ],
};

export const queues: QueueDepthOptions = {
  queues: [
    { name: 'email', key: 'bull:email:wait', library: 'bullmq' },
    { name: 'tasks', key: 'celery', library: 'celery' },
  ],
  variable: 'BROKER_URL',
  publish: 'tell --queue "$queue" --depth "$depth" ${wait:+--wait "$wait"}',
  trust: '/etc/ssl/certs/ca-certificates.crt',
};

export const schedules: ScheduledSqlOptions = {
  schedules: [
    {
      name: 'partitions',
      schedule: '0 2 25 * *',
      sql: `create table if not exists ran (at timestamptz default now());\ninsert into ran default values;`,
      summary: 'Makes 100 % of next month’s partitions',
    },
  ],
  variable: 'DATABASE_URL',
};
