import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { queueMetricTypes } from './series';

export interface QueueMetricsArgs {
  /** Starts the metrics' names: small letters, digits and hyphens. **A change makes new ones, without a past.** */
  prefix: string;
}

/**
 * The two metrics that workers write of their queues: how many jobs wait, and for how long the oldest. An alert on a metric
 * that nobody has written yet is refused, so they are made first; autoscalers of worker groups read them.
 *
 * Cost: 0.258 USD per MiB of points taken in above the first 150; a point is 8 bytes, two queues of two metrics a minute
 * are 2 × 2 × 43,800 × 8 = 1.34 MiB a month.
 *
 * ```ts
 * const metrics = new QueueMetrics('shop-prod-queues', { prefix: 'shop-prod' });
 * ```
 */
export class QueueMetrics extends pulumi.ComponentResource {
  readonly depth: gcp.monitoring.MetricDescriptor;
  readonly wait: gcp.monitoring.MetricDescriptor;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, { prefix }: QueueMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('QueueMetrics', name, [
      must(/^[a-z][a-z0-9-]{0,62}$/.test(prefix), 'prefix', `"${prefix}" must be small letters, digits and hyphens`),
    ]);
    super('stackladder:gcp:QueueMetrics', name, {}, opts);
    const types = queueMetricTypes(prefix);
    this.depth = this.describe(name, 'depth', types.depth, 'Jobs that wait in a queue', '1');
    this.wait = this.describe(name, 'wait', types.wait, 'Seconds that the oldest job of a queue has waited', 's');
    this.registerOutputs({});
  }

  private describe(name: string, part: string, type: string, displayName: string, unit: string) {
    return new gcp.monitoring.MetricDescriptor(
      nameOf('gcp', name, part),
      {
        type,
        metricKind: 'GAUGE',
        valueType: 'INT64',
        unit,
        displayName,
        description: `${displayName}; workers measure it once a minute`,
        labels: [{ key: 'queue', valueType: 'STRING', description: 'Name of the queue' }],
      },
      { parent: this },
    );
  }
}
