import type { PanelPlan } from '../../../plan/types';
import { cpuOf, errorRatio, latencies, memoryQuery, metricOf, period, rate } from './alarm-shapes';
import { cacheFilter, databaseFilter, queueFilter, type WatchedStores } from './store-shapes';

/** What panels are over: one service, where there is one, and the stores of the stack. */
export interface Watched extends WatchedStores {
  /** Name of the balancer's backend service. */
  backend: string;
  /** The label `workload` of the service's instances. */
  workload: string;
  engine: 'postgres' | 'mysql';
}

/** A panel's kind, with what it is about where that is not the service. */
export type PanelKind = { kind: Exclude<PanelPlan['kind'], 'queue-depth'> } | { kind: 'queue-depth'; queue: string };

/** A chart's query as Cloud Monitoring's API takes it, and the unit of what it shows. */
interface Query {
  timeSeriesQuery: Record<string, unknown>;
  unit: string;
}

export function panelQuery(panel: PanelKind, watched: Watched): Query {
  switch (panel.kind) {
    case 'request-rate':
      return series('requests per second', metricOf('request_count', watched.backend), rate);
    case 'error-rate':
      return errors(watched.backend);
    case 'latency-p50':
    case 'latency-p95':
    case 'latency-p99':
      return latency(watched.backend, Number(panel.kind.slice('latency-p'.length)));
    case 'latency-p90':
      return prometheus('milliseconds', ninetieth(watched.backend));
    case 'cpu':
      return series('part of all cores', cpuOf(watched.workload).filter, cpuOf(watched.workload).aggregations[0]);
    case 'memory':
      return prometheus('percent', memoryQuery(watched.workload));
    case 'database-cpu':
      return series('part of all cores', databaseFilter('cpu/utilization', watched), mean);
    case 'database-connections':
      return series('connections', databaseFilter(connections[watched.engine], watched), mean);
    case 'replication-lag':
      return series('seconds', databaseFilter('replication/replica_lag', watched), mean);
    case 'cache-memory':
      return series('part of all memory', cacheFilter('memory/maximum_utilization', watched), mean);
    case 'cache-hit-ratio':
      return prometheus('part of all reads', hitRatio(watched.caches));
    case 'cache-evictions':
      return prometheus('keys per second', counted('evicted_keys', watched.caches));
    case 'queue-depth':
      return series('jobs', queueFilter(panel.queue, watched), mean);
  }
}

const mean = { alignmentPeriod: period, perSeriesAligner: 'ALIGN_MEAN' };

/** Where each engine counts who is connected. */
const connections = { postgres: 'postgresql/num_backends', mysql: 'network/connections' };

function series(unit: string, filter: string, aggregation: unknown): Query {
  return { timeSeriesQuery: { timeSeriesFilter: { filter, aggregation } }, unit };
}

function prometheus(unit: string, prometheusQuery: string): Query {
  return { timeSeriesQuery: { prometheusQuery }, unit };
}

function latency(backend: string, percentile: number): Query {
  const { filter, aggregations } = latencies(backend, percentile);
  return series('milliseconds', filter, aggregations[0]);
}

function errors(backend: string): Query {
  const { filter, denominatorFilter } = errorRatio(backend);
  return {
    timeSeriesQuery: {
      timeSeriesFilterRatio: {
        numerator: { filter, aggregation: rate },
        denominator: { filter: denominatorFilter, aggregation: rate },
      },
    },
    unit: 'part of all requests',
  };
}

/** Filters know no 90th percentile; queries know any. */
function ninetieth(backend: string): string {
  const buckets = `loadbalancing_googleapis_com:https_backend_latencies_bucket{monitored_resource="https_lb_rule",backend_target_name="${backend}"}`;
  return `histogram_quantile(0.9, sum by (le) (rate(${buckets}[1m])))`;
}

function hitRatio(caches: string): string {
  const [hits, misses] = [counted('keyspace_hits', caches), counted('keyspace_misses', caches)];
  return `${hits} / (${hits} + ${misses})`;
}

function counted(what: string, caches: string): string {
  return `sum(rate(memorystore_googleapis_com:instance_stats_total_${what}_count{monitored_resource="memorystore.googleapis.com/Instance",instance_id=~"${caches}.*"}[5m]))`;
}
