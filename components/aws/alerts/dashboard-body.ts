import { serviceRows, type Row, type ServiceKind, type ServiceSource } from './service-rows';
import { storeRows, type StoreKind, type StoreSource } from './store-rows';
import { depthMetric, queueDimension } from '../scaling/queue-metrics';

/** A panel: what it shows, over what. */
export type Panel =
  { title: string; kind: ServiceKind | StoreKind } | { title: string; kind: 'queue-depth'; queue: string };

/** What CloudWatch calls everything that a dashboard may show. */
export interface Sources extends ServiceSource {
  stores: StoreSource[];
  /** Where queues are measured to. */
  queueNamespace?: string;
}

/** Columns of CloudWatch's grid, and how many panels share a row. */
const columns = 24;
const panelsInARow = 3;
const height = 6;
/** Seconds of one point. */
const period = 60;

/** The JSON of a CloudWatch dashboard (CloudWatch: dashboard body structure), panels left to right, row after row. */
export function dashboardBody(region: string, sources: Sources, panels: Panel[]) {
  const width = columns / panelsInARow;
  return {
    widgets: panels.map((panel, at) => ({
      type: 'metric',
      x: (at % panelsInARow) * width,
      y: Math.floor(at / panelsInARow) * height,
      width,
      height,
      properties: {
        title: panel.title,
        region,
        view: 'timeSeries',
        stacked: false,
        period,
        yAxis: { left: { min: 0, label: units[panel.kind], showUnits: false } },
        metrics: rowsOf(panel, sources),
      },
    })),
  };
}

const units: Record<Panel['kind'], string> = {
  'request-rate': 'requests per second',
  'latency-p50': 'seconds',
  'latency-p90': 'seconds',
  'latency-p95': 'seconds',
  'latency-p99': 'seconds',
  'error-rate': 'percent',
  cpu: 'percent',
  memory: 'percent',
  'database-cpu': 'percent',
  'database-connections': 'connections',
  'replication-lag': 'behind',
  'cache-memory': 'percent',
  'cache-hit-ratio': 'percent',
  'cache-evictions': 'keys a minute',
  'queue-depth': 'jobs',
};

export const panelKinds = Object.keys(units) as Panel['kind'][];

function rowsOf(panel: Panel, sources: Sources): Row[] {
  switch (panel.kind) {
    case 'queue-depth': {
      const { queueNamespace = '' } = sources;
      return [[queueNamespace, depthMetric, queueDimension, panel.queue, { stat: 'Maximum', label: panel.queue }]];
    }
    case 'database-cpu':
    case 'database-connections':
    case 'replication-lag':
    case 'cache-memory':
    case 'cache-hit-ratio':
    case 'cache-evictions':
      return storeRows(panel.kind, sources.stores);
    default:
      return serviceRows(panel.kind, sources);
  }
}
