import { stringify } from 'yaml';
import type { Measured } from './measured';
import { signals } from './names';

/**
 * What prometheus-adapter serves as `external.metrics.k8s.io`: each signal under its own name. An autoscaler asks in its
 * own namespace, which becomes a label of the query, and with the labels of its selector.
 */
export function adapterConfig({ namespace, services, workers, queues }: Measured): string {
  const rule = (name: string, label: string) => ({
    seriesQuery: `{__name__="${name}",namespace="${namespace}"}`,
    metricsQuery: `max by (${label}) (<<.Series>>{<<.LabelMatchers>>})`,
    resources: { overrides: { namespace: { resource: 'namespace' } } },
  });
  return stringify({
    externalRules: [
      ...(queues.length > 0 ? [rule(signals.depth, 'queue'), rule(signals.wait, 'queue')] : []),
      ...(services.length > 0 ? [rule(signals.service, 'service')] : []),
      ...(workers.length > 0 ? [rule(signals.worker, 'worker')] : []),
    ],
  });
}
