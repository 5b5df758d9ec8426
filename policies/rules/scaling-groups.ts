import { boundsOf, groupOf } from '../bounds';
import { expect, inspect, type Judgement, pass } from '../judge';
import type { Resource, ResourceRule, StackRule } from '../rule';
import { findEach, referredBy } from '../stack';
import { autoscalers, fixedAt, inOrder, leastOfHours, rangeOf, ranges, withinPhase } from '../ranges';
import { workerOf } from '../roles';
import { at, list, numeric, present, show, UNKNOWN } from '../values';

const group = 'aws:autoscaling/group:Group';
const types = [group];
/** These take no labels, so only the whole stack says which phase they are of. */
const unlabelled = ['gcp:compute/regionAutoscaler:RegionAutoscaler', 'gcp:compute/autoscaler:Autoscaler'];

export const twoReplicas: ResourceRule = {
  id: 'group-two-replicas',
  title: 'What serves traffic keeps at least two instances or pods; in dev at least the least of its own range',
  why: 'One instance is one failure, one bad deploy or one zone away from no service.',
  mend: 'Set minSize to 2 or more (in overrides.services, or overrides.workers), and desiredCapacity to 2 or more or leave it out.',
  severity: 'mandatory',
  controls: ['kube-linter hpa-minimum-three-replicas'],
  scope: 'resource',
  types: Object.keys(ranges),
  check(resource, context) {
    if (asleep(resource)) return [pass];
    const { min: least, start } = rangeOf(resource);
    // In staging and prod two is the floor whatever the tables say.
    const floor = context.environment === 'dev' ? (boundsOf(context, groupOf(resource, context)).minInstances ?? 1) : 2;
    const enough = inspect(resource, [least], (min) =>
      Math.max(numeric(min) ?? 0, context.environment === 'prod' ? 0 : (leastOfHours(resource) ?? 0)) >= floor
        ? undefined
        : `${least} is ${show(min)}, at least ${floor} is needed`,
    );
    if (start === undefined) return [enough];
    const startsWith = inspect(resource, [start], (first) =>
      !present(first) || (numeric(first) ?? 0) >= floor
        ? undefined
        : `${start} is ${show(first)}, at least ${floor} is needed`,
    );
    return fixedAt(resource) === undefined ? [enough, startsWith] : [startsWith];
  },
};

/** Out of hours, by a schedule that owns the sizes: an update at night sees them as they are, and leaves them alone. */
function asleep(resource: Resource): boolean {
  const { min } = rangeOf(resource);
  return (resource.ignoreChanges?.includes(min) ?? false) && numeric(at(resource.props, min)) === 0;
}

export const groupBounds: ResourceRule = {
  id: 'group-bounds',
  title: "The greatest count is not below the least, the start lies between, and all stay within the phase's bounds",
  why: 'A range that is inverted never scales; one beyond the phase can cost many times what the phase is meant to.',
  mend: "Set minSize <= desiredCapacity <= maxSize within the system's range, or move the system a phase up.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: Object.keys(ranges).filter((type) => !unlabelled.includes(type)),
  check: (resource, context) => [
    ...inOrder(resource),
    withinPhase(resource, boundsOf(context, groupOf(resource, context)).maxInstances, context.phase),
  ],
};

export const unlabelledBounds: StackRule = {
  ...groupBounds,
  id: 'autoscaler-bounds',
  title: "A Google Cloud autoscaler's range is in order and within the phase's bounds",
  scope: 'stack',
  types: unlabelled,
  check: (stack, context) =>
    findEach(stack, unlabelled, (resource) => [
      ...inOrder(resource),
      withinPhase(resource, boundsOf(context, groupOf(resource, context)).maxInstances, context.phase),
    ]),
};

export const autoscalerRoom: ResourceRule = {
  id: 'autoscaler-room',
  title: 'An autoscaler can add at least one instance or pod to the least count',
  why: 'Where the greatest count is the least one, load is never answered, and nothing looks wrong until then.',
  mend: 'Raise the greatest count above the least (maxSize in overrides.services, or overrides.workers).',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: autoscalers,
  check(resource, context) {
    const { min, max } = rangeOf(resource);
    // Workers whose jobs must not be cut keep their number where a cloud gives them no time to end one.
    if (fixedAt(resource) !== undefined && workerOf(resource, context)) return [pass];
    return [
      inspect(resource, [min, max], (least, most) =>
        (numeric(most) ?? 0) > (numeric(least) ?? 0) ? undefined : `${max} is ${show(most)} and ${min} ${show(least)}`,
      ),
    ];
  },
};

export const groupTwoZones: ResourceRule = {
  id: 'group-two-zones',
  title: 'A group spans at least two zones',
  why: 'A zone can fail as a whole.',
  mend: 'Give vpcZoneIdentifiers a subnet in each of two or three zones.',
  severity: 'mandatory',
  controls: ['AWS FSBP AutoScaling.2'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['vpcZoneIdentifiers', 'availabilityZones'], (subnets, zones) => {
      const count = Math.max(distinct(resource, 'vpcZoneIdentifiers'), distinct(resource, 'availabilityZones'));
      if (count >= 2) return undefined;
      return `it spans ${count} zone${count === 1 ? '' : 's'}: ${show(present(subnets) ? subnets : zones)}`;
    }),
  ],
};

export const groupScalingPolicy: StackRule = {
  id: 'group-scaling-policy',
  title: 'A group has a scaling policy',
  why: 'A range without a policy never moves: the maximum is there and nobody goes to it.',
  mend: "Add an aws.autoscaling.Policy with the guide's target for the group.",
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types,
  check(stack) {
    const policies = stack.ofType('aws:autoscaling/policy:Policy');
    return findEach(stack, types, (resource): Judgement[] => [
      fixedSize(resource)
        ? pass
        : expect(
            referredBy(policies, 'autoscalingGroupName', resource),
            'no scaling policy names it',
            'autoscalingGroupName',
          ),
    ]);
  },
};

/** Entries that differ; ones that are not known yet count, for two unknown subnets are two subnets. */
function distinct(resource: Resource, property: string): number {
  const entries = list(resource.props[property]);
  const known = entries.filter((entry) => entry !== UNKNOWN);
  return new Set(known).size + (entries.length - known.length);
}

/** A group that is one size on purpose has nothing to scale. */
function fixedSize(resource: Resource): boolean {
  const same = inspect(resource, ['minSize', 'maxSize'], (min, max) =>
    numeric(min) !== undefined && numeric(min) === numeric(max) ? undefined : 'it has a range',
  );
  return same.state === 'pass';
}

export const scalingGroupRules = [
  twoReplicas,
  groupBounds,
  unlabelledBounds,
  autoscalerRoom,
  groupTwoZones,
  groupScalingPolicy,
];
