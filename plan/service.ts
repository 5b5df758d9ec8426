import type { ServiceOverrides, Settings } from '../stacks/config/settings';
import type { Phase } from '../stacks/phase';
import type { ServiceNeeds } from '../systems/system';
import { capacityOf } from './capacity';
import { clientHeaderOf } from './front-door';
import { planRouting } from './routing';
import { sizeOf } from './sizes';
import type { PodPlan, ScalingCondition, ScalingRules, ServicePlan } from './types';

/** What the connections of all services together make of one service. */
export interface ServiceConnections {
  /** Plain variables that carry the pool. */
  variables: Record<string, string>;
  pooler?: ServicePlan['pooler'];
}

/** Sizes one service: the system's numbers, the phase's place on the ladder, the stack's overrides, in that order. */
export function planService(
  needs: ServiceNeeds,
  phase: Phase,
  settings: Settings,
  names: { domain: string; content: string },
  { variables, pooler }: ServiceConnections,
  /** Where it runs as pods: the machine of the nodes. */
  nodeMachine?: string,
): ServicePlan {
  const overrides = settings.overrides.services[needs.name] ?? {};
  return {
    name: needs.name,
    image: settings.images[needs.name] ?? '',
    port: needs.port,
    machine: nodeMachine ?? overrides.machine ?? machineOf(needs, phase, settings),
    capacity: capacityOf(needs.range, phase, overrides),
    pod: podOf(needs, overrides.pod),
    proxy: needs.proxy,
    healthCheck: needs.healthCheck,
    scaling: {
      cpuPercent: overrides.cpuPercent ?? needs.scaling.cpuPercent,
      memoryPercent: overrides.memoryPercent ?? needs.scaling.memoryPercent,
    },
    scalingRules: rulesOf(needs.scalingRules, overrides),
    routing: planRouting(needs.routing, names),
    rateLimit: needs.rateLimit && { ...needs.rateLimit, clientHeader: clientHeaderOf(settings) },
    idleTimeoutSeconds: needs.idleTimeoutSeconds,
    drainSeconds: needs.drainSeconds,
    diskGb: overrides.diskGb ?? needs.diskGb,
    environment: { ...needs.environment, ...variables, ...overrides.environment },
    connections: needs.connections,
    pooler,
  };
}

/** The system's pod, with the vertical step where a stack takes one. */
export function podOf<P extends Pick<PodPlan, 'requests' | 'limits'>>(
  { pod }: { pod: P },
  own: ServiceOverrides['pod'] = {},
): P {
  return {
    ...pod,
    requests: { cpu: own.cpuRequest ?? pod.requests.cpu, memory: own.memoryRequest ?? pod.requests.memory },
    limits: { cpu: own.cpuLimit ?? pod.limits.cpu, memory: own.memoryLimit ?? pod.limits.memory },
  };
}

export function machineOf(needs: Pick<ServiceNeeds, 'name' | 'machines'>, phase: Phase, settings: Settings): string {
  const sizes = needs.machines[settings.cloud];
  if (!sizes) throw new Error(`${settings.system} names no machine for ${needs.name} on ${settings.cloud}`);
  return sizeOf(sizes, phase.name, settings.environment);
}

/** The guide's rules, with the stack's own thresholds of CPU and memory above which instances are added. */
function rulesOf(rules: ScalingRules | undefined, own: ServiceOverrides): ScalingRules | undefined {
  if (!rules) return undefined;
  const given = { cpu: own.cpuPercent, memory: own.memoryPercent };
  const out = rules.out.map((condition): ScalingCondition => {
    if (condition.signal !== 'cpu' && condition.signal !== 'memory') return condition;
    return { ...condition, percent: given[condition.signal] ?? condition.percent };
  });
  return { ...rules, out };
}
