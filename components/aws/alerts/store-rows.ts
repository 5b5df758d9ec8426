import * as pulumi from '@pulumi/pulumi';
import type { Row } from './service-rows';
import type { WatchedStore } from './store-shapes';

export type StoreKind =
  'database-cpu' | 'database-connections' | 'replication-lag' | 'cache-memory' | 'cache-hit-ratio' | 'cache-evictions';

/** A store with its names known. */
export interface StoreSource {
  kind: WatchedStore['kind'];
  name: string;
  /** Instances, clusters or nodes, as CloudWatch's dimension has them. */
  ids: string[];
  replica: boolean;
}

export function sourcesOf(stores: WatchedStore[]): pulumi.Output<StoreSource[]> {
  return pulumi.all(
    stores.map((store) => {
      const ids = store.kind === 'cache' ? store.members : pulumi.output(store.identifier).apply((id) => [id]);
      const replica = store.kind === 'instance' && store.replica;
      return ids.apply((known): StoreSource => ({ kind: store.kind, name: store.name, ids: known, replica }));
    }),
  );
}

const dimensions = { instance: 'DBInstanceIdentifier', cluster: 'DBClusterIdentifier', cache: 'CacheClusterId' };

/** A line for each instance or node that the panel is about. */
export function storeRows(kind: StoreKind, stores: StoreSource[]): Row[] {
  return stores.flatMap((store) => {
    const metric = metricOf(kind, store);
    if (!metric) return [];
    const [name, stat] = metric;
    const namespace = store.kind === 'cache' ? 'AWS/ElastiCache' : 'AWS/RDS';
    return store.ids.map((id, at): Row => {
      const label = store.ids.length > 1 ? `${store.name} ${at + 1}` : store.name;
      return [namespace, name, dimensions[store.kind], id, { stat, label }];
    });
  });
}

/** Metric and statistic; none where the store is not what the panel shows. The broker drops nothing and is no cache. */
function metricOf(kind: StoreKind, { kind: of, name, replica }: StoreSource): [string, string] | undefined {
  const database = of !== 'cache';
  const cache = of === 'cache' && name === 'cache';
  switch (kind) {
    case 'database-cpu':
      return database ? ['CPUUtilization', 'Average'] : undefined;
    case 'database-connections':
      return database ? ['DatabaseConnections', 'Maximum'] : undefined;
    case 'replication-lag':
      if (of === 'cluster') return ['AuroraReplicaLagMaximum', 'Maximum'];
      return replica ? ['ReplicaLag', 'Maximum'] : undefined;
    case 'cache-memory':
      return of === 'cache' ? ['DatabaseMemoryUsagePercentage', 'Maximum'] : undefined;
    case 'cache-hit-ratio':
      return cache ? ['CacheHitRate', 'Average'] : undefined;
    case 'cache-evictions':
      return cache ? ['Evictions', 'Sum'] : undefined;
  }
}
