import * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../../plan/types';
import type { Broker } from '../../platform';
import type { Authority } from '../surroundings';
import { measuredOf } from './measured';
import { parts } from './names';
import { QueueExporter } from './queue-exporter';
import { ScalingMetrics } from './scaling-metrics';
import { SignalRecording } from './signal-recording';

/** Where the parts are put. */
export interface MetricsPlace {
  /** Begins their logical names. */
  name: string;
  namespace: pulumi.Input<string>;
  authorities?: Record<string, Authority>;
}

/**
 * What measures and serves external metrics, where the plan's autoscalers ask for them. Where somebody else serves them on
 * the cluster, rules for the Prometheus that is there.
 *
 * @returns whether services are measured from here
 */
export function openScalingMetrics(
  plan: Plan,
  { name, namespace }: MetricsPlace,
  options: pulumi.ComponentResourceOptions,
): boolean {
  const measured = measuredOf(plan);
  if (!measured) return false;
  const { prefix: instance, tags, accounts } = plan;
  const { externalMetrics, monitoring } = accounts.kubernetes;
  if (externalMetrics === 'ours') {
    new ScalingMetrics(`${name}-metrics`, { stack: { instance, tags }, namespace, measured }, options);
    return true;
  }
  const identity = { name: parts.signals, instance, tags };
  if (monitoring) new SignalRecording(`${name}-signals`, { identity, namespace, measured }, options);
  return false;
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
