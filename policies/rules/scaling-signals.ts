import { expect, fail, type Judgement, pass, unknown } from '../judge';
import { autoscaler } from '../kubernetes/objects';
import { group } from '../roles';
import type { Resource, StackRule } from '../rule';
import { findEach, refersTo, type Stack } from '../stack';
import { at, flag, list, numeric, show, text, UNKNOWN, type Value } from '../values';

const policy = 'aws:autoscaling/policy:Policy';
const composite = 'aws:cloudwatch/compositeAlarm:CompositeAlarm';
const metricAlarm = 'aws:cloudwatch/metricAlarm:MetricAlarm';
const common = { severity: 'mandatory', scope: 'stack', controls: [] as string[] } as const;

export const noComposite: StackRule = {
  ...common,
  types: [composite],
  id: 'scaling-no-composite-alarm',
  title: 'No composite alarm drives scaling',
  why: 'CloudWatch lets a composite alarm notify people and do nothing to a group: it would never shrink, and nothing says so.',
  mend: 'Say "all conditions" in one metric-math alarm: IF(cpu < 30 AND memory < 50, 1, 0).',
  check: (stack) =>
    findEach(stack, [composite], (alarm) => {
      const drives = stack.ofType(policy).some((one) => refersTo(alarm, 'alarmActions', one) === true);
      const named = list(alarm.props.alarmActions).some((action) => /:autoscaling:/.test(text(action)));
      return [drives || named ? fail('a scaling policy is among its actions') : pass];
    }),
};

/** Whether a policy takes instances away because an alarm says so. */
function shrinks({ props }: Resource): boolean {
  const changes: Value[] = list(props.stepAdjustments).map((step) => at(step, 'scalingAdjustment'));
  return changes.concat(props.scalingAdjustment).some((change) => (numeric(change) ?? 0) < 0);
}

const tracksIn = ({ props }: Resource): boolean =>
  props.policyType === 'TargetTrackingScaling' && !flag(at(props, 'targetTrackingConfiguration.disableScaleIn'));

export const oneWayIn: StackRule = {
  ...common,
  types: [group],
  id: 'scale-in-needs-all',
  title: 'A group shrinks by one alarm that knows all conditions, or by target tracking alone',
  why: 'Two alarms that each shrink are "any" where the guide says "all": memory at 60 percent would not keep an instance.',
  mend: 'Drive one policy by one metric-math alarm of all conditions, and no target tracking that scales in beside it.',
  check: (stack) =>
    findEach(stack, [group], (resource): Judgement[] => {
      const own = stack.ofType(policy).map((one) => ({ one, of: refersTo(one, 'autoscalingGroupName', resource) }));
      if (own.some(({ of }) => of === UNKNOWN)) return [unknown('autoscalingGroupName')];
      const policies = own.flatMap(({ one, of }) => (of ? [one] : []));
      const ways = policies.filter(shrinks);
      if (ways.length === 0) return [pass];
      return [
        expect(ways.length === 1, `${ways.length} policies shrink it: ${ways.map(({ name }) => name).join(', ')}`, ''),
        expect(!policies.some(tracksIn), 'target tracking shrinks it too', ''),
        ...ways.map((way) => oneAlarm(stack, way)),
      ];
    }),
};

function oneAlarm(stack: Stack, way: Resource): Judgement {
  const alarms = stack.ofType(metricAlarm).map((alarm) => refersTo(alarm, 'alarmActions', way));
  if (alarms.includes(UNKNOWN)) return unknown('alarmActions');
  const drivers = alarms.filter((answer) => answer === true).length;
  return expect(drivers === 1, `${drivers} alarms drive ${way.name}`, '');
}

const service = 'kubernetes:apiregistration.k8s.io/v1:APIService';
const external = 'external.metrics.k8s.io';
/** What serves external metrics here is called so. */
const adapter = /(^|-)metrics-adapter$/;

export const externalServed: StackRule = {
  ...common,
  types: [autoscaler],
  id: 'k8s-external-metric-served',
  title: 'An external metric that an autoscaler asks for is served by something',
  why: 'Without an adapter the autoscaler says "unable to get external metric" to its own events, and never scales.',
  mend: "Register the adapter's APIService for external.metrics.k8s.io, or say that the cluster has one (kubernetes.externalMetrics: present).",
  check: (stack) =>
    findEach(stack, [autoscaler], (scaler): Judgement[] => {
      const metrics = at(scaler.props, 'spec.metrics');
      if (metrics === UNKNOWN) return [unknown('spec.metrics')];
      const asked = list(metrics).filter((metric) => at(metric, 'type') === 'External');
      if (asked.length === 0) return [pass];
      const served = stack
        .ofType(service)
        .some(({ props, provider }) => at(props, 'spec.group') === external && provider === scaler.provider);
      if (served) return [pass];
      const ours = stack.ofType('kubernetes:apps/v1:Deployment').some(({ name }) => adapter.test(name));
      // The cluster may have an adapter of its own, which no resource of the stack tells.
      const names = asked.map((metric) => show(at(metric, 'external.metric.name'))).join(', ');
      return [ours ? fail(`nothing is registered to serve ${names}`) : unknown('the adapter of the cluster')];
    }),
};

export const scalingSignalRules = [noComposite, oneWayIn, externalServed];
