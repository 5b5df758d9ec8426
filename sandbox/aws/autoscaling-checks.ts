import { problem, type Problem } from '../model/errors';
import { list, number, text } from '../model/reading';
import type { Bag } from '../model/values';

const needs: Record<string, string> = {
  TargetTrackingScaling: 'targetTrackingConfiguration',
  StepScaling: 'stepAdjustments',
  PredictiveScaling: 'predictiveScalingConfiguration',
  SimpleScaling: 'scalingAdjustment',
};
/** Which inputs are about which kinds of policies: the provider refuses them on the others. */
const only: Record<string, string[]> = {
  cooldown: ['SimpleScaling'],
  scalingAdjustment: ['SimpleScaling'],
  stepAdjustments: ['StepScaling'],
  metricAggregationType: ['StepScaling'],
  estimatedInstanceWarmup: ['StepScaling', 'TargetTrackingScaling'],
  adjustmentType: ['SimpleScaling', 'StepScaling'],
};

/** What a scaling policy has, and what it must not have beside it. */
export function policyProblems(inputs: Bag): Problem[] {
  const kind = text(inputs, 'policyType') ?? 'SimpleScaling';
  const problems: Problem[] = [];
  const needed = needs[kind];
  if (needed !== undefined && inputs[needed] === undefined) {
    problems.push(problem(needed, `${needed} is required for policy type ${kind}`));
  }
  for (const [key, kinds] of Object.entries(only)) {
    if (inputs[key] !== undefined && !kinds.includes(kind)) {
      problems.push(problem(key, `${key} is only supported for policy type ${kinds.join(' and ')}`));
    }
  }
  const adjustment = text(inputs, 'adjustmentType');
  if ((kind === 'StepScaling' || kind === 'SimpleScaling') && adjustment === undefined) {
    problems.push(problem('adjustmentType', `adjustmentType is required for policy type ${kind}`));
  }
  if (inputs.minAdjustmentMagnitude !== undefined && adjustment !== 'PercentChangeInCapacity') {
    const reason = 'ValidationError: MinAdjustmentMagnitude is only for an AdjustmentType of PercentChangeInCapacity';
    problems.push(problem('minAdjustmentMagnitude', reason));
  }
  return problems;
}

/** -1 leaves a size alone. */
export function scheduleProblems(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const recurrence = text(inputs, 'recurrence');
  if (recurrence !== undefined && recurrence.trim().split(/\s+/).length !== 5) {
    problems.push(problem('recurrence', `ValidationError: Given recurrence string: ${recurrence} is invalid`));
  }
  const size = (key: string) => {
    const given = number(inputs, key);
    return given === undefined || given < 0 ? undefined : given;
  };
  const [min, max, desired] = [size('minSize'), size('maxSize'), size('desiredCapacity')];
  if (min === undefined && max === undefined && desired === undefined) {
    problems.push(
      problem('minSize', 'ValidationError: at least one of MinSize, MaxSize and DesiredCapacity must be specified'),
    );
  }
  if (min !== undefined && max !== undefined && min > max) {
    problems.push(problem('minSize', `ValidationError: MinSize, ${min}, must not be above MaxSize, ${max}`));
  }
  if (desired !== undefined && (desired < (min ?? 0) || desired > (max ?? Infinity))) {
    problems.push(problem('desiredCapacity', `ValidationError: DesiredCapacity, ${desired}, must lie between both`));
  }
  const zone = text(inputs, 'timeZone');
  if (zone !== undefined && !isTimeZone(zone)) {
    problems.push(problem('timeZone', `ValidationError: Given time zone: ${zone} is invalid`));
  }
  return problems;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Several machine types need a template, and a strategy of spot's own. */
export function mixedProblems(inputs: Bag): Problem[] {
  if (inputs.mixedInstancesPolicy === undefined) return [];
  const path = 'mixedInstancesPolicy.launchTemplate';
  const template = `${path}.launchTemplateSpecification`;
  const named = ['launchTemplateId', 'launchTemplateName'].some(
    (key) => text(inputs, `${template}.${key}`) !== undefined,
  );
  const types = list(inputs, `${path}.overrides`);
  return [
    ...(named ? [] : [problem(template, 'ValidationError: a launch template must be specified')]),
    ...(types.length > 40
      ? [problem(`${path}.overrides`, 'ValidationError: at most 40 overrides of instance types')]
      : []),
  ];
}
