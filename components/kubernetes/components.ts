/** The Kubernetes components, for programs of their own: `import { Workload } from 'stackladder/kubernetes'`. */
export { CacheCluster } from './cache/cache-cluster';
export { MongoDatabase } from './database/mongo-database';
export { Edge } from './edge/edge';
export { IndexRun } from './index-job/index-run';
export { DatabaseExporter } from './monitoring/exporter';
export { Monitoring } from './monitoring/monitoring';
export { ClusterNamespace } from './namespace/namespace';
export { clusterProvider } from './provider';
export { Workload } from './workload/workload';
