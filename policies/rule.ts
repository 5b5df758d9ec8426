import type { Context } from './context';
import type { Judgement } from './judge';
import type { Stack } from './stack';
import type { Unknown, Value } from './values';

/** A resource as the rules see it, from a running engine or from the offline plan. */
export interface Resource {
  /** As in Pulumi, e.g. `aws:lb/loadBalancer:LoadBalancer`. */
  type: string;
  name: string;
  urn: string;
  props: { [key: string]: Value };
  /** Pulumi's own `protect`. */
  protect: boolean;
  /** Pulumi's own `ignoreChanges`: what the program states once and leaves to others. Default: nothing. */
  ignoreChanges?: string[];
  /** By property, the URNs of the resources that its value comes from. Known even where the value is not. */
  references: Record<string, string[]>;
  /** URN of the provider that makes it: two objects of one name may be on two clusters. Undefined for the default one. */
  provider?: string;
}

/** Where a rule speaks: an environment, a phase. Unknown where the context does not say. */
export interface Where {
  /** For the table of rules, e.g. `prod`. */
  says: string;
  holds(context: Context): boolean | Unknown;
}

interface RuleBase {
  /** Kebab-case; also the name of the policy in CrossGuard and in exemptions. */
  id: string;
  /** What must hold, one sentence. */
  title: string;
  /** What goes wrong without it. */
  why: string;
  /** What to change so that it passes. */
  mend: string;
  /** A mandatory rule stops the change, an advisory one is only printed. */
  severity: 'mandatory' | 'advisory';
  /** Public controls that ask for the same: AWS Foundational Security Best Practices, CIS, Checkov. */
  controls: string[];
  /** Resource types that it judges. */
  types: readonly string[];
  /** Undefined: everywhere. */
  where?: Where;
}

/** Judged on its own, before the resource is created or changed. */
export interface ResourceRule extends RuleBase {
  scope: 'resource';
  check(resource: Resource, context: Context): Judgement[];
}

/** Judged once all resources are known, because it takes more than one of them. */
export interface StackRule extends RuleBase {
  scope: 'stack';
  check(stack: Stack, context: Context): Finding[];
}

export interface Finding {
  resource: Resource;
  judgements: Judgement[];
}

export type Rule = ResourceRule | StackRule;
