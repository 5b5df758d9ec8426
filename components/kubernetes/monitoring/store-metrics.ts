import { cpuMillis } from '../../../plan/nodes/quantities';
import { WINDOW } from './metrics';

/** The stores of a system that Prometheus can see, as plain values. */
export interface WatchedStores {
  /** Begins the name of the group. */
  system: string;
  namespace: string;
  /** A PostgreSQL of CloudNativePG: what its cluster is called, and the processors of an instance. */
  relational?: { cluster: string; cpu: string };
  /** What the exporter of the cache is called. */
  cache?: { exporter: string };
  /** What the exporter of the queues is called. */
  queues?: { exporter: string };
}

type Relational = NonNullable<WatchedStores['relational']>;

/** Labels of the series that the instances tell of themselves, or the kubelets of them. */
function instances({ namespace }: WatchedStores, { cluster }: Relational, label = 'pod'): string {
  return `namespace="${namespace}",${label}=~"${cluster}-[0-9]+(-wal)?"`;
}

/** No instance answers, or nobody tells. */
export function relationalDown(stores: WatchedStores, database: Relational): string {
  const up = `cnpg_collector_up{${instances(stores, database)}}`;
  return `max(${up}) == 0 or absent(${up})`;
}

/** Percent of an instance's processors, of the busiest one. */
export function relationalCpu(stores: WatchedStores, database: Relational): string {
  const labels = `{${instances(stores, database)},container="postgres"}`;
  const use = `sum by (pod) (rate(container_cpu_usage_seconds_total${labels}[${WINDOW}]))`;
  return `100 * max(${use}) / ${cpuMillis(database.cpu) / 1_000}`;
}

/** Percent of free space on the fullest volume. */
export function relationalDiskFree(stores: WatchedStores, database: Relational): string {
  const volumes = `{${instances(stores, database, 'persistentvolumeclaim')}}`;
  return `100 * min(kubelet_volume_stats_available_bytes${volumes} / kubelet_volume_stats_capacity_bytes${volumes})`;
}

/** Milliseconds that the copy furthest behind is behind. */
export function replicationLag(stores: WatchedStores, database: Relational): string {
  return `1000 * max(cnpg_pg_replication_lag{${instances(stores, database)}})`;
}

export function relationalConnections(stores: WatchedStores, database: Relational): string {
  return `sum(cnpg_backends_total{${instances(stores, database)}})`;
}

function ofExporter({ namespace }: WatchedStores, exporter: string): string {
  return `namespace="${namespace}",service="${exporter}"`;
}

/** Percent of the memory that the fullest node of the cache may take. */
export function cacheMemory(stores: WatchedStores, exporter: string): string {
  const labels = `{${ofExporter(stores, exporter)}}`;
  return `100 * max(redis_memory_used_bytes${labels} / (redis_memory_max_bytes${labels} > 0))`;
}

/** The part of keys that were there when they were asked for, from 0 to 1. */
export function cacheHitRatio(stores: WatchedStores, exporter: string): string {
  const rate = (name: string) => `sum(rate(redis_keyspace_${name}_total{${ofExporter(stores, exporter)}}[${WINDOW}]))`;
  return `${rate('hits')} / (${rate('hits')} + ${rate('misses')})`;
}

/** Keys that went for want of memory, a second. */
export function cacheEvictions(stores: WatchedStores, exporter: string): string {
  return `sum(rate(redis_evicted_keys_total{${ofExporter(stores, exporter)}}[${WINDOW}]))`;
}

/** Jobs that wait in a queue. */
export function queueDepth(stores: WatchedStores, exporter: string, queue: string): string {
  return `max(redis_script_values{${ofExporter(stores, exporter)},key="depth/${queue}"})`;
}
