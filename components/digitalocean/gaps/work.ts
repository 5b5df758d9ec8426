import type { Plan, ScalingCondition, ServicePlan, WorkerPlan } from '../../../plan/types';
import { LONGEST_COOKIE, LONGEST_DRAIN } from '../droplet-pool/argument-faults';
import { cpuTargetOf } from '../worker-pool/scaling';

/** What droplets do in place of what a plan asks of a service's size. */
export function scalingGaps({ name, scalingRules: rules, scaling }: ServicePlan): string[] {
  if (!rules) return [];
  const unknown = [...new Set(rules.out.map(({ signal }) => signal).filter((signal) => signal in strangers))];
  const asked = rules.in.map(wordsOf).join(' and ');
  return [
    `${name}: a droplet pool keeps its averages of CPU (${scaling.cpuPercent} %) and memory (${scaling.memoryPercent} %) ` +
      `by its own reckoning, in both directions. It knows no minutes, nothing to shrink at (${asked})` +
      `${unknown.length > 0 ? `, and ${unknown.map((signal) => strangers[signal]).join(', ')}` : ''}.`,
  ];
}

/** What droplets cannot be scaled by. */
const strangers: Partial<Record<ScalingCondition['signal'], string>> = {
  'requests-per-minute': 'no requests a minute',
  'requests-in-flight': 'no requests in flight',
  latency: 'no response time',
};

function wordsOf(condition: ScalingCondition): string {
  switch (condition.signal) {
    case 'cpu':
    case 'memory':
      return `${condition.signal} below ${condition.percent} %`;
    case 'latency':
      return `responses below ${condition.millis} ms`;
    default:
      return `fewer than ${condition.requests} requests`;
  }
}

/** The same of how requests find a droplet. */
export function routingGaps({ name, routing }: ServicePlan): string[] {
  if (!routing) return [];
  const { algorithm, affinitySeconds, rules } = routing;
  return [
    ...(algorithm === 'least-outstanding-requests'
      ? [`${name}: how DigitalOcean's balancer picks a droplet cannot be chosen; least connections is not asked for.`]
      : []),
    ...(affinitySeconds === undefined
      ? []
      : [
          `${name}: DigitalOcean's balancer keeps no client by its address. A cookie leads it to the same droplet for ` +
            `${Math.min(affinitySeconds, LONGEST_COOKIE)} s.`,
        ]),
    ...(rules.length > 0
      ? [`${name}: the balancer has no rules by path, host or query; nginx on each droplet keeps the plan's.`]
      : []),
  ];
}

/** The same of workers on droplets. */
export function workerGaps({ name, capacity, drainSeconds, scaling }: WorkerPlan): string[] {
  return [
    `${name}: DigitalOcean scales droplets by CPU and memory alone, not by what waits in a queue. The pool keeps ` +
      `${cpuTargetOf(scaling)} % CPU between ${capacity.min} and ${capacity.max} droplets; raise the least where jobs wait ` +
      'on others and use none.',
    ...(drainSeconds > LONGEST_DRAIN
      ? [
          `${name}: a droplet has 60 s to shut down, not ${drainSeconds}. A job that runs longer is cut when the pool ` +
            'shrinks or takes a new image, and goes back to the queue.',
        ]
      : []),
  ];
}

/** Of both kinds of compute. */
export function spotGaps({ workers }: Plan): string[] {
  return workers
    .filter(({ spot }) => spot)
    .map(({ name }) => `${name}: DigitalOcean sells no spare capacity; it runs on ordinary droplets at their price.`);
}

export function offHoursGaps({ offHours }: Plan, droplets: boolean): string[] {
  if (!offHours) return [];
  const what = droplets ? 'Droplet pools have no schedule, and databases' : 'Databases';
  return [`Out of hours: ${what} cannot be stopped; they run, and cost, as by day.`];
}
