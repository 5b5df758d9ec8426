import type { RecordedResource } from '../cli/offline/recorder';
import type { Context } from './context';
import { type Exemption, exemptionFor } from './exemptions';
import { combine, type Judgement, unknown } from './judge';
import { fromRecorded } from './normalise';
import type { Finding, Resource, Rule } from './rule';
import { rules as everyRule } from './rules';
import { type Stack, stackOf } from './stack';
import { UNKNOWN } from './values';

/** What a rule says of a resource. */
export interface Verdict {
  rule: string;
  severity: Rule['severity'];
  resource: { name: string; type: string; urn: string };
  /** `waived`: it would fail, and an exemption says why it may. */
  state: 'pass' | 'fail' | 'unknown' | 'waived';
  /** What is wrong with which value, or what is not known. Empty for a pass. */
  problem: string;
  /** How to make it pass. */
  mend: string;
  /** The written reason of a waiver. */
  reason?: string;
}

/** Judges the resources of an offline plan by every rule. Pure: the same plan gives the same verdicts. */
export function evaluate(
  resources: readonly RecordedResource[],
  context: Context,
  exemptions: readonly Exemption[] = [],
): Verdict[] {
  return judge(resources.map(fromRecorded), context, everyRule, exemptions);
}

/** Judges resources by rules: one verdict for each resource that a rule speaks about. */
export function judge(
  resources: readonly Resource[],
  context: Context,
  rules: readonly Rule[],
  exemptions: readonly Exemption[] = [],
): Verdict[] {
  const stack = stackOf(resources);
  return rules.flatMap((rule) =>
    findingsOf(rule, stack, context).map((finding) => verdictOf(rule, finding, exemptions)),
  );
}

/** What a rule finds in a stack; nothing where it does not speak. */
export function findingsOf(rule: Rule, stack: Stack, context: Context): Finding[] {
  const speaks = rule.where?.holds(context) ?? true;
  if (speaks === false) return [];
  if (speaks === UNKNOWN) {
    return stack.ofType(...rule.types).map((resource) => ({ resource, judgements: [unknown('the phase')] }));
  }
  if (rule.scope === 'stack') return rule.check(stack, context);
  return stack.ofType(...rule.types).map((resource) => ({ resource, judgements: rule.check(resource, context) }));
}

export function verdictOf(rule: Rule, { resource, judgements }: Finding, exemptions: readonly Exemption[]): Verdict {
  const judgement = combine(judgements);
  const exemption = judgement.state === 'fail' ? exemptionFor(exemptions, rule, resource) : undefined;
  return {
    rule: rule.id,
    severity: rule.severity,
    resource: { name: resource.name, type: resource.type, urn: resource.urn },
    state: exemption ? 'waived' : judgement.state,
    problem: problemOf(judgement),
    mend: rule.mend,
    ...(exemption ? { reason: exemption.reason } : {}),
  };
}

function problemOf(judgement: Judgement): string {
  if (judgement.state === 'fail') return judgement.problem;
  return judgement.state === 'unknown' ? `${judgement.path} is not known yet` : '';
}

/** A verdict as one message: the rule, the resource, what is wrong, how to mend it. */
export function messageOf(verdict: Verdict): string {
  return `${verdict.rule}: ${verdict.resource.name}: ${verdict.problem}. To mend: ${verdict.mend}`;
}
