import type * as gcp from '@pulumi/gcp';
import type { OffHoursPlan, QueueScaling, ScalingCondition, ScalingRules } from '../../../plan/types';
import { workingHours } from './schedule';

type Policy = gcp.types.input.compute.RegionAutoscalerAutoscalingPolicy;
type Metric = gcp.types.input.compute.RegionAutoscalerAutoscalingPolicyMetric;

/** Seconds back that Compute Engine looks when it goes in: from one minute to one hour. */
const window = { least: 60, most: 3_600, usual: 600 };

interface Sizes {
  capacity: { min: number; max: number };
  /** Seconds that a new instance has before its load counts. */
  graceSeconds: number;
  offHours?: OffHoursPlan;
}

export interface ServiceSignals {
  /** Averages over the group, in percent. */
  scaling: { cpuPercent: number; memoryPercent: number };
  /** In their place where a guide writes them out. */
  scalingRules?: ScalingRules;
}

/**
 * How many instances of a service: the largest of what its signals ask for, so out on any of them and in when all agree.
 * Compute Engine knows nothing of memory; the Ops Agent on each instance reports it.
 */
export function servicePolicy({ scaling, scalingRules, ...sizes }: ServiceSignals & Sizes): Policy {
  if (!scalingRules) {
    const metrics = [memoryOf(scaling.memoryPercent)];
    return { ...shared(sizes, window.usual), cpuUtilization: { target: scaling.cpuPercent / 100 }, metrics };
  }
  const cpu = percentOf(scalingRules.out, 'cpu');
  const memory = percentOf(scalingRules.out, 'memory');
  const rated = requestsPerMinute(scalingRules) !== undefined;
  return {
    ...shared(sizes, inSeconds(scalingRules)),
    // Without a signal of its own an autoscaler takes the processors, and at a number that nobody chose.
    ...((cpu !== undefined || (memory === undefined && !rated)) && {
      cpuUtilization: { target: (cpu ?? scaling.cpuPercent) / 100 },
    }),
    ...(rated && { loadBalancingUtilization: { target: 1 } }),
    ...(memory !== undefined && { metrics: [memoryOf(memory)] }),
  };
}

/** Requests a minute that one instance answers: the balancer's own measure, which `ServiceEntry` is told too. */
export function requestsPerMinute(rules: ScalingRules | undefined): number | undefined {
  const found = rules?.out.find((condition) => condition.signal === 'requests-per-minute');
  return found?.signal === 'requests-per-minute' ? found.requests : undefined;
}

/** Where the workers' own timer writes what waits, as Cloud Monitoring names it. */
export interface QueueSeries {
  /** Types of the two metrics. */
  depth: string;
  wait: string;
  /** Picks the region's series of the queue. */
  filter: string;
}

/** How many workers: the queue's jobs shared out, and where the guide says so how long the oldest waits, and CPU. */
export function workerPolicy(scaling: QueueScaling, { depth, wait, filter }: QueueSeries, sizes: Sizes): Policy {
  const shareOut = (jobs: number): Metric => ({ name: depth, filter, singleInstanceAssignment: jobs });
  if (scaling.kind === 'target') {
    return { ...shared(sizes, clamped(scaling.cooldownSeconds)), metrics: [shareOut(scaling.jobs)] };
  }
  const cpu = scaling.out.find(({ signal }) => signal === 'cpu');
  return {
    ...shared(sizes, inSeconds(scaling)),
    ...(cpu?.signal === 'cpu' && { cpuUtilization: { target: cpu.percent / 100 } }),
    metrics: scaling.out.flatMap((condition): Metric[] => {
      if (condition.signal === 'depth-per-worker') return [shareOut(condition.jobs)];
      if (condition.signal === 'wait') return [{ name: wait, filter, type: 'GAUGE', target: condition.seconds }];
      return [];
    }),
  };
}

function shared({ capacity, graceSeconds, offHours }: Sizes, timeWindowSec: number): Policy {
  return {
    mode: 'ON',
    minReplicas: offHours ? 0 : capacity.min,
    maxReplicas: capacity.max,
    cooldownPeriod: graceSeconds,
    ...(offHours && { scalingSchedules: [workingHours(offHours, capacity.min)] }),
    // Out at once, in one by one, by the most that the window needed.
    scaleInControl: { timeWindowSec, maxScaledInReplicas: { fixed: 1 } },
  };
}

function memoryOf(percent: number): Metric {
  return {
    name: 'agent.googleapis.com/memory/percent_used',
    type: 'GAUGE',
    target: percent,
    filter: 'resource.type = "gce_instance" AND metric.labels.state = "used"',
  };
}

/** The longest that a condition for going in must last, and never shorter than the pause between two changes. */
function inSeconds(rules: { in: { minutes: number }[]; cooldownSeconds: number }): number {
  return clamped(Math.max(rules.cooldownSeconds, ...rules.in.map(({ minutes }) => minutes * 60)));
}

function clamped(seconds: number): number {
  return Math.min(window.most, Math.max(window.least, seconds));
}

function percentOf(conditions: ScalingCondition[], signal: 'cpu' | 'memory'): number | undefined {
  const found = conditions.find((condition) => condition.signal === signal);
  return found && 'percent' in found ? found.percent : undefined;
}
