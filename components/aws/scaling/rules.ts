import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { idOf, inAlarm, outAlarm, type AlarmShape } from './alarms';
import type { Condition, Watched } from './signals';

export interface Rules {
  out: Condition[];
  in: Condition[];
  cooldownSeconds: number;
}

export interface RulesContext {
  name: string;
  region?: string;
  tags?: Record<string, string>;
  parent: pulumi.Resource;
}

/** A quarter more, one at least: the guides say when to grow and not by how much. */
const GROWTH_PERCENT = 25;

/**
 * A guide's rules as alarms that drive scaling: out on any condition, each with a step policy and an alarm of its own; in
 * on all of them together, one alarm and one policy. Nothing else changes the group's size, so between the two sets of
 * thresholds nothing happens.
 *
 * A step policy counts instances that still warm up, for as long as the guide's cool-down, so an alarm that stays on adds
 * no more until they have had their effect. The way in takes one instance at a time and waits out the cool-down in between:
 * that is the simple policy's alone. With a step policy, AWS would take one more each minute that the alarm stays on.
 */
export function createRules(context: RulesContext, rules: Rules, group: aws.autoscaling.Group, watched: Watched): void {
  rules.out.forEach((condition, at) => {
    const part = `out-${idOf(condition, at, rules.out).replaceAll('_', '-')}`;
    const policy = createPolicy(context, part, group, {
      policyType: 'StepScaling',
      adjustmentType: 'PercentChangeInCapacity',
      minAdjustmentMagnitude: 1,
      metricAggregationType: 'Average',
      estimatedInstanceWarmup: rules.cooldownSeconds,
      stepAdjustments: [{ metricIntervalLowerBound: '0', scalingAdjustment: GROWTH_PERCENT }],
    });
    createAlarm(context, part, outAlarm(condition, watched), policy, `Grows: ${textOf(condition, '>')}`);
  });
  if (rules.in.length === 0) return;
  const policy = createPolicy(context, 'in', group, {
    policyType: 'SimpleScaling',
    adjustmentType: 'ChangeInCapacity',
    scalingAdjustment: -1,
    cooldown: rules.cooldownSeconds,
  });
  const all = rules.in.map((condition) => textOf(condition, '<')).join(' and ');
  createAlarm(context, 'in', inAlarm(rules.in, watched), policy, `Shrinks: ${all}`);
}

function createPolicy(
  { name, region, parent }: RulesContext,
  part: string,
  group: aws.autoscaling.Group,
  policy: Omit<aws.autoscaling.PolicyArgs, 'autoscalingGroupName'>,
): aws.autoscaling.Policy {
  return new aws.autoscaling.Policy(
    nameOf('aws:autoscaling/policy', name, part),
    { region, autoscalingGroupName: group.name, ...policy },
    { parent },
  );
}

function createAlarm(
  { name, region, tags, parent }: RulesContext,
  part: string,
  shape: AlarmShape,
  policy: aws.autoscaling.Policy,
  alarmDescription: string,
): void {
  new aws.cloudwatch.MetricAlarm(
    nameOf('aws:cloudwatch/metricAlarm', name, 'scale', part),
    { ...shape, region, alarmDescription, alarmActions: [policy.arn], tags },
    { parent },
  );
}

/** A condition in words, e.g. `cpu > 70 for 5 min`. */
function textOf({ signal, minutes, ...rest }: Condition, sign: string): string {
  const values = Object.entries(rest).map(([unit, value]) => (unit === 'percentile' ? `p${value}` : `${value}`));
  return `${signal} ${sign} ${values.reverse().join(' of ')} for ${minutes} min`;
}
