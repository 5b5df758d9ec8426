import * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../../plan/types';
import type { Broker } from '../../platform';
import type { Authority } from '../surroundings';
import { measuredOf } from './measured';
import { parts } from './names';
import { QueueExporter } from './queue-exporter';
import { ScalingMetrics } from './scaling-metrics';

/** Where the parts are put. */
export interface MetricsPlace {
  /** Begins their logical names. */
  name: string;
  namespace: pulumi.Input<string>;
  authorities?: Record<string, Authority>;
}

/** What serves external metrics, where the plan's autoscalers ask for them and nobody else on the cluster serves any. */
export function openScalingMetrics(
  plan: Plan,
  { name, namespace }: MetricsPlace,
  options: pulumi.ComponentResourceOptions,
): ScalingMetrics | undefined {
  const measured = measuredOf(plan);
  if (!measured || plan.accounts.kubernetes.externalMetrics === 'present') return undefined;
  const stack = { instance: plan.prefix, tags: plan.tags };
  return new ScalingMetrics(`${name}-metrics`, { stack, namespace, measured }, options);
}

/** What tells the depth of a broker's queues, whoever serves it to the autoscalers. */
export function openQueueExporter(
  plan: Plan,
  { name, namespace, authorities }: MetricsPlace,
  broker: Broker,
  options: pulumi.ComponentResourceOptions,
): QueueExporter {
  return new QueueExporter(
    `${name}-queues`,
    {
      identity: { name: parts.queues, instance: plan.prefix, tags: plan.tags },
      namespace,
      url: broker.connection.secret.value(),
      port: broker.connection.port,
      queues: broker.plan.queues,
      authorities,
    },
    options,
  );
}
