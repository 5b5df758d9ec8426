import { errorRateExpression } from './alarm-shapes';

/** A panel: what it shows, over what. */
export interface Panel {
  title: string;
  kind: 'request-rate' | 'latency-p95' | 'error-rate';
}

/** Columns of CloudWatch's grid, and how many panels share a row. */
const columns = 24;
const panelsInARow = 3;
const height = 6;
/** Seconds of one point. */
const period = 60;

type Row = (string | Record<string, unknown>)[];

/** The JSON of a CloudWatch dashboard (CloudWatch: dashboard body structure), panels left to right, row after row. */
export function dashboardBody(region: string, loadBalancer: string, targetGroup: string, panels: Panel[]) {
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
        metrics: metricsOf(panel.kind, loadBalancer, targetGroup),
      },
    })),
  };
}

const units: Record<Panel['kind'], string> = {
  'request-rate': 'requests per second',
  'latency-p95': 'seconds',
  'error-rate': 'percent',
};

function metricsOf(kind: Panel['kind'], loadBalancer: string, targetGroup: string): Row[] {
  const metric = (name: string, options: Record<string, unknown>, ofTarget = true): Row => {
    const dimensions = ['LoadBalancer', loadBalancer, ...(ofTarget ? ['TargetGroup', targetGroup] : [])];
    return ['AWS/ApplicationELB', name, ...dimensions, options];
  };
  const hidden = (id: string) => ({ id, stat: 'Sum', visible: false });
  switch (kind) {
    case 'request-rate':
      return [
        [{ expression: 'counted / PERIOD(counted)', label: 'Requests per second', id: 'rate' }],
        metric('RequestCount', hidden('counted')),
      ];
    case 'latency-p95':
      return [metric('TargetResponseTime', { stat: 'p95', label: 'p95' })];
    case 'error-rate':
      return [
        [{ expression: errorRateExpression, label: 'Errors in percent', id: 'rate' }],
        [{ expression: 'FILL(counted, 0)', id: 'requests', visible: false }],
        [{ expression: 'FILL(service5xx, 0) + FILL(balancer5xx, 0)', id: 'errors', visible: false }],
        metric('RequestCount', hidden('counted')),
        metric('HTTPCode_Target_5XX_Count', hidden('service5xx')),
        metric('HTTPCode_ELB_5XX_Count', hidden('balancer5xx'), false),
      ];
  }
}
