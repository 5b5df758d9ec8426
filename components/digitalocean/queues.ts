import type { Plan, ServicePlan } from '../../plan/types';
import type { QueueWatch } from './droplet-pool/queue-watch';

/**
 * The queues that a plan watches, by the service whose droplets look at them: the first one that uses the broker. None on
 * a cluster, which has metrics of its own.
 */
export function watchedQueues(
  { alerts, broker, compute, services }: Plan,
  service: ServicePlan,
): { variable: string; watches: QueueWatch[] } | undefined {
  const user = services.find(({ connections }) => connections.broker !== undefined);
  const variable = user?.connections.broker;
  if (compute !== 'instances' || !broker || user?.name !== service.name || variable === undefined) return undefined;
  const watches = alerts.flatMap((alert) => {
    const queue = alert.kind === 'queue-depth' && broker.queues.find(({ name }) => name === alert.queue);
    return queue ? [{ queue: queue.name, key: queue.key, jobs: alert.jobs, minutes: alert.minutes }] : [];
  });
  return watches.length > 0 ? { variable, watches } : undefined;
}
