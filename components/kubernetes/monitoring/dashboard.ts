import type { PanelPlan } from '../../../plan/types';
import { contentHash } from '../content-hash';
import { cpu, errorRatio, latency, memory, requestRate, type Watched } from './metrics';
import {
  cacheEvictions,
  cacheHitRatio,
  cacheMemory,
  queueDepth,
  relationalConnections,
  relationalCpu,
  replicationLag,
  type WatchedStores,
} from './store-metrics';

/** Columns of Grafana's grid, and how many panels share a row. */
const COLUMNS = 24;
const PANELS_IN_A_ROW = 3;
const HEIGHT = 8;

type ServicePanel = Extract<PanelPlan, { service: string }>;

/** What a panel shows: one line, with its unit as Grafana calls it. */
interface Shape {
  unit: string;
  expr: string;
  legend: string;
}

const latencyShape = (percentile: number) => (watched: Watched) => ({
  unit: 's',
  expr: latency(watched, percentile),
  legend: `p${percentile}`,
});

const serviceShapes: Record<ServicePanel['kind'], (watched: Watched) => Shape> = {
  'request-rate': (watched) => ({ unit: 'reqps', expr: requestRate(watched), legend: 'requests' }),
  'latency-p50': latencyShape(50),
  'latency-p90': latencyShape(90),
  'latency-p95': latencyShape(95),
  'latency-p99': latencyShape(99),
  'error-rate': (watched) => ({ unit: 'percentunit', expr: errorRatio(watched), legend: 'errors' }),
  cpu: (watched) => ({ unit: 'percent', expr: cpu(watched), legend: 'of what pods may take' }),
  memory: (watched) => ({ unit: 'percent', expr: memory(watched), legend: 'of what pods may take' }),
};

/** Undefined where the store is not one that Prometheus can see. */
function storeShape(panel: PanelPlan, stores: WatchedStores): Shape | undefined {
  const { relational, cache, queues } = stores;
  switch (panel.kind) {
    case 'database-cpu':
      return relational && { unit: 'percent', expr: relationalCpu(stores, relational), legend: 'busiest instance' };
    case 'database-connections':
      return relational && { unit: 'short', expr: relationalConnections(stores, relational), legend: 'connections' };
    case 'replication-lag':
      return relational && { unit: 'ms', expr: replicationLag(stores, relational), legend: 'furthest behind' };
    case 'cache-memory':
      return cache && { unit: 'percent', expr: cacheMemory(stores, cache.exporter), legend: 'fullest node' };
    case 'cache-hit-ratio':
      return cache && { unit: 'percentunit', expr: cacheHitRatio(stores, cache.exporter), legend: 'hits' };
    case 'cache-evictions':
      return cache && { unit: 'ops', expr: cacheEvictions(stores, cache.exporter), legend: 'evicted keys' };
    case 'queue-depth':
      return queues && { unit: 'short', expr: queueDepth(stores, queues.exporter, panel.queue), legend: panel.queue };
    default:
      return undefined;
  }
}

/** A Grafana dashboard of a service as JSON would have it, panels left to right, row after row. Pure. */
export function dashboard(title: string, panels: PanelPlan[], watched: Watched): Record<string, unknown> {
  const { namespace, service, system } = watched;
  const shown = panels.flatMap((panel) =>
    'service' in panel ? [{ title: panel.title, ...serviceShapes[panel.kind](watched) }] : [],
  );
  return grid({ uid: contentHash(namespace, service), title: `${title}: ${service} (${namespace})`, system }, shown);
}

/** The same of a system's stores. Pure. */
export function storeDashboard(title: string, panels: PanelPlan[], stores: WatchedStores): Record<string, unknown> {
  const { namespace, system } = stores;
  const shown = panels.flatMap((panel) => {
    const shape = storeShape(panel, stores);
    return shape ? [{ title: panel.title, ...shape }] : [];
  });
  return grid({ uid: contentHash(namespace, 'stores'), title: `${title}: stores (${namespace})`, system }, shown);
}

function grid(
  { uid, title, system }: { uid: string; title: string; system: string },
  panels: (Shape & { title: string })[],
): Record<string, unknown> {
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  const width = COLUMNS / PANELS_IN_A_ROW;
  return {
    // At most 40 characters; the same dashboard keeps its address.
    uid: `stackladder-${uid}`,
    title,
    tags: ['stackladder', system],
    timezone: 'utc',
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }] },
    panels: panels.map(({ title: panelTitle, unit, expr, legend }, at) => ({
      id: at + 1,
      type: 'timeseries',
      title: panelTitle,
      datasource,
      gridPos: {
        x: (at % PANELS_IN_A_ROW) * width,
        y: Math.floor(at / PANELS_IN_A_ROW) * HEIGHT,
        w: width,
        h: HEIGHT,
      },
      fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
      targets: [{ refId: 'A', datasource, expr, legendFormat: legend }],
    })),
  };
}
