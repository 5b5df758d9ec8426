import type { PanelPlan } from '../../../plan/types';
import { contentHash } from '../content-hash';
import { errorRatio, latency, requestRate, type Watched } from './metrics';

/** Columns of Grafana's grid, and how many panels share a row. */
const COLUMNS = 24;
const PANELS_IN_A_ROW = 3;
const HEIGHT = 8;

const shapes: Record<PanelPlan['kind'], { unit: string; expr: (watched: Watched) => string; legend: string }> = {
  'request-rate': { unit: 'reqps', expr: requestRate, legend: 'requests' },
  'latency-p95': { unit: 's', expr: (watched) => latency(watched, 95), legend: 'p95' },
  'error-rate': { unit: 'percentunit', expr: errorRatio, legend: 'errors' },
};

/** A Grafana dashboard as JSON would have it, panels left to right, row after row. Pure. */
export function dashboard(title: string, panels: PanelPlan[], watched: Watched): Record<string, unknown> {
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  const width = COLUMNS / PANELS_IN_A_ROW;
  return {
    // At most 40 characters; the same dashboard keeps its address.
    uid: `stackladder-${contentHash(watched.namespace, watched.service)}`,
    title: `${title}: ${watched.service} (${watched.namespace})`,
    tags: ['stackladder', watched.system],
    timezone: 'utc',
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }] },
    panels: panels.map(({ title: panelTitle, kind }, at) => {
      const { unit, expr, legend } = shapes[kind];
      return {
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
        targets: [{ refId: 'A', datasource, expr: expr(watched), legendFormat: legend }],
      };
    }),
  };
}
