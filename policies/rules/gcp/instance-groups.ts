import { expect, fail, inspect, type Judgement, pass, unknown } from '../../judge';
import type { ResourceRule, StackRule } from '../../rule';
import { findEach, referredBy } from '../../stack';
import { list, numeric, present, show, UNKNOWN } from '../../values';

const regional = 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager';
const zonal = 'gcp:compute/instanceGroupManager:InstanceGroupManager';
const groups = [regional, zonal];
const common = { severity: 'mandatory', scope: 'resource' } as const;

export const twoZones: ResourceRule = {
  ...common,
  id: 'gcp-group-two-zones',
  title: 'A managed instance group is regional and spans at least two zones',
  why: 'A zone can fail as a whole.',
  mend: 'Use a RegionInstanceGroupManager, with two or three distributionPolicyZones.',
  controls: [],
  types: groups,
  check: (resource) => [
    expect(resource.type === regional, 'it is in a single zone', 'zone'),
    // Without a list Google spreads it over the region.
    inspect(resource, ['distributionPolicyZones'], (zones) =>
      resource.type === zonal || !present(zones) || new Set(list(zones)).size >= 2
        ? undefined
        : `its zones are ${show(zones)}`,
    ),
  ],
};

export const autohealing: ResourceRule = {
  ...common,
  id: 'gcp-group-autohealing',
  title: 'A managed instance group replaces instances whose application does not answer',
  why: 'Otherwise only a machine that has stopped is made again; a hung application stays in the group.',
  mend: 'Set autoHealingPolicies with a health check and an initialDelaySec of 60 to 600 that covers the start.',
  controls: [],
  types: groups,
  check: (resource) => [
    inspect(resource, ['autoHealingPolicies'], (policy) =>
      present(policy) ? undefined : 'it has no autoHealingPolicies',
    ),
    inspect(resource, ['autoHealingPolicies.initialDelaySec'], (delay) => {
      const seconds = numeric(delay);
      if (!present(delay) || (seconds !== undefined && seconds >= 60 && seconds <= 600)) return undefined;
      return `initialDelaySec is ${show(delay)}`;
    }),
  ],
};

export const updatePolicy: ResourceRule = {
  ...common,
  id: 'gcp-group-update-policy',
  title: 'A managed instance group rolls a new template out by itself, without taking capacity away',
  why: 'An OPPORTUNISTIC group keeps old instances for ever; one that takes many away makes each release an outage.',
  mend: "Set updatePolicy.type to 'PROACTIVE', maxUnavailableFixed to 0 and maxSurgeFixed to the number of zones.",
  controls: [],
  types: groups,
  check: (resource) => [
    inspect(resource, ['updatePolicy.type'], (type) =>
      type === 'PROACTIVE' ? undefined : `updatePolicy.type is ${show(type)}`,
    ),
    inspect(resource, ['updatePolicy.maxUnavailableFixed', 'updatePolicy.maxUnavailablePercent'], (fixed, percent) => {
      // Google's own default is one instance in each zone.
      if (present(fixed) && numeric(fixed) === 0) return undefined;
      if (present(percent) && (numeric(percent) ?? 100) <= 10) return undefined;
      return `maxUnavailable is ${show(present(fixed) ? fixed : percent)}`;
    }),
  ],
};

export const autoscaled: StackRule = {
  id: 'gcp-group-autoscaler',
  title: 'A managed instance group has an autoscaler, which alone owns its size',
  why: 'Without one it never grows; with a targetSize beside it every update sets the count back.',
  mend: 'Add a RegionAutoscaler whose target is the group, and leave targetSize out or in ignoreChanges.',
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types: groups,
  check(stack) {
    const scalers = stack.ofType('gcp:compute/regionAutoscaler:RegionAutoscaler', 'gcp:compute/autoscaler:Autoscaler');
    return findEach(stack, groups, (group): Judgement[] => {
      // A size to start from is none that an update sets back.
      const sized = present(group.props.targetSize) && !group.ignoreChanges?.includes('targetSize');
      const scaled = referredBy(scalers, 'target', group);
      if (scaled === UNKNOWN) return [unknown('target')];
      if (!scaled) return [fail('no autoscaler has it as its target')];
      return [sized ? fail('targetSize is set, and an autoscaler owns the size') : pass];
    });
  },
};

export const gcpGroupRules = [twoZones, autohealing, updatePolicy, autoscaled];
