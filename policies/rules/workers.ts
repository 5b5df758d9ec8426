import { expect, fail, inspect, type Judgement, pass, unknown } from '../judge';
import { brokersOf, deployment, group, groupManager, workerGroups, workerOf } from '../roles';
import type { Resource, ResourceRule, StackRule } from '../rule';
import { findEach, referredBy, type Stack } from '../stack';
import { at, flag, numeric, show, UNKNOWN, type Value } from '../values';

const common = { severity: 'mandatory', controls: [] as string[] } as const;

export const workerBroker: StackRule = {
  ...common,
  scope: 'stack',
  types: workerGroups,
  id: 'worker-has-broker',
  title: 'Workers take jobs from a broker of their own, not from the cache',
  why: 'A cache is sharded and drops what is old; jobs in it are lost without anybody knowing.',
  mend: "Keep the system's broker in the stack, beside its cache.",
  check: (stack, context) =>
    findEach(stack, workerGroups, (resource): Judgement[] =>
      workerOf(resource, context) ? [expect(brokersOf(stack).length > 0, 'there is no broker', '')] : [pass],
    ),
};

const hook = 'aws:autoscaling/lifecycleHook:LifecycleHook';
const terminating = 'autoscaling:EC2_INSTANCE_TERMINATING';

export const workerDrain: StackRule = {
  ...common,
  scope: 'stack',
  types: [group, deployment],
  id: 'worker-drains',
  title: 'A worker that leaves may end the job that it has',
  why: 'A job that is cut runs twice or half, whenever the group shrinks or gets a new image.',
  mend: "Add a lifecycle hook for terminating instances; set terminationGracePeriodSeconds to the worker's drain time.",
  check: (stack, context) =>
    findEach(stack, [group, deployment], (resource): Judgement[] => {
      const worker = workerOf(resource, context);
      if (!worker) return [pass];
      if (resource.type === group) return [hasHook(stack, resource)];
      return [
        inspect(resource, ['spec.template.spec.terminationGracePeriodSeconds'], (seconds) =>
          (numeric(seconds) ?? 30) >= worker.drainSeconds
            ? undefined
            : `its pods have ${seconds === undefined ? 30 : show(seconds)} seconds, ${worker.drainSeconds} are needed`,
        ),
      ];
    }),
};

function hasHook(stack: Stack, resource: Resource): Judgement {
  const own = at(resource.props, 'initialLifecycleHooks');
  if (Array.isArray(own) && own.some((one) => at(one, 'lifecycleTransition') === terminating)) return pass;
  const hooks = stack.ofType(hook).filter(({ props }) => props.lifecycleTransition === terminating);
  return expect(
    referredBy(hooks, 'autoscalingGroupName', resource),
    'no lifecycle hook waits for its terminating instances',
    'autoscalingGroupName',
  );
}

/** By type: where it says that its machines are spare capacity, and the value that says so. */
const spare: Record<string, [path: string, says: (value: Value) => boolean][]> = {
  'aws:ec2/launchTemplate:LaunchTemplate': [['instanceMarketOptions.marketType', (value) => value === 'spot']],
  [group]: [
    [
      'mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity',
      (value) => (numeric(value) ?? 100) < 100,
    ],
  ],
  'aws:eks/nodeGroup:NodeGroup': [['capacityType', (value) => value === 'SPOT']],
  'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate': [
    ['scheduling.provisioningModel', (value) => value === 'SPOT'],
    ['scheduling.preemptible', flag],
  ],
  'gcp:container/nodePool:NodePool': [
    ['nodeConfig.spot', flag],
    ['nodeConfig.preemptible', flag],
  ],
};

export const spotOnlyNonCritical: ResourceRule = {
  ...common,
  scope: 'resource',
  types: Object.keys(spare),
  id: 'spot-only-non-critical',
  title: 'Spare capacity carries only workers whose jobs are not critical',
  why: 'The cloud takes it back with a minute or two of notice, and from all instances of a kind at once.',
  mend: 'Leave spot off (overrides.workers.<worker>.spot), or name the worker non-critical in its system.',
  check: (resource, context) =>
    (spare[resource.type] ?? []).map(([path, says]) => {
      const value = at(resource.props, path);
      if (value === UNKNOWN) return unknown(path);
      if (!says(value)) return pass;
      const worker = workerOf(resource, context);
      return worker?.spot
        ? pass
        : fail(worker ? `jobs of ${worker.name} are not to be cut` : `${path} is ${show(value)}, and it is no worker`);
    }),
};

const alarms = ['aws:cloudwatch/metricAlarm:MetricAlarm', 'gcp:monitoring/alertPolicy:AlertPolicy'];
const watched = [group, groupManager];

export const queueAlarm: StackRule = {
  ...common,
  scope: 'stack',
  types: watched,
  id: 'queue-depth-alarm',
  title: 'Where workers are, somebody is told when their queue is not worked off',
  why: 'Workers that fail look like workers that have nothing to do; the queue alone tells the difference.',
  mend: 'Keep the alert of kind queue-depth in the system.',
  check: (stack, context) =>
    findEach(stack, watched, (resource): Judgement[] =>
      workerOf(resource, context)
        ? [
            expect(
              stack.ofType(...alarms).some((alarm) => tells(stack, alarm)),
              'no alarm watches its queue',
              '',
            ),
          ]
        : [pass],
    ),
};

/** An alarm about a queue that does not only change the size of a group. */
function tells(stack: Stack, alarm: Resource): boolean {
  const scales = stack
    .ofType('aws:autoscaling/policy:Policy')
    .some((policy) => (alarm.references.alarmActions ?? []).includes(policy.urn));
  const { metricName, metricQueries, conditions } = alarm.props;
  return !scales && /queue/i.test(JSON.stringify([metricName, metricQueries, conditions]));
}

export const workerRules = [workerBroker, workerDrain, spotOnlyNonCritical, queueAlarm];
