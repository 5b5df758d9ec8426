import { inStagingAndProd } from '../../context';
import { expect, inspect, type Judgement, pass, unknown } from '../../judge';
import {
  deployment,
  disruptionBudget,
  podCounts,
  podLabels,
  selects,
  statefulSet,
  together,
} from '../../kubernetes/objects';
import type { Resource, StackRule } from '../../rule';
import { either, findEach } from '../../stack';
import { at, list, numeric, present, show, UNKNOWN, type Unknown, type Value } from '../../values';

const replicated = [deployment, statefulSet];
const common = { severity: 'mandatory', scope: 'stack' } as const;

export const twoPods: StackRule = {
  ...common,
  id: 'k8s-two-replicas',
  title: 'A Deployment that no autoscaler owns keeps at least two pods',
  why: 'One pod is one drained node away from no service.',
  mend: 'Set replicas to 2 or more, or add a HorizontalPodAutoscaler.',
  controls: ['kube-score deployment-replicas', 'kube-linter minimum-three-replicas'],
  types: [deployment],
  where: inStagingAndProd,
  check: (stack) =>
    findEach(stack, [deployment], (workload) => {
      const { least } = podCounts(stack, workload);
      if (least === UNKNOWN) return [unknown('spec.replicas')];
      return [expect((numeric(least) ?? 0) >= 2, `it keeps ${show(least)} pod`, 'spec.replicas')];
    }),
};

export const budgeted: StackRule = {
  ...common,
  id: 'k8s-disruption-budget',
  title: 'What runs in several pods has a PodDisruptionBudget',
  why: 'An upgrade of the nodes may otherwise take all its pods at once.',
  mend: 'Add a PodDisruptionBudget whose selector takes its pods, with maxUnavailable 1.',
  controls: ['kube-score deployment-has-poddisruptionbudget', 'kyverno require-pdb'],
  types: replicated,
  check: (stack) =>
    findEach(stack, replicated, (workload): Judgement[] => {
      const { least } = podCounts(stack, workload);
      if (least === UNKNOWN) return [unknown('spec.replicas')];
      if ((numeric(least) ?? 1) < 2) return [pass];
      const found = either(...stack.ofType(disruptionBudget).map((budget) => covers(budget, workload)));
      return [expect(found, 'no PodDisruptionBudget takes its pods', 'spec.template.metadata.labels')];
    }),
};

export const budgetAllows: StackRule = {
  ...common,
  id: 'k8s-disruption-allowed',
  title: 'A PodDisruptionBudget allows at least one disruption when its pods are fewest',
  why: 'One that allows none stops every drain: nodes can no longer be upgraded or taken away.',
  mend: "Use maxUnavailable 1, or a minAvailable below the autoscaler's least count.",
  controls: [
    'kube-linter pdb-max-unavailable',
    'kube-linter pdb-min-available',
    'kyverno deployment-replicas-higher-than-pdb',
  ],
  types: [disruptionBudget],
  check: (stack) =>
    findEach(stack, [disruptionBudget], (budget) => {
      const covered = stack.ofType(...replicated).filter((workload) => covers(budget, workload) === true);
      return [
        inspect(budget, ['spec.maxUnavailable'], (most) =>
          present(most) && share(most, 100) === 0 ? `maxUnavailable is ${show(most)}` : undefined,
        ),
        ...covered.map((workload) => leavesRoom(budget, workload, podCounts(stack, workload).least)),
      ];
    }),
};

function leavesRoom(budget: Resource, workload: Resource, least: Value): Judgement {
  return inspect(budget, ['spec.minAvailable'], (kept) => {
    if (!present(kept)) return undefined;
    const fewest = least === UNKNOWN ? undefined : numeric(least);
    if (fewest === undefined) return UNKNOWN;
    const needed = share(kept, fewest);
    // What is no number is refused by the server.
    if (needed === undefined || needed < fewest) return undefined;
    return `minAvailable ${show(kept)} allows no disruption of the ${fewest} pods of ${workload.name}`;
  });
}

