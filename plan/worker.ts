import type { Settings } from '../stacks/config/settings';
import type { Phase } from '../stacks/phase';
import type { WorkerNeeds } from '../systems/system';
import { capacityOf } from './capacity';
import { machineOf, podOf, type ServiceConnections } from './service';
import type { QueuePlan, WorkerPlan } from './types';

/** Sizes one kind of worker, in the same order as a service: system, phase, overrides. */
export function planWorker(
  needs: WorkerNeeds,
  queues: QueuePlan[],
  phase: Phase,
  settings: Settings,
  { variables, pooler }: ServiceConnections,
  /** Where it runs as pods: the machine of the nodes. */
  nodeMachine?: string,
): WorkerPlan {
  const own = settings.overrides.workers[needs.name] ?? {};
  const queue = queues.find(({ name }) => name === needs.queue);
  if (!queue) throw new Error(`${settings.system} has no queue ${needs.queue} for ${needs.name}`);
  return {
    name: needs.name,
    image: settings.images[needs.image] ?? '',
    command: needs.command,
    machine: nodeMachine ?? own.machine ?? machineOf(needs, phase, settings),
    capacity: capacityOf(needs.range, phase, own),
    pod: podOf(needs, own.pod),
    queue,
    scaling: needs.scaling,
    spot: own.spot ?? needs.spot,
    drainSeconds: needs.drainSeconds,
    diskGb: own.diskGb ?? needs.diskGb,
    environment: { ...needs.environment, ...variables, ...own.environment },
    connections: needs.connections,
    pooler,
  };
}
