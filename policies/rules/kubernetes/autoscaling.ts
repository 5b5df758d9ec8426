import { expect, fail, inspect, inspectEach, type Judgement, pass, unknown } from '../../judge';
import { autoscaler, autoscalerOf, deployment, means, statefulSet } from '../../kubernetes/objects';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { either, findEach, type Stack } from '../../stack';
import { at, numeric, present, show, UNKNOWN, type Unknown } from '../../values';

const scalable = [deployment, statefulSet];

export const target: StackRule = {
  id: 'k8s-autoscaler-target',
  title: 'An autoscaler scales something that is there, and nothing else scales it',
  why: 'One that points at nothing never scales; two on one target undo each other every fifteen seconds.',
  mend: 'Set spec.scaleTargetRef to the kind and name of a Deployment of the stack, one autoscaler for each.',
  severity: 'mandatory',
  controls: ['kube-score horizontalpodautoscaler-has-target', 'kube-linter dangling-horizontalpodautoscaler'],
  scope: 'stack',
  types: [autoscaler],
  check: (stack) =>
    findEach(stack, [autoscaler], (scaler) => [
      expect(
        either(...targetsOf(stack, scaler).map(({ answer }) => answer)),
        `its target ${show(at(scaler.props, 'spec.scaleTargetRef.name'))} is not in the stack`,
        'spec.scaleTargetRef.name',
      ),
      ...targetsOf(stack, scaler).flatMap(({ workload, answer }) => {
        const owner = answer === true ? autoscalerOf(stack, workload) : undefined;
        if (owner === undefined || owner === scaler) return [];
        return [
          owner === UNKNOWN ? unknown('spec.scaleTargetRef.name') : fail(`${owner.name} scales ${workload.name} too`),
        ];
      }),
    ]),
};

interface Target {
  workload: Resource;
  answer: boolean | Unknown;
}

function targetsOf(stack: Stack, scaler: Resource): Target[] {
  const kind = at(scaler.props, 'spec.scaleTargetRef.kind');
  const types = scalable.filter((type) => typeof kind !== 'string' || type.endsWith(`:${kind}`));
  const found = stack.ofType(...types).map((workload): Target => ({
    workload,
    answer: means(scaler, 'spec.scaleTargetRef.name', workload),
  }));
  // Kinds of operators can be scaled too; nothing here knows their names.
  const foreign = typeof kind === 'string' && types.length === 0;
  return foreign ? [{ workload: scaler, answer: UNKNOWN }] : found;
}

export const noReplicas: StackRule = {
  id: 'k8s-autoscaler-owns-replicas',
  title: 'What an autoscaler owns has no replicas of its own',
  why: 'Every update would set the count back to the number in the program, in the middle of the day.',
  mend: 'Leave spec.replicas out where a HorizontalPodAutoscaler names the Deployment.',
  severity: 'mandatory',
  controls: ['kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured'],
  scope: 'stack',
  types: scalable,
  check: (stack) =>
    findEach(stack, scalable, (workload): Judgement[] => {
      // That a count is set is known even where the count is not.
      const replicas = at(workload.props, 'spec.replicas');
      if (replicas === undefined || replicas === null) return [pass];
      const owner = autoscalerOf(stack, workload);
      if (owner === UNKNOWN) return [unknown('spec.scaleTargetRef.name')];
      return [owner ? fail(`replicas is ${show(replicas)}, and ${owner.name} owns the count`) : pass];
    }),
};

/** Percent of what a pod asks for, at which more pods are started. */
const targets = { from: 50, to: 80 };
/** Seconds that load must stay low before pods go. Kubernetes' own default is 300. */
const calm = 120;

export const behavior: ResourceRule = {
  id: 'k8s-autoscaler-behavior',
  title: `An autoscaler aims at ${targets.from} to ${targets.to} percent, and waits ${calm} seconds or more before it takes pods away`,
  why: 'Above that there is no room while new pods start; without the wait every lull between two peaks costs a cold start.',
  mend: `Set averageUtilization between ${targets.from} and ${targets.to}, and behavior.scaleDown.stabilizationWindowSeconds to ${calm} or more.`,
  severity: 'advisory',
  controls: [],
  scope: 'resource',
  types: [autoscaler],
  check: (scaler) => [
    inspect(scaler, ['spec.metrics'], (metrics) => (present(metrics) ? undefined : 'it has no metrics')),
    inspect(scaler, ['spec.behavior.scaleDown.stabilizationWindowSeconds'], (seconds) =>
      !present(seconds) || (numeric(seconds) ?? 0) >= calm ? undefined : `it waits ${show(seconds)} seconds`,
    ),
    ...inspectEach(scaler, 'spec.metrics', (metric, path) => {
      const percent = at(metric, 'resource.target.averageUtilization');
      if (percent === UNKNOWN) return unknown(`${path}.resource.target.averageUtilization`);
      const aim = numeric(percent);
      if (aim === undefined || (aim >= targets.from && aim <= targets.to)) return pass;
      return fail(`it aims at ${aim} percent of ${show(at(metric, 'resource.name'))}`);
    }),
  ],
};

export const autoscalingRules = [target, noReplicas, behavior];
