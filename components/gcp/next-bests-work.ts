import type { Plan, RoutingPlan, ScalingCondition, ScalingRules, ServicePlan, WorkerPlan } from '../../plan/types';

/** What instance groups do in place of a guide's scaling, routing and workers. One sentence each. */
export function ofScaling({ name, scalingRules: rules }: ServicePlan): string[] {
  if (!rules) return [];
  const unsaid = rules.out.map(unsaidSignal).filter((words) => words !== undefined);
  return [
    `${name}: an autoscaler keeps a size at which no signal is above its threshold, at once and not after the guide's minutes; ` +
      `it goes in by one as soon as fewer instances would have kept all of them in the last ${inMinutes(rules)} minutes, for ` +
      `thresholds of going in (${rules.in.map(wordsOf).join(', ')}) cannot be said.`,
    ...(unsaid.length > 0
      ? [
          `${name}: the autoscaler cannot read ${unsaid.join(' and ')}; CPU, memory and requests act in their stead, and an alert tells.`,
        ]
      : []),
  ];
}

export function ofRouting({ name, routing }: ServicePlan): string[] {
  if (!routing) return [];
  return [...ofAffinity(name, routing), ...ofHosts(name, routing)];
}

function ofAffinity(name: string, { affinitySeconds, algorithm }: RoutingPlan): string[] {
  if (affinitySeconds === undefined) return [];
  const least = algorithm === 'least-outstanding-requests' ? ' Fewest requests cannot be had together with it.' : '';
  return [
    `${name}: in place of source-IP affinity a cookie of the balancer leads a client to the same instance for ` +
      `${affinitySeconds} s, by consistent hashing (Maglev), the only way of picking that keeps affinity.${least}`,
  ];
}

function ofHosts(name: string, { rules }: RoutingPlan): string[] {
  const hosts = [...new Set(rules.flatMap((rule) => rule.hosts ?? []))];
  if (hosts.length === 0) return [];
  return [
    `${name}: the certificate that is made is of the stack's own name. For ${hosts.join(', ')} make a record, and name a ` +
      'certificate map that has it in gcp.certificateMap.',
  ];
}

/** What a group of workers does in place of the guide's words. */
export function ofWorker({ name, scaling, spot, drainSeconds }: WorkerPlan): string[] {
  const sizes =
    scaling.kind === 'target'
      ? `${name}: an autoscaler shares the queue out, one worker for every ${scaling.jobs} jobs that wait.`
      : `${name}: an autoscaler keeps a size at which nothing is above its threshold, at once; it goes in by one when the last ` +
        `${inMinutes(scaling)} minutes allow it, and a threshold for going in cannot be said.`;
  if (!spot || drainSeconds <= SPOT_SECONDS) return [sizes];
  return [
    sizes,
    `${name}: spot capacity is taken back with ${SPOT_SECONDS} s of notice, so a job that takes longer is cut and goes back ` +
      `to the queue; the drain time of ${drainSeconds} s is not given.`,
  ];
}

/** Notice that Google gives before it takes spot capacity back. */
const SPOT_SECONDS = 30;

export function ofOffHours({ offHours, relationalDatabase, environment }: Plan): string[] {
  if (!offHours) return [];
  const database = relationalDatabase ? ' The database stays on.' : '';
  return [
    `Off-hours in ${environment}: groups have no least outside ${offHours.from} to ${offHours.to} (${offHours.timezone}) and ` +
      `go in as far as load lets them.${database}`,
  ];
}

const wordsOf = (condition: ScalingCondition): string => {
  if ('percent' in condition) return `${condition.signal} ${condition.percent} %`;
  if ('millis' in condition) return `response time ${condition.millis} ms`;
  return `${condition.requests} requests`;
};

function unsaidSignal(condition: ScalingCondition): string | undefined {
  if (condition.signal === 'latency') {
    return `the response time (${condition.percentile === undefined ? 'mean' : `p${condition.percentile}`} > ${condition.millis} ms)`;
  }
  return condition.signal === 'requests-in-flight' ? `requests in flight (> ${condition.requests})` : undefined;
}

function inMinutes({
  in: conditions,
  cooldownSeconds,
}: ScalingRules | { in: { minutes: number }[]; cooldownSeconds: number }) {
  return Math.max(Math.ceil(cooldownSeconds / 60), ...conditions.map(({ minutes }) => minutes));
}
