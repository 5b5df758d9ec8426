import { agentNamespace, groupDimension, memoryMetric } from '../load-balanced-group/cloudwatch-agent';
import { errorRateExpression } from './alarm-shapes';

export type ServiceKind =
  'request-rate' | 'latency-p50' | 'latency-p90' | 'latency-p95' | 'latency-p99' | 'error-rate' | 'cpu' | 'memory';

/** One line of a panel, as a dashboard's body has it. */
export type Row = (string | Record<string, unknown>)[];

export interface ServiceSource {
  loadBalancer: string;
  targetGroup: string;
  /** Name of the scaling group. */
  groupName: string;
}

/** What a panel of a service shows. */
export function serviceRows(kind: ServiceKind, { loadBalancer, targetGroup, groupName }: ServiceSource): Row[] {
  const metric = (name: string, options: Record<string, unknown>, ofTarget = true): Row => {
    const dimensions = ['LoadBalancer', loadBalancer, ...(ofTarget ? ['TargetGroup', targetGroup] : [])];
    return ['AWS/ApplicationELB', name, ...dimensions, options];
  };
  const ofGroup = (namespace: string, name: string, label: string): Row[] => [
    [namespace, name, groupDimension, groupName, { stat: 'Average', label }],
  ];
  const hidden = (id: string) => ({ id, stat: 'Sum', visible: false });
  switch (kind) {
    case 'request-rate':
      return [
        [{ expression: 'counted / PERIOD(counted)', label: 'Requests per second', id: 'rate' }],
        metric('RequestCount', hidden('counted')),
      ];
    case 'latency-p50':
    case 'latency-p90':
    case 'latency-p95':
    case 'latency-p99': {
      const percentile = kind.slice('latency-'.length);
      return [metric('TargetResponseTime', { stat: percentile, label: percentile })];
    }
    case 'error-rate':
      return [
        [{ expression: errorRateExpression, label: 'Errors in percent', id: 'rate' }],
        [{ expression: 'FILL(counted, 0)', id: 'requests', visible: false }],
        [{ expression: 'FILL(service5xx, 0) + FILL(balancer5xx, 0)', id: 'errors', visible: false }],
        metric('RequestCount', hidden('counted')),
        metric('HTTPCode_Target_5XX_Count', hidden('service5xx')),
        metric('HTTPCode_ELB_5XX_Count', hidden('balancer5xx'), false),
      ];
    case 'cpu':
      return ofGroup('AWS/EC2', 'CPUUtilization', 'CPU');
    case 'memory':
      return ofGroup(agentNamespace, memoryMetric, 'Memory');
  }
}
