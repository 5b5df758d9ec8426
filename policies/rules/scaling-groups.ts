import { boundsOf } from '../bounds';
import { tagsOf } from '../context';
import { expect, inspect, type Judgement, pass } from '../judge';
import type { Resource, ResourceRule, StackRule } from '../rule';
import { findEach, referredBy } from '../stack';
import { list, numeric, present, show, UNKNOWN } from '../values';

const group = 'aws:autoscaling/group:Group';
const types = [group];

export const twoReplicas: ResourceRule = {
  id: 'group-two-replicas',
  title: 'A group that serves traffic keeps at least two instances; in dev at least the least of its own range',
  why: 'One instance is one failure, one bad deploy or one zone away from no service.',
  mend: 'Set minSize to 2 or more (overrides.services.<service>.minSize), and desiredCapacity to 2 or more or leave it out.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types,
  check(resource, context) {
    // In staging and prod two is the floor whatever the tables say.
    const floor = context.environment === 'dev' ? (boundsOf(context, tagsOf(resource)?.Service).minInstances ?? 1) : 2;
    return [
      inspect(resource, ['minSize'], (min) =>
        (numeric(min) ?? 0) >= floor ? undefined : `minSize is ${show(min)}, at least ${floor} is needed`,
      ),
      inspect(resource, ['desiredCapacity'], (desired) =>
        !present(desired) || (numeric(desired) ?? 0) >= floor
          ? undefined
          : `desiredCapacity is ${show(desired)}, at least ${floor} is needed`,
      ),
    ];
  },
};

export const groupBounds: ResourceRule = {
  id: 'group-bounds',
  title: "A group's max is not below its min, desired lies between, and all stay within the phase's bounds",
  why: 'A range that is inverted never scales; one beyond the phase can cost many times what the phase is meant to.',
  mend: "Set minSize <= desiredCapacity <= maxSize within the system's range, or move the system a phase up.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types,
  check(resource, context) {
    const { maxInstances } = boundsOf(context, tagsOf(resource)?.Service);
    return [
      inspect(resource, ['minSize', 'maxSize'], (min, max) => {
        const [from, to] = [numeric(min), numeric(max)];
        if (from === undefined || to === undefined) return `minSize is ${show(min)} and maxSize is ${show(max)}`;
        return to >= from ? undefined : `maxSize ${to} is below minSize ${from}`;
      }),
      inspect(resource, ['minSize', 'maxSize', 'desiredCapacity'], (min, max, desired) => {
        const wanted = numeric(desired);
        if (wanted === undefined || (wanted >= (numeric(min) ?? wanted) && wanted <= (numeric(max) ?? wanted))) return;
        return `desiredCapacity ${wanted} is outside ${show(min)} to ${show(max)}`;
      }),
      inspect(resource, ['maxSize'], (max) => {
        if (maxInstances === undefined) return UNKNOWN;
        const to = numeric(max);
        if (to === undefined || to <= maxInstances) return undefined;
        return `maxSize ${to} is above ${maxInstances}, the most that ${context.phase ?? 'the phase'} allows`;
      }),
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

export const scalingGroupRules = [twoReplicas, groupBounds, groupTwoZones, groupScalingPolicy];
