/** The Kubernetes components, for programs of their own: `import { Workload } from 'stackladder/kubernetes'`. */
export { QueueBroker } from './broker/queue-broker';
export { CacheCluster } from './cache/cache-cluster';
export { MongoDatabase } from './database/mongo-database';
export { Edge } from './edge/edge';
export { IndexRun } from './index-job/index-run';
export { DatabaseExporter } from './monitoring/exporter';
export { Monitoring } from './monitoring/monitoring';
export { ClusterNamespace } from './namespace/namespace';
export { Pooler } from './pooler/pooler';
export { clusterProvider } from './provider';
export { PostgresDatabase } from './relational/postgres-database';
export { ScheduledSql } from './scheduled-sql/scheduled-sql';
export { Workload } from './workload/workload';
