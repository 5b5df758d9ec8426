import { inspect, type Judgement, pass } from './judge';
import type { Resource } from './rule';
import { at, list, numeric, present, show, UNKNOWN, type Value } from './values';

/** Where a type says between which counts it scales, and where it starts. */
export interface Range {
  min: string;
  max: string;
  start?: string;
}

/** Every type that scales what serves traffic. */
export const ranges: Record<string, Range> = {
  'aws:autoscaling/group:Group': { min: 'minSize', max: 'maxSize', start: 'desiredCapacity' },
  'gcp:compute/regionAutoscaler:RegionAutoscaler': policy('autoscalingPolicy', 'Replicas'),
  'gcp:compute/autoscaler:Autoscaler': policy('autoscalingPolicy', 'Replicas'),
  'digitalocean:index/dropletAutoscale:DropletAutoscale': {
    ...policy('config', 'Instances'),
    start: 'config.targetNumberInstances',
  },
  'kubernetes:autoscaling/v2:HorizontalPodAutoscaler': policy('spec', 'Replicas'),
};

/** Those of them whose count an autoscaler owns from the first minute: one size is no range there. */
export const autoscalers = Object.keys(ranges).filter((type) => !type.startsWith('aws:'));

function policy(holder: string, what: string): Range {
  return { min: `${holder}.min${what}`, max: `${holder}.max${what}` };
}

export function rangeOf(resource: Resource): Range {
  return ranges[resource.type] ?? { min: 'min', max: 'max' };
}

/** How many there are where their number is fixed on purpose, and nothing scales it; undefined where something does. */
export function fixedAt(resource: Resource): Value {
  const { min, max, start } = rangeOf(resource);
  if (start === undefined || present(at(resource.props, min)) || present(at(resource.props, max))) return undefined;
  return at(resource.props, start);
}

/** The least during the hours of work, where a schedule of the autoscaler says it. */
export function leastOfHours(resource: Resource): number | undefined {
  const schedules = list(at(resource.props, 'autoscalingPolicy.scalingSchedules'));
  const counts = schedules.map((schedule) => numeric(at(schedule, 'minRequiredReplicas')) ?? 0);
  return counts.length > 0 ? Math.max(...counts) : undefined;
}

/** Max not below min, the start between them; a start that an autoscaler owns since may lie outside of new bounds. */
export function inOrder(resource: Resource): Judgement[] {
  const { min, max, start } = rangeOf(resource);
  if (fixedAt(resource) !== undefined) return [pass];
  const order = inspect(resource, [min, max], (least, most) => {
    const [from, to] = [numeric(least), numeric(most)];
    if (from === undefined || to === undefined) return `${min} is ${show(least)} and ${max} is ${show(most)}`;
    return to >= from ? undefined : `${max} ${to} is below ${min} ${from}`;
  });
  if (start === undefined || resource.ignoreChanges?.includes(start)) return [order];
  const between = inspect(resource, [min, max, start], (least, most, first) => {
    const wanted = present(first) ? numeric(first) : undefined;
    if (wanted === undefined || (wanted >= (numeric(least) ?? wanted) && wanted <= (numeric(most) ?? wanted))) return;
    return `${start} ${wanted} is outside ${show(least)} to ${show(most)}`;
  });
  return [order, between];
}

/** Max not above the most that the phase allows; unknown where nothing says what that is. */
export function withinPhase(resource: Resource, most: number | undefined, phase: string | undefined): Judgement {
  const { max, start } = rangeOf(resource);
  const fixed = fixedAt(resource) !== undefined && start !== undefined;
  return inspect(resource, [fixed ? start : max], (value) => {
    if (most === undefined) return UNKNOWN;
    const to = numeric(value);
    if (to === undefined || to <= most) return undefined;
    return `${fixed ? start : max} ${to} is above ${most}, the most that ${phase ?? 'the phase'} allows`;
  });
}