function covers(budget: Resource, workload: Resource): boolean | Unknown {
  const here = together(budget, workload);
  if (here === false) return false;
  const taken = selects(at(budget.props, 'spec.selector'), podLabels(workload));
  return taken === true ? here : taken;
}

/** A count, or a percentage of a count, rounded up as Kubernetes does for budgets. */
function share(value: Value, of: number): number | undefined {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? numeric(value) : Math.ceil((Number(percent) * of) / 100);
}

export const spread: StackRule = {
  ...common,
  id: 'k8s-spread',
  title: 'What runs in several pods spreads them over zones',
  why: 'The scheduler may put all of them on one node, and a zone can fail as a whole.',
  mend: "Add a topologySpreadConstraint with topologyKey 'topology.kubernetes.io/zone' and maxSkew 1 that selects its pods.",
  controls: ['kube-score pod-topology-spread-constraints', 'kube-linter no-anti-affinity'],
  types: replicated,
  check: (stack) =>
    findEach(stack, replicated, (workload): Judgement[] => {
      const { least } = podCounts(stack, workload);
      if (least === UNKNOWN) return [unknown('spec.replicas')];
      return (numeric(least) ?? 1) < 2 ? [pass] : [spreads(workload)];
    }),
};

const pod = 'spec.template.spec';
const zone = 'topology.kubernetes.io/zone';

function spreads(workload: Resource): Judgement {
  const paths = [`${pod}.topologySpreadConstraints`, `${pod}.affinity.podAntiAffinity`];
  return inspect(workload, paths, (constraints, affinity) => {
    const terms = ['required', 'preferred'].flatMap((kind) =>
      list(at(affinity, `${kind}DuringSchedulingIgnoredDuringExecution`)),
    );
    const rules = [...list(constraints), ...terms, ...terms.map((term) => at(term, 'podAffinityTerm'))];
    const answers = rules.map((rule): boolean | Unknown => {
      const key = at(rule, 'topologyKey');
      if (key !== zone) return key === UNKNOWN ? UNKNOWN : false;
      // A constraint whose selector takes other pods spreads those.
      const selector = at(rule, 'labelSelector');
      return selector === undefined ? true : selects(selector, podLabels(workload));
    });
    const found = either(...answers);
    return found === UNKNOWN ? UNKNOWN : found ? undefined : 'nothing spreads its pods over zones';
  });
}

export const rollingUpdate: StackRule = {
  ...common,
  id: 'k8s-rolling-update',
  title: 'A Deployment is updated pod by pod, with at most a quarter of the least count away',
  why: 'Recreate, or a large maxUnavailable, makes each release an outage.',
  mend: "Use strategy RollingUpdate with maxUnavailable 0 and maxSurge 1 or '25%'.",
  controls: ['kube-score deployment-strategy', 'kube-linter no-rolling-update-strategy'],
  types: [deployment],
  check: (stack) =>
    findEach(stack, [deployment], (workload) => {
      const { least } = podCounts(stack, workload);
      const alone = least !== UNKNOWN && (numeric(least) ?? 1) < 2;
      return [
        inspect(workload, ['spec.strategy.type'], (type) =>
          !present(type) || type === 'RollingUpdate' ? undefined : `its strategy is ${show(type)}`,
        ),
        inspect(workload, ['spec.strategy.rollingUpdate.maxUnavailable'], (away) => {
          // Kubernetes' own default is 25 %.
          if (!present(away) || numeric(away) === 0) return undefined;
          const percent = typeof away === 'string' ? /^(\d+)%$/.exec(away)?.[1] : undefined;
          if (percent !== undefined) return Number(percent) <= 25 ? undefined : `maxUnavailable is ${show(away)}`;
          if (least === UNKNOWN) return UNKNOWN;
          const quarter = alone ? 0 : (numeric(least) ?? 0) / 4;
          return (numeric(away) ?? 1) <= quarter ? undefined : `maxUnavailable is ${show(away)} of ${show(least)} pods`;
        }),
      ];
    }),
};

export const availabilityRules = [twoPods, budgeted, budgetAllows, spread, rollingUpdate];
