import { errorRatio, latencies, metricOf, rate } from './alarm-shapes';

/** A panel: what it shows, over what. */
export interface Panel {
  title: string;
  kind: 'request-rate' | 'latency-p95' | 'error-rate';
}

/** Columns of Cloud Monitoring's grid, and how many panels share a row. */
const columns = 48;
const panelsInARow = 3;
const height = 16;

/** A dashboard as Cloud Monitoring's API takes it (dashboards.create), panels left to right, row after row. */
export function dashboardBody(title: string, backend: string, panels: Panel[]) {
  const width = columns / panelsInARow;
  return {
    displayName: title,
    mosaicLayout: {
      columns,
      tiles: panels.map((panel, at) => ({
        xPos: (at % panelsInARow) * width,
        yPos: Math.floor(at / panelsInARow) * height,
        width,
        height,
        widget: {
          title: panel.title,
          xyChart: {
            dataSets: [{ plotType: 'LINE', timeSeriesQuery: queries[panel.kind](backend) }],
            yAxis: { scale: 'LINEAR', label: units[panel.kind] },
          },
        },
      })),
    },
  };
}

const units: Record<Panel['kind'], string> = {
  'request-rate': 'requests per second',
  'latency-p95': 'milliseconds',
  'error-rate': 'part of all requests',
};

const queries: Record<Panel['kind'], (backend: string) => Record<string, unknown>> = {
  'request-rate': (backend) => ({
    timeSeriesFilter: { filter: metricOf('request_count', backend), aggregation: rate },
  }),
  'latency-p95': (backend) => {
    const { filter, aggregations } = latencies(backend, 95);
    return { timeSeriesFilter: { filter, aggregation: aggregations[0] } };
  },
  'error-rate': (backend) => {
    const { filter, denominatorFilter } = errorRatio(backend);
    return {
      timeSeriesFilterRatio: {
        numerator: { filter, aggregation: rate },
        denominator: { filter: denominatorFilter, aggregation: rate },
      },
    };
  },
};
