import type { ServiceOverrides, Settings } from '../stacks/config/settings';
import type { Phase } from '../stacks/phase';
import type { ServiceNeeds } from '../systems/system';
import { fitPool } from './atlas-tiers';
import { regionsOn } from './regions';
import type { Capacity, PodPlan, ServicePlan } from './types';

/** Sizes one service: the system's numbers, the phase's place on the ladder, the stack's overrides, in that order. */
export function planService(
  needs: ServiceNeeds,
  phase: Phase,
  settings: Settings,
  /** Where it runs as pods: the machine of the nodes. */
  nodeMachine?: string,
  databaseTier?: string,
): ServicePlan {
  const overrides = settings.overrides.services[needs.name] ?? {};
  const capacity = capacityOf(needs, phase, overrides);
  return {
    name: needs.name,
    image: settings.images[needs.name] ?? '',
    port: needs.port,
    machine: nodeMachine ?? overrides.machine ?? machineOf(needs, phase, settings),
    capacity,
    pod: podOf(needs, overrides.pod),
    proxy: needs.proxy,
    healthCheck: needs.healthCheck,
    scaling: {
      cpuPercent: overrides.cpuPercent ?? needs.scaling.cpuPercent,
      memoryPercent: overrides.memoryPercent ?? needs.scaling.memoryPercent,
    },
    rateLimit: needs.rateLimit,
    idleTimeoutSeconds: needs.idleTimeoutSeconds,
    drainSeconds: needs.drainSeconds,
    diskGb: overrides.diskGb ?? needs.diskGb,
    environment: {
      ...needs.environment,
      ...poolVariables(needs, capacity.max * regionsOn(settings.cloud, phase.regions), databaseTier),
      ...overrides.environment,
    },
    connections: needs.connections,
  };
}

/** Starts at the phase's count of instances, kept inside the autoscaler's range. */
function capacityOf(
  needs: ServiceNeeds,
  phase: Phase,
  overrides: { minSize?: number; maxSize?: number; desiredCapacity?: number },
): Capacity {
  const min = overrides.minSize ?? needs.range.min;
  const max = overrides.maxSize ?? Math.max(needs.range.max, min);
  const desired = overrides.desiredCapacity ?? phase.appInstances.from;
  return { min, max, desired: Math.min(Math.max(desired, min), max) };
}

/** The system's pod, with the vertical step where a stack takes one. */
function podOf({ pod }: ServiceNeeds, own: ServiceOverrides['pod'] = {}): PodPlan {
  return {
    ...pod,
    requests: { cpu: own.cpuRequest ?? pod.requests.cpu, memory: own.memoryRequest ?? pod.requests.memory },
    limits: { cpu: own.cpuLimit ?? pod.limits.cpu, memory: own.memoryLimit ?? pod.limits.memory },
  };
}

function machineOf(needs: ServiceNeeds, phase: Phase, settings: Settings): string {
  const machine = needs.machines[settings.cloud]?.[phase.name];
  if (!machine) throw new Error(`${settings.system} names no machine for ${needs.name} on ${settings.cloud}`);
  return machine;
}

/** The pool that the guide asks for, made smaller where all instances together would pass the database's limit. */
function poolVariables(needs: ServiceNeeds, mostInstances: number, tier?: string): Record<string, string> {
  const pool = needs.databasePool;
  if (!pool) return {};
  const max = tier === undefined ? pool.max : fitPool(pool.max, tier, mostInstances);
  return { [pool.maxVariable]: String(max), [pool.minVariable]: String(Math.min(pool.min, max)) };
}
